"""The questions of the interview: one a page, in their order."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.core.errors import NotFound
from hearth.purpose.parts import MOST_WHAT, MOST_WHO, MOST_WHY, Parts


@dataclass(frozen=True, slots=True)
class Question:
    """One question. column: where the answer is kept; part: who, what or why; most: letters that can be adopted."""

    slug: str
    column: str
    part: str
    number: int
    label: str | Promise
    hint: str | Promise
    most: int


QUESTIONS = (
    Question(
        "who",
        "who",
        "who",
        1,
        _("Who do you bring together?"),
        _("Name the people so that they read it and say: that is me. Not everybody: whom most of all?"),
        MOST_WHO,
    ),
    Question(
        "what-1",
        "what_1",
        "what",
        2,
        _("What do they want to do together?"),
        _("A short phrase. Begin with what members do, with each other."),
        MOST_WHAT,
    ),
    Question(
        "what-2",
        "what_2",
        "what",
        3,
        _("What else do they want to do together?"),
        _("Something other than the first. What would a visitor see them do?"),
        MOST_WHAT,
    ),
    Question(
        "what-3",
        "what_3",
        "what",
        4,
        _("And a third thing, what is it?"),
        _("Three is enough. What would be missing if nobody did it?"),
        MOST_WHAT,
    ),
    Question(
        "why",
        "why",
        "why",
        5,
        _("Why do these people want that?"),
        _("Go on the sentence: “so that …”. There is no wrong answer here."),
        MOST_WHY,
    ),
)
AGAIN = _("And why does that matter?")
AGAIN_HINT = _("Go on once more: “so that …”. Stop when it touches you.")
WHY = QUESTIONS[-1]
_BY_SLUG = {question.slug: question for question in QUESTIONS}


def question_named(slug: str) -> Question:
    """Return the question with this address; NotFound where there is none."""
    if slug not in _BY_SLUG:
        raise NotFound("")
    return _BY_SLUG[slug]


def first_open(parts: Parts) -> Question | None:
    """Return the first question without an answer; None where all have one."""
    answers = (parts.who, *parts.whats, parts.why)
    return next((one for one, words in zip(QUESTIONS, answers, strict=True) if not words), None)


def after(question: Question) -> Question | None:
    """Return the question that follows; None after the last."""
    return QUESTIONS[question.number] if question.number < len(QUESTIONS) else None


def before(question: Question) -> Question | None:
    """Return the question that stands before; None before the first."""
    return QUESTIONS[question.number - 2] if question.number > 1 else None
