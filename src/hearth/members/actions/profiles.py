"""Let people into a community, and let them say who they are."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from hearth.accounts.models import Account
from hearth.communities.models import Community
from hearth.core.errors import Invalid
from hearth.core.text import is_blank, strip_controls
from hearth.files import actions as files
from hearth.files.models import File
from hearth.happenings import actions as happenings
from hearth.members import policy
from hearth.members.enums import ReachBy, Role, Standing
from hearth.members.models import Member

MOST_ABOUT = 2000


@dataclass(frozen=True, slots=True)
class Profile:
    """What a member says about oneself."""

    name: str
    about: str = ""
    languages: tuple[str, ...] = ()
    reach_by: ReachBy = ReachBy.EMAIL
    name_also: str = ""


def welcome(
    *,
    community: Community,
    account: Account | None,
    profile: Profile,
    roles: tuple[Role, ...] = (),
    standing: Standing = Standing.ACTIVE,
    joined_at: datetime,
    now: datetime,
) -> Member:
    """Make a member; without an account it is someone who takes part by post or phone. Records `member_joined`."""
    with transaction.atomic():
        member = Member.objects.create(
            community=community,
            account=account,
            standing=standing,
            joined_at=joined_at,
            **_columns(profile),
            **{f"is_{role.value}": True for role in roles},
        )
        happenings.record(
            "member_joined",
            community=community,
            by=member.pk,
            subject_kind="member",
            subject_id=member.pk,
            now=now,
        )
    return member


def change_profile(*, by: Member, whose: Member, profile: Profile, now: datetime) -> Member:
    """Change what a member says about oneself. Refuses anyone else, and an empty name. Records `profile_changed`."""
    policy.can_change_profile(by, whose).require()
    columns = _columns(profile)
    with transaction.atomic():
        Member.objects.filter(pk=whose.pk).update(**columns)
        happenings.record(
            "profile_changed",
            community=whose.community,
            by=by.pk,
            subject_kind="member",
            subject_id=whose.pk,
            now=now,
        )
    for column, value in columns.items():
        setattr(whose, column, value)
    return whose


def set_photo(*, by: Member, photo: File | None, now: datetime) -> None:
    """Show this photo of oneself, or none; the one before goes. Records `profile_changed`."""
    before = by.photo
    with transaction.atomic():
        Member.objects.filter(pk=by.pk).update(photo=photo)
        happenings.record(
            "profile_changed",
            community=by.community,
            by=by.pk,
            subject_kind="member",
            subject_id=by.pk,
            now=now,
        )
    by.photo = photo
    if before is not None:
        files.remove(file=before)


def _columns(profile: Profile) -> dict[str, object]:
    name = " ".join(strip_controls(profile.name).split())
    if is_blank(name):
        raise Invalid(_("Enter your name as others know you."))
    if len(name) > 120:
        raise Invalid(_("Make your name shorter: at most 120 letters."))
    return {
        "name": name,
        "name_also": " ".join(strip_controls(profile.name_also).split())[:120],
        "about": strip_controls(profile.about).strip()[:MOST_ABOUT],
        "languages": list(profile.languages) or [settings.LANGUAGE_CODE],
        "reach_by": profile.reach_by,
    }
