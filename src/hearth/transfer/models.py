"""What was imported, so that a repeated import changes nothing, and who the authors of old archives are."""

from django.db import models

from hearth.core.models import TenantModel


class GuestAuthor(TenantModel):
    """A person in imported archives. `member` is a guest until the person claims the posts, then the person's own.

    key names the person: by a keyed hash of the address, or by the source's own name for the person. The address itself is
    not kept. member is empty when the member was erased: the key stays, so that a later import names nobody again.
    """

    key = models.CharField(max_length=200)
    address_hash = models.CharField(max_length=64, blank=True)
    member = models.ForeignKey("members.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "key"], name="guest_author_once")]
        indexes = [models.Index(fields=["community", "address_hash"], name="guest_author_by_address")]


class ImportedItem(TenantModel):
    """One message of an archive that became a post. It outlives the post, so that a deleted post is not imported again.

    The last four columns let a later import of the same source go on with its threads.
    """

    source = models.CharField(max_length=80)
    source_id = models.CharField(max_length=200)
    thread_key = models.CharField(max_length=200)
    topic = models.ForeignKey("conversations.Topic", null=True, on_delete=models.SET_NULL, related_name="+")
    post = models.ForeignKey("conversations.Post", null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()
    subject_key = models.CharField(max_length=200, blank=True)
    missing_parent = models.CharField(max_length=200, blank=True)
    is_reply = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "source", "source_id"], name="imported_item_once"),
        ]
        indexes = [models.Index(fields=["community", "source", "thread_key"], name="imported_item_thread")]
