"""From what somebody wrote to what is kept: limits, clean HTML, plain text, titles."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hearth.conversations.enums import Format
from hearth.core.errors import Invalid
from hearth.core.text import clean_html, excerpt, html_to_text, is_blank, strip_controls, text_to_html

MOST_LETTERS = 100_000
MOST_TITLE = 200
OPENING_LETTERS = 240


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a post, ready to be kept: as written, as clean HTML, as plain text."""

    source: str
    source_format: Format
    html: str
    text: str


def words(source: str, *, source_format: Format = Format.TEXT) -> Words:
    """Return the words in all their forms. Refuses nothing at all and more than 100,000 letters, keeping what was typed."""
    source = strip_controls(source).strip()
    if len(source) > MOST_LETTERS:
        raise Invalid(_("This is longer than one post can be. Share it in two or more posts."))
    if source_format == Format.HTML:
        html = clean_html(source)
        text = html_to_text(html)
    else:
        html, text = text_to_html(source), source
    if is_blank(text):
        raise Invalid(_("Write a few words first."))
    return Words(source, source_format, html, text)


def title_for(title: str, text: str) -> str:
    """Return the title, cut at 200 letters; without one, the first words of the text."""
    title = " ".join(strip_controls(title).split())
    return excerpt(" ".join(text.split()), 80) if is_blank(title) else title[:MOST_TITLE]
