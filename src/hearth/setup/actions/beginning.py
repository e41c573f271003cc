"""Begin a community: keep each answer, and make the place as soon as three are known."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hearth.accounts.actions import make_account
from hearth.accounts.models import Account
from hearth.communities import queries as communities
from hearth.communities.actions import found_community, name_network
from hearth.communities.models import Community, Network
from hearth.core.errors import Invalid
from hearth.core.tenancy import tenant
from hearth.core.text import fold, is_blank, strip_controls
from hearth.members.actions import Profile, welcome
from hearth.members.enums import Role
from hearth.purpose.parts import FRAMES
from hearth.setup import languages, policy
from hearth.setup.models import Beginning

MOST_NAME = 120


def begin(*, by: Account | None, key: str, now: datetime) -> Beginning:
    """Open a new beginning. Refuses who may not begin here (`policy.can_begin`)."""
    policy.can_begin(by, key=key).require()
    return Beginning.objects.create(began_at=now)


def say_name(*, beginning: Beginning, name: str) -> None:
    """Keep the organisation's name. Refuses an empty one and one of more than 120 letters."""
    beginning.name = _clean(name, empty=_("Enter the name of your organisation."))
    beginning.save(update_fields=["name"])


def say_who(*, beginning: Beginning, name: str, email: str) -> None:
    """Keep who begins: a name in any alphabet, and an e-mail address to sign in with later."""
    beginning.steward = _clean(name, empty=_("Enter your name as others know you."))
    beginning.email = email
    beginning.save(update_fields=["steward", "email"])


def say_languages(*, beginning: Beginning, chosen: Sequence[str], country: str) -> None:
    """Keep the languages, the first one first, and the country as a first guess. Refuses none and unknown ones."""
    known = [code for code in dict.fromkeys(chosen) if code in FRAMES]
    if not known:
        raise Invalid(_("Choose at least one language."))
    beginning.languages, beginning.country = known, country.upper()[:2]
    beginning.save(update_fields=["languages", "country"])


def found(*, by: Account | None, beginning: Beginning, now: datetime) -> tuple[Community, Account]:
    """Make the community of this beginning and its steward; done twice, the second time finds what the first one made.

    by: whoever is signed in already; otherwise an account is made from the answers. The first founder of a deployment
    also runs its server; invented people do not count. Refuses a beginning whose questions are not all answered, and who
    may not begin here any more (`policy.can_begin`): the key of an empty network opens one community, not several.
    """
    with transaction.atomic():
        # Two founding at one moment wait here for each other: one of them is first.
        Beginning.objects.select_for_update().order_by("pk").first()
        row = Beginning.objects.select_for_update().get(pk=beginning.pk)
        if row.community is not None and row.founder is not None:
            return row.community, row.founder
        if row.next_question is not None:
            raise Invalid(_("Answer the questions before this one first."))
        policy.can_begin(by, key=policy.begin_key()).require()
        founder = by or make_account(
            name=row.steward,
            email=row.email,
            language=row.languages[0],
            is_operator=policy.runs_the_server(),
            verified=False,
            now=now,
        )
        row.community, row.founder = _make_place(row, founder, now), founder
        row.save(update_fields=["community", "founder"])
    return row.community, founder


def _make_place(row: Beginning, founder: Account, now: datetime) -> Community:
    if not Network.objects.exists():
        name_network(name=row.name)
    community = found_community(
        slug=_free_slug(row.name),
        name=row.name,
        country=row.country,
        languages=row.languages,
        now=now,
        time_zone=languages.time_zone_of(row.country),
        help_email=row.email or founder.email,
    )
    with tenant(community):
        welcome(
            community=community,
            account=founder,
            profile=Profile(name=row.steward, languages=tuple(row.languages[:1])),
            roles=(Role.STEWARD, Role.GREETER),
            joined_at=now,
            now=now,
        )
    return community


def _free_slug(name: str) -> str:
    """The name in an address: plain letters, a number behind where it is taken. A name without Latin letters gets a word."""
    wanted = slugify(fold(name))[:34].strip("-") or "community"
    taken = communities.slugs_like(wanted)
    free = (f"{wanted}-{number}" for number in range(2, 10_000))
    return wanted if wanted not in taken else next(slug for slug in free if slug not in taken)


def _clean(words: str, *, empty: str) -> str:
    cleaned = " ".join(strip_controls(words).split())
    if is_blank(cleaned):
        raise Invalid(empty)
    if len(cleaned) > MOST_NAME:
        raise Invalid(_("Make the name shorter: at most 120 letters."))
    return cleaned
