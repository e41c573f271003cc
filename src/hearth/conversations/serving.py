"""How spaces serve the goals: what was said in them. Read by the compass page through `purpose.serving`."""

from collections import defaultdict

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.communities.models import Community
from hearth.conversations.models import Post, Topic
from hearth.members.models import Member
from hearth.purpose.serving import Activity, Feature, Period, Thing
from hearth.spaces import policy as spaces
from hearth.spaces import queries as space_queries
from hearth.spaces.models import Space


def _things(member: Member | None, community: Community) -> list[Thing]:
    """The spaces that this reader may know of (two queries)."""
    hosted = space_queries.hosted_by(member)
    return [_thing(space, member, hosted) for space in space_queries.spaces_for(member, community)]


def _thing(space: Space, member: Member | None, hosted: set[int]) -> Thing:
    may_choose = member is not None and (member.is_steward or space.pk in hosted)
    return Thing(
        kind=_("Space"),
        title=space.name,
        path=f"talk/{space.slug}/",
        goal=space.goal_id,
        choose_path=f"talk/{space.slug}/goal/" if may_choose else "",
    )


def _activities(member: Member, community: Community, period: Period) -> list[Activity]:
    """What was said in the spaces that this reader may read (five queries)."""
    readable = set(spaces.readable_spaces(member, community).values_list("pk", flat=True))
    begun, went_on, people = _begun(readable, period), _went_on(readable, period), _people(readable, period)
    hosted = space_queries.hosted_by(member)
    found = []
    for space in space_queries.spaces_for(member, community):
        if space.pk in readable:
            words = _words(begun[space.pk], went_on[space.pk])
            said = Activity(_thing(space, member, hosted), words, frozenset(people[space.pk]))
        else:
            said = Activity(_thing(space, member, hosted), _("Only its members see what is said there."))
        found.append(said)
    return found


def _words(begun: int, went_on: int) -> str:
    said = []
    if begun:
        said.append(
            ngettext("%(number)d conversation began", "%(number)d conversations began", begun)
            % {"number": begun}
        )
    if went_on:
        said.append(ngettext("%(number)d went on", "%(number)d went on", went_on) % {"number": went_on})
    return _(", ").join(said)


def _begun(readable: set[int], period: Period) -> dict[int, int]:
    rows = Topic.objects.filter(
        space__in=readable, started_at__gte=period.start, started_at__lt=period.end
    ).values_list("space_id")
    return defaultdict(int, rows.annotate(number=Count("pk")))


def _went_on(readable: set[int], period: Period) -> dict[int, int]:
    """Conversations that were there before the period and in which somebody spoke during it."""
    rows = _posts(readable, period).filter(topic__started_at__lt=period.start).values_list("topic__space_id")
    return defaultdict(int, rows.annotate(number=Count("topic_id", distinct=True)))


def _people(readable: set[int], period: Period) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    wrote = (
        _posts(readable, period).exclude(author=None).values_list("topic__space_id", "author_id").distinct()
    )
    for space, author in wrote:
        found[space].add(author)
    return found


def _posts(readable: set[int], period: Period) -> QuerySet[Post]:
    # Conversations that ended before the period are passed over by their index, so that years of posts cost nothing.
    said = Q(topic__space__in=readable, topic__last_post_at__gte=period.start)
    return Post.objects.filter(said, written_at__gte=period.start, written_at__lt=period.end)


SPACES = Feature(things=_things, activities=_activities)
