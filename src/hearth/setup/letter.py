"""The welcome letter: a ready text in the community's language, and how easily a letter reads."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from hearth.communities.models import Community
from hearth.core.text import sentences
from hearth.members.models import Member

# More words in a sentence tire a reader (inclusion.md: at most 15 in our own words, 20 in members').
EASY, HARD = 15, 20


@dataclass(frozen=True, slots=True)
class Ease:
    """How easily a text reads: words in all, words in a sentence on average, and the sentences that are too long."""

    words: int
    average: int
    long_sentences: tuple[str, ...]

    @property
    def is_easy(self) -> bool:
        """Whether no sentence is too long and the usual one is short."""
        return self.average <= EASY and not self.long_sentences


def ease_of(text: str) -> Ease:
    """Return how easily the text reads, by the length of its sentences: the one measure that holds in every language."""
    lengths = {sentence: len(sentence.split()) for sentence in sentences(text)}
    words = sum(lengths.values())
    too_long = tuple(sentence for sentence, length in lengths.items() if length > HARD)
    return Ease(words, round(words / len(lengths)) if lengths else 0, too_long)


def proposed_letter(*, steward: Member, community: Community, purpose: str) -> tuple[str, str]:
    """Return title and text of a welcome letter by the steward, in the community's language where Hearth speaks it."""
    language = community.language
    spoken = language if language in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(spoken):
        facts = {"community": community.name, "steward": steward.name, "purpose": purpose}
        lines = [
            _("Good to have you here, at %(community)s."),
            "%(purpose)s",
            _("My name is %(steward)s. I look after this place, together with you."),
            _("You need not know anything, and you need not write. Reading is taking part."),
            _("When you like, answer here with one line: who you are, and what made you smile this week."),
            _("You can answer on this page, or just answer the e-mail."),
            _("Warmly,\n%(steward)s"),
        ]
        kept = [line % facts for line in lines if line != "%(purpose)s" or purpose]
        return _("Welcome: this is who we are"), "\n\n".join(kept)
