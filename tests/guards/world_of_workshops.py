"""The workshop of the access matrix: who is in it, which of its pages are asked, and with what in their forms."""

from itertools import pairwise
from typing import Any

from hearth.purpose.actions import workshop_leading, workshop_taking_part
from hearth.purpose.enums import Meeting, Part, Side, Step
from hearth.purpose.models import Cluster, Contribution, Proposal
from tests.people import NOW, Cast

NOWHERE = "0" * 20
# Known in the forms below. The other community's workshop has such rows too.
OURS, THEIRS = "north".rjust(20, "x"), "south".rjust(20, "x")
PLAIN = (
    "workshop", "workshop_part", "workshop_stream", "workshop_arrive", "workshop_write", "workshop_time",
    "workshop_together", "workshop_feel", "workshop_climb", "workshop_choose", "workshop_invite", "workshop_move",
    "workshop_lead", "workshop_here", "workshop_round", "workshop_end",
)  # fmt: skip
OF_A_PROPOSAL = ("workshop_proposal", "workshop_proposal_draft", "workshop_answer", "workshop_adopt")

FORMS: dict[str, dict[str, str]] = {
    "workshop_new": {"meeting": "live", "language": "en"},
    "workshop_arrive": {"side": "both", "line": "Here again"},
    "workshop_write": {"part": "why", "words_why": "nobody is alone"},
    "workshop_draft": {"words_why": "nobody is"},
    "workshop_time": {"wants": "yes"},
    "workshop_together": {"part": "why", "handle": OURS, "into": "new"},
    "workshop_feel": {"feel": f"{OURS}:warm"},
    "workshop_climb": {"number": "1", "words": "because of that"},
    "workshop_choose": {"handle": OURS},
    "workshop_invite": {"whom": "all", "send": "yes"},
    "workshop_move": {"seen": "adopt", "to": "answer"},
    "workshop_lead": {"how": "leave"},
    "workshop_round": {"to": "write", "round": "1"},
    "workshop_proposal": {"who": "all who like", "version": "1"},
    "workshop_proposal_draft": {"who": "all"},
    "workshop_answer": {"says": "staff:warm"},
    "workshop_adopt": {"replaces": "1"},
}


def put_workshop(cast: Cast) -> str:
    """Hold a workshop at its last step, led by the steward, with jan in it and nobody else; its words are theirs only."""
    slug, steward, jan = cast.community.slug, cast.people["steward"], cast.people["jan"]
    canary = f"{slug}-workshop-canary"
    workshop = workshop_leading.start_workshop(
        by=steward, community=cast.community, meeting=Meeting.LIVE, language="en", now=NOW
    )
    workshop_leading.invite(by=steward, workshop=workshop, people=[jan.public_id], now=NOW)
    for one in (jan, steward):
        workshop_taking_part.arrive(
            by=one, workshop=workshop, side=Side.BOTH, line=f"I, {canary}", named=False, now=NOW
        )
    for seen, to in pairwise(Step):
        if to == Step.READ:
            workshop_taking_part.contribute(
                by=jan, workshop=workshop, part=Part.WHY, words=f"Because {canary}", now=NOW
            )
        workshop_leading.move(by=steward, workshop=workshop, seen=seen, to=to, now=NOW)
    Proposal.objects.filter(workshop=workshop, place=1).update(
        who=f"people {canary}", what_1="walk", what_2="write", what_3="laugh", why="nobody is alone"
    )
    for model in (Contribution, Cluster):
        model.objects.filter(workshop=workshop).update(handle=slug.rjust(20, "x"))
    return workshop.public_id


def workshop_targets(ours: str, theirs: str) -> dict[str, dict[str, dict[str, Any]]]:
    """Return, per route, the things that are asked for."""
    some = {
        "ours": {"workshop": ours},
        "of another community": {"workshop": theirs},
        "absent": {"workshop": NOWHERE},
    }
    return {
        **dict.fromkeys(PLAIN, some),
        **{route: {key: {**one, "place": 1} for key, one in some.items()} for route in OF_A_PROPOSAL},
        "workshop_draft": {key: {**one, "place": "why"} for key, one in some.items()},
        "workshop_take_back": {
            **{key: {**one, "handle": OURS} for key, one in some.items()},
            "somebody else's": {**some["ours"], "handle": THEIRS},
        },
    }
