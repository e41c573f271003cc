"""What the steps of a workshop are called and what each asks, and what a facilitator without experience can say."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.purpose.enums import Part, Side, Step


@dataclass(frozen=True, slots=True)
class Said:
    """title: of the step; lead: what everybody does now; say: what the facilitator can say; last: what was done."""

    title: Promise
    lead: Promise
    say: Promise
    icon: str


SAID = {
    Step.ARRIVE: Said(
        _("We arrive"),
        _("Everybody says who they are, in one line. We begin when people are here."),
        _("“Welcome. Say your name and one line about yourself. We begin when all are here.”"),
        "door-open",
    ),
    Step.WRITE: Said(
        _("Each of us writes"),
        _("Three questions, one after the other. Nobody sees who wrote what. Nothing is wrong here."),
        _("“Take your time and write alone, without a name. A few words for each question are enough.”"),
        "pencil",
    ),
    Step.READ: Said(
        _("We read"),
        _("This is what was written, without names and in no order. Read it slowly."),
        _("“Let us read in silence. Then tell us: what surprises you? What do you meet again and again?”"),
        "book-open",
    ),
    Step.GROUP: Said(
        _("We put together what is alike"),
        _("Similar words lie together already. Move what belongs elsewhere."),
        _("“Which of these say nearly the same? Tell me, or move them yourself.”"),
        "layers",
    ),
    Step.FEEL: Said(
        _("How does it feel?"),
        _("Say for each group how it feels to you. A word why helps the others."),
        _("“Now each of us alone: how does each group feel to you? One word why is enough.”"),
        "heart",
    ),
    Step.LADDER: Said(
        _("Why does that matter?"),
        _("We begin with the warmest words, and ask again until it cannot go deeper."),
        _("“This is the warmest. Why does that matter to you?” Then choose an answer and ask again."),
        "signpost",
    ),
    Step.PROPOSE: Said(
        _("Two proposals"),
        _("Whoever likes writes a whole sentence from the warmest words. Two are enough."),
        _("“Who would like to write one whole sentence from these words? We need two. It may be rough.”"),
        "scroll-text",
    ),
    Step.ANSWER: Said(
        _("Does it speak to us?"),
        _("Read both proposals slowly, once aloud if you can. Then answer for your side."),
        _("“Staff: does it speak to our organisation? Members: does it speak to you? Be honest.”"),
        "message-circle",
    ),
    Step.ADOPT: Said(
        _("Adopt it, or go another round"),
        _("Here is what both sides said. A steward adopts, or we go another round."),
        _("“Does one of them speak to both sides? Then we adopt it. If not: what did we learn?”"),
        "flag",
    ),
}


@dataclass(frozen=True, slots=True)
class Question:
    """How one of the three questions is asked, and how its answers are headed when all read them."""

    ask: Promise
    hint: Promise
    heading: Promise


QUESTIONS = {
    Part.WHO: Question(
        _("Who should find each other here?"),
        _("One clear kind of person. Not everybody: who most of all?"),
        _("Who"),
    ),
    Part.WHAT: Question(
        _("What do these people want to do together?"),
        _("Begin with what members do with each other. You can hand in several, one at a time."),
        _("What we do together"),
    ),
    Part.WHY: Question(
        _("So that … what?"),
        _("The deepest reason you know. It may be a dream."),
        _("So that"),
    ),
}

# What stands beside a name for whom somebody answers; for most it goes without saying.
SIDES = {Side.MEMBER: "", Side.STAFF: _("for the organisation"), Side.BOTH: _("for both sides")}
