"""Entrance from mail: an answer in a conversation."""

from datetime import datetime

from hearth.accounts.queries import accounts_at
from hearth.channels.enums import Received
from hearth.channels.inbound import Letter, Verdict
from hearth.conversations import actions
from hearth.conversations.enums import Via
from hearth.conversations.models import Topic
from hearth.conversations.queries.topics import reply_place
from hearth.conversations.tokens import read_answer_token
from hearth.core.errors import DomainError, NotFound
from hearth.core.tenancy import tenant
from hearth.members.models import Member


def answer_by_mail(letter: Letter, now: datetime) -> Verdict:
    """Add the words of a mail as this member's answer: the same action as on the page.

    The token in the address names member and topic; the sender must be an address on file of that member (security.md,
    section 3). Anything else waits for a person, and nothing is posted.
    """
    try:
        member_id, topic_id = read_answer_token(letter.token)
    except NotFound:
        return Verdict(Received.HELD, "The address it was sent to is not one that we gave out.")
    found = reply_place(member_id=member_id, topic_id=topic_id)
    if found is None:
        return Verdict(Received.HELD, "The member or the conversation is no longer there.")
    member, topic = found
    if not accounts_at(letter.sender).filter(pk=member.account_id or 0).exists():
        return Verdict(Received.HELD, "The sender's address is not on file for this member.", topic.community)
    return _answer(letter, member, topic, now)


def _answer(letter: Letter, member: Member, topic: Topic, now: datetime) -> Verdict:
    with tenant(topic.community):
        try:
            actions.answer(by=member, topic=topic, text=letter.text, via=Via.EMAIL, now=now)
        except DomainError as refused:
            return Verdict(Received.HELD, refused.reason, topic.community)
    return Verdict(Received.DONE, "", topic.community)
