"""Entrances from the web. One file a journey."""

from hearth.conversations.views.following import follow, read, stop
from hearth.conversations.views.reading import space, talk, topic, versions
from hearth.conversations.views.writing import answer, answer_draft, edit, new_topic, topic_draft

__all__ = [
    "answer",
    "answer_draft",
    "edit",
    "follow",
    "new_topic",
    "read",
    "space",
    "stop",
    "talk",
    "topic",
    "topic_draft",
    "versions",
]
