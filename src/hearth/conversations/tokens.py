"""Signed tokens that stand in mails: where an answer goes, and how to stop."""

from hearth.core.errors import NotFound
from hearth.core.tokens import TokenError, open_token, seal

STOP = "stop"
ANSWER = "answer"


def stop_token(member_id: int, topic_id: int) -> str:
    """Return the token of the link that stops this topic's mails to this member."""
    return seal(STOP, member_id, topic_id)


def read_stop_token(token: str) -> tuple[int, int]:
    """Return (member, topic) of a stop token; NotFound where it is not one of ours."""
    return _read(STOP, token)


def read_answer_token(token: str) -> tuple[int, int]:
    """Return (member, topic) of a reply address; NotFound where it is not one of ours."""
    return _read(ANSWER, token)


def _read(purpose: str, token: str) -> tuple[int, int]:
    try:
        member_id, topic_id = open_token(purpose, token, numbers=2)
    except TokenError as error:
        raise NotFound("") from error
    return member_id, topic_id
