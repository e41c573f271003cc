"""What a mail about a post says."""

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hearth.channels.actions import MailWords
from hearth.channels.compose import STOP_PLACE
from hearth.channels.replies import MARK
from hearth.communities import links
from hearth.communities.models import Community
from hearth.conversations.models import Post
from hearth.members.models import Member
from hearth.spaces.models import Space


def post_words(post: Post, answered: QuerySet[Member]) -> MailWords:
    """Return the mail about a post in the active language: where an answer goes, the whole text, why it came.

    `answered` are those who hear of an answer. Whoever gets the mail of an answer is one of them, and is not counted.
    """
    topic, space = post.topic, post.topic.space
    author = post.author.name if post.author else _("Former member")
    parts = {
        "language": get_language(),
        "mark": MARK,
        "where": _where(max(1, answered.count() - (post.number > 1)), space.name),
        "author": author,
        "title": topic.title,
        "url": links.absolute(post.community, "topic", space=space.slug, topic=topic.public_id),
        "stop": STOP_PLACE,
        "reason": _("You get this because you follow this conversation."),
        "community": post.community,
        "post": post,
    }
    return MailWords(
        from_name=_("%(author)s via %(space)s") % {"author": author, "space": space.name},
        subject=topic.title if post.number == 1 else _("Re: %(title)s") % {"title": topic.title},
        text=render_to_string("conversations/mail/post.txt", parts),
        html=render_to_string("conversations/mail/post.html", parts),
        message_id=post.message_id,
        references=_references(post),
        list_id=_list_id(space, post.community),
        token_subject=topic.pk,
    )


def _where(people: int, space: str) -> str:
    return ngettext(
        "Write above this line. Your answer goes to %(people)d person in %(space)s.",
        "Write above this line. Your answer goes to %(people)d people in %(space)s.",
        people,
    ) % {"people": people, "space": space}


def _list_id(space: Space, community: Community) -> str:
    """Return the space as a list with a name and an address of its own (RFC 2919)."""
    name = space.name.translate({ord(sign): None for sign in '<>"\\'})
    return f'"{name}" <{space.slug}.{community.slug}.{settings.MAIL_DOMAIN}>'


def _references(post: Post) -> str:
    """Return the ids of the thread's first post and of the one answered (RFC 5322 3.6.4)."""
    if post.number == 1:
        return ""
    siblings = Post.objects.filter(topic_id=post.topic_id)
    wanted = siblings.filter(number__in=[1, post.reply_to or post.number - 1]).order_by("number")
    return " ".join(part for part in wanted.values_list("message_id", flat=True) if part)
