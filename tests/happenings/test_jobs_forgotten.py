"""The queue keeps no row for ever; what happened stays."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hearth.happenings.actions import forget_jobs
from hearth.happenings.jobs import react


@pytest.mark.django_db
def test_jobs_that_ended_long_ago_are_forgotten_and_the_others_stay() -> None:
    now = timezone.now()
    for number in (1, 2, 3):
        react.enqueue(number)
    old, fresh, _waiting = DBTaskResult.objects.order_by("enqueued_at")
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=now - timedelta(days=2))
    DBTaskResult.objects.filter(pk=fresh.pk).update(finished_at=now)
    assert forget_jobs(before=now - timedelta(days=1)) == 1
    assert DBTaskResult.objects.count() == 2
