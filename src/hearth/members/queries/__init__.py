"""Reads of members and invitations, inside the open community."""

from hearth.members.mails import invitation_mail
from hearth.members.queries.invitations import (
    doubt_about,
    invitation_by_id,
    invitation_by_token,
    invitations,
    members_at,
    open_invitation,
    open_to,
    prepared_by,
    refused_at,
)
from hearth.members.queries.people import (
    begins_alone,
    greeters,
    keeps_order_somewhere,
    member_by_account,
    member_of,
    newest_people,
    people,
    person_by_id,
    public_id_of,
)

__all__ = [
    "begins_alone",
    "doubt_about",
    "greeters",
    "invitation_by_id",
    "invitation_by_token",
    "invitation_mail",
    "invitations",
    "keeps_order_somewhere",
    "member_by_account",
    "member_of",
    "members_at",
    "newest_people",
    "open_invitation",
    "open_to",
    "people",
    "person_by_id",
    "prepared_by",
    "public_id_of",
    "refused_at",
]
