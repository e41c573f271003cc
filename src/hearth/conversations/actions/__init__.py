"""Everything that can be done in conversations. One file a group of verbs."""

from hearth.conversations.actions.archive import OldPost, OldTopic, keep_archive
from hearth.conversations.actions.drafts import drop_draft, forget_drafts, save_draft
from hearth.conversations.actions.following import follow, follow_nothing_by_link, mark_read, stop_following
from hearth.conversations.actions.posts import answer, edit_post
from hearth.conversations.actions.telling import tell_of_post
from hearth.conversations.actions.topics import start_topic

__all__ = [
    "OldPost",
    "OldTopic",
    "answer",
    "drop_draft",
    "edit_post",
    "follow",
    "follow_nothing_by_link",
    "forget_drafts",
    "keep_archive",
    "mark_read",
    "save_draft",
    "start_topic",
    "stop_following",
    "tell_of_post",
]
