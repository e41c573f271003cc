"""Prepared queries: the same answers as the ORM's, for each community its own, and none outside a scope."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from hearth.conversations.models import Post, Topic
from hearth.core.prepared import Prepared, columns_of, instance_of
from hearth.core.tenancy import ScopeError, tenant
from tests.people import NOW, Cast, build


def _by_title(after: int, title: str) -> QuerySet[Topic, Any]:
    rows = Topic.objects.filter(pk__gt=after, title=title).order_by("pk")
    return rows.values_list(*columns_of(Topic))


def title_of(cast: Cast) -> str:
    return next(topic.title for key, topic in cast.topics.items() if key.endswith("open"))


@pytest.mark.django_db
def test_a_prepared_query_answers_as_the_orm_does_each_time_with_other_values() -> None:
    cast = build("north")
    prepared = Prepared(_by_title, "after", texts=["title"])
    with tenant(cast.community):
        for topic in Topic.objects.order_by("pk"):
            (row,) = prepared.rows(after=topic.pk - 1, title=topic.title)
            found = instance_of(Topic, row)
            assert (found, found.title, found.started_at) == (topic, topic.title, topic.started_at)
            assert found.started_at - NOW == timedelta(0)
        assert prepared.rows(after=10**9, title=title_of(cast)) == []


@pytest.mark.django_db
def test_a_prepared_query_finds_only_rows_of_the_open_community() -> None:
    north, south = build("north"), build("south")
    prepared = Prepared(_by_title, "after", texts=["title"])
    with tenant(north.community):
        assert len(prepared.rows(after=0, title=title_of(north))) == 1
        assert prepared.rows(after=0, title=title_of(south)) == []
    with tenant(south.community):
        assert len(prepared.rows(after=0, title=title_of(south))) == 1
        assert prepared.rows(after=0, title=title_of(north)) == []


@pytest.mark.django_db
def test_a_prepared_query_raises_where_no_community_is_open() -> None:
    prepared = Prepared(_by_title, "after", texts=["title"])
    with pytest.raises(ScopeError):
        prepared.rows(after=0, title="any")


@pytest.mark.django_db
def test_a_query_without_one_of_its_values_is_refused_when_it_is_made() -> None:
    cast = build("north")
    forgets = Prepared(lambda number: Post.objects.values_list("pk"), "number")
    with tenant(cast.community), pytest.raises(ValueError, match="must stand in the query"):
        forgets.rows(number=1)


@pytest.mark.django_db
def test_text_that_looks_like_sql_is_only_text() -> None:
    north = build("north")
    prepared = Prepared(_by_title, "after", texts=["title"])
    with tenant(north.community):
        assert prepared.rows(after=0, title="' OR 1=1 --") == []
        assert len(prepared.rows(after=0, title=title_of(north))) == 1


@pytest.mark.django_db
def test_only_what_no_community_owns_is_read_of_everyone() -> None:
    cast = build("north")
    owned = Prepared(_by_title, "after", texts=["title"], of_everyone=True)
    with tenant(cast.community), pytest.raises(ValueError, match="must stand in the query"):
        owned.rows(after=0, title="any")
    free = Prepared(
        lambda key: Session.objects.filter(pk=key).values_list("pk"), texts=["key"], of_everyone=True
    )
    assert free.rows(key="nobody's") == []
