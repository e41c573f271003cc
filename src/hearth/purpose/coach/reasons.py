"""What the coach says in the language of the page: what it saw, in which words, and what to try next."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hearth.purpose.coach.remarks import Remark

_MOST_WORDS_NAMED = 4

# rule: (with the words that made it say so, without any, what to try next)
_SAID: dict[str, tuple[str, str, str]] = {
    "who_everyone": (
        gettext_noop("%(words)s: that could be almost anybody."),
        gettext_noop("That could be almost anybody."),
        gettext_noop("Who of them most of all?"),
    ),
    "what_for_members": (
        gettext_noop("%(words)s: here the organisation acts, and members receive."),
        gettext_noop("Here the organisation acts, and members receive."),
        gettext_noop("What could members do with each other instead?"),
    ),
    "what_long": (
        gettext_noop("%(words)s: this holds more than one short phrase can carry."),
        gettext_noop("This holds more than one short phrase can carry."),
        gettext_noop("Which one thing matters most?"),
    ),
    "what_vague": (
        gettext_noop("%(words)s: that could stand in anybody's statement."),
        gettext_noop("That could stand in anybody's statement."),
        gettext_noop("What would a visitor see members do?"),
    ),
    "what_same": (
        gettext_noop("%(words)s: two of these say nearly the same."),
        gettext_noop("Two of these say nearly the same."),
        gettext_noop("What else do members want to get better at together?"),
    ),
    "why_cold": (
        gettext_noop("%(words)s: that is a result to count, not yet a reason to care."),
        gettext_noop("That is a result to count, not yet a reason to care."),
        gettext_noop("Why does that matter to a person?"),
    ),
    "why_organisation": (
        gettext_noop("%(words)s: this speaks of the organisation only."),
        gettext_noop("This speaks of the organisation only."),
        gettext_noop("What changes for people when you succeed?"),
    ),
    "why_no_value": (
        gettext_noop("%(words)s: no value, belief or dream is named yet."),
        gettext_noop("No value, belief or dream is named yet."),
        gettext_noop("And why does that matter?"),
    ),
    "not_words": (
        gettext_noop("%(words)s: these do not look like words."),
        gettext_noop("There are no words here yet."),
        gettext_noop("Try it in a few words of your own."),
    ),
    "other_language": (
        gettext_noop("%(words)s: this looks like another language than the one you chose."),
        gettext_noop("This looks like another language than the one you chose."),
        gettext_noop("Change the language, or write it in the chosen one."),
    ),
}


def reason(remark: Remark) -> str:
    """Return what the coach saw, the words that made it say so, and what to try next, in the language of the page."""
    with_words, without, _next = _SAID[remark.rule]
    seen = _(with_words) % {"words": _quoted(remark.words)} if remark.words else _(without)
    return f"{seen} {suggestion(remark)}"


def suggestion(remark: Remark) -> str:
    """Return only what to try next. For a WHY this is the next rung of the ladder (laddering: why does that matter?)."""
    return _(_SAID[remark.rule][2])


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in dict.fromkeys(words[:_MOST_WORDS_NAMED]))
