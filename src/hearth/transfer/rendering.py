"""From what an archive holds to the words of a post: clean HTML, plain text, the names of what was attached."""

from html import escape

from django.utils.translation import gettext as _

from hearth.conversations.enums import Format
from hearth.conversations.words import Words
from hearth.core.text import clean_html, html_to_text, strip_controls, text_to_html
from hearth.transfer.records import ImportedPost


def render(record: ImportedPost) -> Words:
    """The words of an imported post. Nothing is refused: an empty message says so, a long one stays long."""
    if record.html:
        source, kind = record.html, Format.HTML
        html = clean_html(source)
        text = html_to_text(html)
    else:
        source, kind = strip_controls(record.text).strip("\n"), Format.TEXT
        html, text = text_to_html(source, hard_wrapped=True), source
    if record.attachments:
        note = _("Attached to the original: {names}").format(names=", ".join(record.attachments))
        html, text = f"{html}<p>{escape(note)}</p>", f"{text}\n\n{note}".strip()
    if not text.strip():
        # Old archives hold such messages: the subject was all that there was to say.
        html = f"<p><em>{escape(_('This message had no text.'))}</em></p>"
    return Words(source, kind, html, text)
