"""What the coach says in the language of the page: what it saw, in which words, and what to try next."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from hearth.purpose.coach.remarks import Remark

_MOST_NAMED = 2
_LONGEST_NAMED = 3

# rule: (with the words that made it say so, without any, what to try next)
_SAID = {
    "who_everyone": (
        _("%(words)s: that could be almost anybody."),
        _("That could be almost anybody."),
        _("Who of them most of all?"),
    ),
    "what_for_members": (
        _("%(words)s: here the organisation acts, and members receive."),
        _("Here the organisation acts, and members receive."),
        _("What could members do with each other instead?"),
    ),
    "what_long": (
        _("%(words)s: this holds more than one short phrase can carry."),
        _("This holds more than one short phrase can carry."),
        _("Which one thing matters most?"),
    ),
    "what_vague": (
        _("%(words)s: that could stand in anybody's statement."),
        _("That could stand in anybody's statement."),
        _("What would a visitor see members do?"),
    ),
    "what_same": (
        _("%(words)s: two of these say nearly the same."),
        _("Two of these say nearly the same."),
        _("What else do members want to get better at together?"),
    ),
    "why_cold": (
        _("%(words)s: something to count, not yet to care for."),
        _("This is something to count, not yet to care for."),
        _("Why does that matter to a person?"),
    ),
    "why_organisation": (
        _("%(words)s: this speaks of the organisation only."),
        _("This speaks of the organisation only."),
        _("What changes for people when you succeed?"),
    ),
    "why_no_value": (
        _("%(words)s: no value, belief or dream is named yet."),
        _("No value, belief or dream is named yet."),
        _("And why does that matter?"),
    ),
    "not_words": (
        _("%(words)s: these do not look like words."),
        _("There are no words here yet."),
        _("Try it in a few words of your own."),
    ),
    "other_language": (
        _("%(words)s: this looks like another language."),
        _("This looks like another language than the one you chose."),
        _("Change the language, or write it in the chosen one."),
    ),
}


def reason(remark: Remark) -> str:
    """Return what the coach saw, the words that made it say so, and what to try next, in the language of the page."""
    with_words, without, _next = _SAID[remark.rule]
    seen = str(with_words) % {"words": _quoted(remark.words)} if remark.words else without
    return f"{seen} {suggestion(remark)}"


def suggestion(remark: Remark) -> str:
    """Return only what to try next. For a WHY this is the next rung of the ladder (laddering: why does that matter?)."""
    return str(_SAID[remark.rule][2])


def _quoted(words: tuple[str, ...]) -> str:
    """Name the first few, each once and only its beginning, so that the sentence stays short."""
    named = [word for word in dict.fromkeys(map(_beginning, words)) if word]
    return ", ".join(
        pgettext("quoted words", "“%(words)s”") % {"words": word} for word in named[:_MOST_NAMED]
    )


def _beginning(words: str) -> str:
    parts = words.split()
    return " ".join(parts[:_LONGEST_NAMED]) + "…" * (len(parts) > _LONGEST_NAMED)
