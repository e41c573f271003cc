"""The only code that writes members and invitations."""

from hearth.members.actions.answering import accept_invitation, decline_invitation
from hearth.members.actions.inviting import (
    forget_invitations,
    invite,
    prepare_invitations,
    send_again,
    send_invitations,
    take_back,
)
from hearth.members.actions.profiles import Profile, change_profile, set_photo, welcome
from hearth.members.guests import Guest

__all__ = [
    "Guest",
    "Profile",
    "accept_invitation",
    "change_profile",
    "decline_invitation",
    "forget_invitations",
    "invite",
    "prepare_invitations",
    "send_again",
    "send_invitations",
    "set_photo",
    "take_back",
    "welcome",
]
