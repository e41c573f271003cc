"""The signed token in the link of an invitation."""

from hearth.core.errors import NotFound
from hearth.core.tokens import TokenError, open_token, seal

INVITATION = "invitation"


def invitation_token(invitation_id: int) -> str:
    """Return the token of the link that answers this invitation."""
    return seal(INVITATION, invitation_id)


def read_invitation_token(token: str) -> int:
    """Return the key of the invitation that a token names; NotFound where it is not one of ours."""
    try:
        return open_token(INVITATION, token, numbers=1)[0]
    except TokenError as error:
        raise NotFound("") from error
