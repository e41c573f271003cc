"""Reads for pages, each in a fixed number of queries."""

from hearth.conversations.queries.posts import (
    page_of_number,
    post_by_id,
    topic_page,
    versions_of,
)
from hearth.conversations.queries.topics import TOPICS_PER_PAGE, latest, new_for, topic_by_id, topics_in

__all__ = [
    "TOPICS_PER_PAGE",
    "latest",
    "new_for",
    "page_of_number",
    "post_by_id",
    "topic_by_id",
    "topic_page",
    "topics_in",
    "versions_of",
]
