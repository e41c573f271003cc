"""Words as pages and actions compare them: a sign for what somebody saw, and whether they are too long."""

from hashlib import blake2s

from django.utils.translation import gettext as _

from hearth.purpose.models import StatementText
from hearth.purpose.parts import Parts


def fingerprint(words: str) -> str:
    """Return a short sign for these words, so that a page can say which words it saw."""
    return blake2s(words.encode(), digest_size=8).hexdigest()


def sign(text: StatementText | None) -> str:
    """Return the sign by which a page says which words of a translation it saw; empty where there was none."""
    return sign_of(text.parts, text.sentence) if text else ""


def sign_of(parts: Parts, sentence: str) -> str:
    """Return the sign by which a page says which parts and which sentence it saw."""
    return fingerprint("\0".join((parts.who, *parts.whats, parts.why, sentence)))


def length_refusal(words: str, most: int) -> str:
    """Return a sentence that says by how much the words are too long, empty where they are not."""
    over = len(words.strip()) - most
    if over <= 0:
        return ""
    said = _("This is %(over)d characters too long. It can have %(most)d. All of it is still here.")
    return said % {"over": over, "most": most}
