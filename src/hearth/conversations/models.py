"""Topics, posts, their history, drafts, and what each member has read and follows."""

from django.db import models

from hearth.conversations.enums import Format, Via
from hearth.core.models import PublicModel, TenantModel


class Topic(PublicModel, TenantModel):
    """One conversation in a space. The last_* columns are kept by the actions, so that lists need one query."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    author = models.ForeignKey("members.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    post_count = models.PositiveIntegerField(default=0)
    last_post_at = models.DateTimeField()
    last_author = models.ForeignKey("members.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    opening = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["space", "-last_post_at", "-id"], name="topic_in_space"),
            models.Index(fields=["community", "-last_post_at", "-id"], name="topic_latest"),
        ]

    def __str__(self) -> str:
        return self.title


class Post(PublicModel, TenantModel):
    """One message of a topic. `number` is its place, from 1, without gaps; body_html is clean and made when written.

    message_id is the stable Message-ID (RFC 5322 3.6.4) under which it goes out and by which answers find it.
    reply_to is the number of the post in the same topic that this one answers. version grows with each edit: an edit
    of an older version is a conflict, not a loss.
    """

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    author = models.ForeignKey("members.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    source = models.TextField()
    source_format = models.CharField(max_length=8, choices=Format.choices, default=Format.TEXT)
    body_html = models.TextField()
    body_text = models.TextField()
    lang = models.CharField(max_length=12, blank=True)
    via = models.CharField(max_length=8, choices=Via.choices, default=Via.WEB)
    reply_to = models.PositiveIntegerField(null=True, blank=True)
    message_id = models.CharField(max_length=255, blank=True, db_index=True)
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    edit_note = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    has_files = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="post_number")]
        indexes = [models.Index(fields=["author", "-id"], name="post_by_author")]


class PostVersion(TenantModel):
    """What a post said before an edit."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    source = models.TextField()
    body_html = models.TextField()
    written_at = models.DateTimeField()
    edited_by = models.ForeignKey("members.Member", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "version"], name="post_version")]


class Draft(TenantModel):
    """What a member is writing, kept on the server at most 5 seconds old and for 30 days, for any device."""

    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=60)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "place"], name="draft_place")]


class ReadMark(TenantModel):
    """How far a member has read a topic: the number of the last post seen."""

    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "topic"], name="read_mark_once")]


class Follow(TenantModel):
    """A member who wants to hear of answers in a topic. `wants` is False for one who asked not to."""

    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    wants = models.BooleanField(default=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "member"], name="follow_once")]
