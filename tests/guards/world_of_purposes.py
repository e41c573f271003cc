"""The purpose of the access matrix: what was adopted, an interview that is its steward's, a translation not yet checked."""

from typing import Any

from hearth.core.tenancy import tenant
from hearth.purpose.actions import adopt, begin, check_text, lend, translate, write_rung
from hearth.purpose.enums import Way
from hearth.purpose.models import StatementText
from hearth.purpose.parts import Parts, sentence
from hearth.purpose.queries import goals
from hearth.purpose.queries.statements import held_or_not_found
from hearth.purpose.queries.wordings import sign
from hearth.spaces.actions import set_goal
from tests.people import NOW, Cast

NOWHERE = "0" * 20
PLAIN = (
    "interview_resume", "interview_language", "interview_set_aside", "interview_take_up", "interview_lend",
    "interview_take_back", "interview_write", "interview_why", "interview_why_draft", "interview_why_look",
    "interview_whole", "interview_adopt",
)  # fmt: skip
OF_A_QUESTION = ("interview_question", "interview_draft", "interview_look")
OF_A_RUNG = ("interview_rung_choose", "interview_rung_remove")

FORMS: dict[str, dict[str, str]] = {
    "interview_begin": {"language": "en", "start": "empty"},
    "interview_language": {"language": "de"},
    "interview_lend": {"name": "Maria"},
    "interview_write": {"who": "people who like to walk"},
    "interview_question": {
        "words": "people who like to walk",
        "keep": "1",
        "heard": "who_everyone not_words",
    },
    "interview_draft": {"words": "people who like"},
    "interview_look": {"words": "people who like"},
    "interview_why": {"words": "nobody is alone", "rung": "1"},
    "interview_why_draft": {"words": "nobody is", "rung": "1"},
    "interview_why_look": {"words": "nobody is"},
    "interview_whole": {"words": "We walk together."},
    "interview_adopt": {"replaces": "1"},
    "purpose_recheck": {"number": "1"},
    "purpose_in_network": {"shows": "yes"},
    "purpose_named": {"named": "yes"},
    "purpose_translate": {
        "who": "Menschen",
        "what_1": "gehen",
        "what_2": "reden",
        "what_3": "lachen",
        "why": "niemand allein ist",
    },
}
SAID = Parts("people of one place", ("walk together", "talk at length", "laugh aloud"), "nobody is alone")


def _draft(slug: str) -> Parts:
    return Parts(f"{slug}-translation-canary", ("a", "b", "c"), "d")


def _seen(draft: Parts) -> str:
    first, second, third = draft.whats
    said = {"who": draft.who, "what_1": first, "what_2": second, "what_3": third, "why": draft.why}
    return sign(StatementText(**said, sentence=sentence(draft, "fr")))


FORMS["purpose_check"] = {"seen": _seen(_draft("north"))}


def put_purpose(cast: Cast) -> str:
    """Adopt a purpose, propose a translation that only members see, and let the steward look again with maria's help."""
    slug, steward = cast.community.slug, cast.people["steward"]
    statement = adopt(
        by=steward,
        community=cast.community,
        language="en",
        parts=SAID,
        sentence=f"{slug} purpose",
        way=Way.WRITTEN,
        took_part=[(cast.people["jan"], False)],
        replaces=0,
        now=NOW,
    )
    translate(by=cast.people["jan"], statement=statement, language="fr", parts=_draft(slug), now=NOW)
    secret = Parts(f"people {slug}-interview-canary", SAID.whats, SAID.why)
    interview = begin(by=steward, language="en", parts=secret, now=NOW)
    write_rung(by=steward, interview=interview, position=1, words="because of that", now=NOW)
    lend(by=steward, interview=interview, to=cast.people["maria"], now=NOW)
    return interview.public_id


def purpose_targets(ours: str, theirs: str) -> dict[str, dict[str, dict[str, Any]]]:
    """Return, per route, the things that are asked for."""
    some = {
        "ours": {"interview": ours},
        "of another community": {"interview": theirs},
        "absent": {"interview": NOWHERE},
    }
    return {
        **dict.fromkeys(PLAIN, some),
        **{route: {key: {**one, "question": "who"} for key, one in some.items()} for route in OF_A_QUESTION},
        **{route: {key: {**one, "rung": 1} for key, one in some.items()} for route in OF_A_RUNG},
        "purpose_poster": {"A4": {"size": "a4"}, "absent": {"size": "a9"}},
        "purpose_picture": {"wide": {"shape": "wide"}, "absent": {"shape": "round"}},
        "purpose_translate": {"German": {"language": "de"}, "absent": {"language": "xx"}},
        "purpose_check": {"French": {"language": "fr"}, "absent": {"language": "xx"}},
    }


def serve(cast: Cast, space: str, goal: int) -> None:
    """Let a space serve one of the goals."""
    with tenant(cast.community):
        chosen = goals(cast.community)[goal]
        set_goal(by=cast.people["steward"], space=cast.spaces[space], goal=chosen, now=NOW)


def adopt_again(cast: Cast, *, number: int) -> None:
    """Adopt other words as this version."""
    said = Parts(f"people {number}", (f"a{number}", f"b{number}", f"c{number}"), "joy")
    with tenant(cast.community):
        adopt(
            by=cast.people["steward"],
            community=cast.community,
            language="en",
            parts=said,
            way=Way.WRITTEN,
            replaces=number - 1,
            now=NOW,
        )


def translate_again(cast: Cast, language: str, *, by: str) -> None:
    """Propose a translation into this language, and let the steward check it."""
    with tenant(cast.community):
        held = held_or_not_found(cast.community)
        text = translate(by=cast.people[by], statement=held, language=language, parts=SAID, now=NOW)
        check_text(by=cast.people["steward"], text=text, seen=sign(text), now=NOW)
