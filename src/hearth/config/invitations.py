"""What an invitation shows of a community: one real conversation that its guest may know of."""

from hearth.communities.models import Community
from hearth.conversations.models import Post
from hearth.core.text import excerpt
from hearth.members.mails import Reading
from hearth.members.models import Member
from hearth.spaces.enums import Access

LETTERS = 240


def to_read(by: Member, community: Community) -> Reading | None:
    """Return the beginning of the newest conversation in an open space: anybody's where visitors may read, else one's own.

    What members say among themselves leaves a community only where its pages show it to everyone.
    """
    first = Post.objects.filter(number=1, topic__space__access=Access.OPEN)
    shown = first if community.open_to_visitors else first.filter(author=by)
    post = shown.select_related("topic", "author").order_by("-pk").first()
    if post is None:
        return None
    return Reading(
        title=post.topic.title,
        author=post.author.name if post.author else community.name,
        excerpt=excerpt(post.body_text, LETTERS),
        language=post.lang,
    )
