"""First spaces that have served patient societies well, to choose from and to change."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Idea:
    """A space as it could be: its name and the line that says what it is for."""

    key: str
    name: str | Promise
    line: str | Promise


IDEAS = (
    Idea("hello", _("Hello"), _("Say who you are, and meet the others. Every question is welcome.")),
    Idea("newly", _("Newly diagnosed"), _("The first year, told by people who had it. Nobody judges here.")),
    Idea("every-day", _("Every day"), _("Small ways that help at home, at work and on bad days.")),
    Idea(
        "at-your-side", _("At your side"), _("For those who care for somebody: partners, parents, friends.")
    ),
    Idea("tired-days", _("Tired days"), _("How we get through a long day, and what we let go.")),
    Idea("near-you", _("Near you"), _("Who lives close by? Meet for a walk, a coffee or a call.")),
)


def idea(key: str) -> Idea:
    """Return the idea with this key; the first one for any other."""
    return next((one for one in IDEAS if one.key == key), IDEAS[0])
