"""What people say in a workshop. Pages never show who said it, and after the adoption nobody can find out.

`author` is kept only so that one can change or take back what one said. `handle` is drawn at random: it names the row in
forms, and rows stand in its order, so that neither address nor order tells who wrote or when.
"""

import secrets

from django.db import models

from hearth.core.models import TenantModel
from hearth.purpose.enums import Part, Side, Warmth
from hearth.purpose.models.workshops import Workshop
from hearth.purpose.parts import MOST_WHAT, MOST_WHO, MOST_WHY, Parts


def new_handle() -> str:
    """Return a name for a row that tells nothing: 80 bits drawn at random."""
    return secrets.token_hex(10)


class _Unsigned(TenantModel):
    """Something said, with an author whom no page shows."""

    handle = models.CharField(max_length=20, unique=True, default=new_handle, editable=False)
    author = models.ForeignKey("members.Member", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True


class Cluster(TenantModel):
    """Contributions that say nearly the same. `shared`: the words because of which they were put together, if any."""

    handle = models.CharField(max_length=20, unique=True, default=new_handle, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="clusters")
    part = models.CharField(max_length=4, choices=Part.choices)
    place = models.PositiveIntegerField()
    shared = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["workshop", "part", "place"], name="cluster_place")]


class Contribution(_Unsigned):
    """What somebody wrote for one part. `key` is the folded text: the same words by the same person are kept once."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="contributions")
    part = models.CharField(max_length=4, choices=Part.choices)
    words = models.CharField(max_length=MOST_WHY)
    key = models.CharField(max_length=64)
    round = models.PositiveSmallIntegerField()
    cluster = models.ForeignKey(Cluster, null=True, on_delete=models.SET_NULL, related_name="contributions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "author", "part", "key"], name="contribution_once_a_person"
            )
        ]
        indexes = [models.Index(fields=["workshop", "part", "handle"], name="contribution_order")]


class Feeling(_Unsigned):
    """How a group of contributions feels to one person, with a word why."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="feelings")
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="feelings")
    warmth = models.CharField(max_length=6, choices=Warmth.choices)
    why = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cluster", "author"], name="feeling_once_a_person")]


class SharedRung(_Unsigned):
    """An answer to "why does that matter?" on one rung of the ladder; from the chosen one the ladder goes on.

    The rung with number 0 is where the ladder stands.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="rungs")
    round = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=MOST_WHY)
    chosen = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "round", "number"],
                condition=models.Q(chosen=True),
                name="one_rung_chosen",
            ),
            models.UniqueConstraint(
                fields=["workshop", "round", "number", "author"], name="rung_once_a_person"
            ),
        ]


class Proposal(TenantModel):
    """One of the two whole sentences of a round. `version` lets nobody write over words that they have not seen."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="proposals")
    round = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=MOST_WHO, blank=True)
    what_1 = models.CharField(max_length=MOST_WHAT, blank=True)
    what_2 = models.CharField(max_length=MOST_WHAT, blank=True)
    what_3 = models.CharField(max_length=MOST_WHAT, blank=True)
    why = models.CharField(max_length=MOST_WHY, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "round", "place"], name="proposal_place"),
            models.CheckConstraint(condition=models.Q(place__in=[1, 2]), name="two_proposals"),
        ]

    @property
    def parts(self) -> Parts:
        """The parts together."""
        return Parts(self.who, (self.what_1, self.what_2, self.what_3), self.why)


class ProposalAnswer(_Unsigned):
    """How a proposal speaks to one person, for one side."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="answers")
    side = models.CharField(max_length=6, choices=Side.choices)
    warmth = models.CharField(max_length=6, choices=Warmth.choices)
    why = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "author", "side"], name="proposal_answer_once_a_person"
            ),
            models.CheckConstraint(condition=~models.Q(side="both"), name="answered_for_one_side"),
        ]


class WorkshopDraft(TenantModel):
    """What somebody is writing in a workshop and has not handed in yet."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="drafts")
    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=40)
    words = models.TextField(max_length=6000)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "member", "place"], name="workshop_draft_place")
        ]
