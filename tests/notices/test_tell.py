"""One mail a person, in the person's language; and the mail that opens the door."""

import pytest
from django.test import Client

from hearth.accounts.models import Account
from hearth.channels.actions import MailWords
from hearth.channels.models import Delivery, Mail
from hearth.core.clock import now as clock_now
from hearth.core.tenancy import across_communities
from hearth.happenings.actions import sweep
from hearth.happenings.models import Reaction
from hearth.members.models import Member
from hearth.notices.actions import tell
from tests.people import NOW, Cast


def say(cast: Cast, origin: str = "o") -> int:
    asked: list[int] = []

    def words() -> MailWords:
        from django.utils.translation import get_language

        asked.append(1)
        return MailWords(from_name="J", subject=str(get_language()), text="t", html="h")

    planned = tell(
        origin=origin, community=cast.community, audience=Member.objects.all(), words=words, now=NOW
    )
    assert len(asked) == Mail.objects.filter(origin__startswith=f"{origin}:").count()
    return planned


def test_each_active_member_gets_one_mail_and_it_is_made_once_a_language(cast: Cast) -> None:
    Account.objects.filter(pk__in=[cast.accounts["jan"].pk, cast.accounts["mod"].pk]).update(language="de")

    assert say(cast) == 4
    assert sorted(Delivery.objects.values_list("member__name", "mail__subject")) == [
        ("Jan", "de"),
        ("Maria", "en"),
        ("Mod", "de"),
        ("Steward", "en"),
    ]


def test_the_same_told_again_reaches_nobody_twice(cast: Cast) -> None:
    assert (say(cast), say(cast), say(cast, "another")) == (4, 0, 4)


def test_nobody_reached_means_no_mail_at_all(cast: Cast) -> None:
    Member.objects.update(reach_by="post")

    assert (say(cast), Mail.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_asking_to_sign_in_sends_one_mail_with_link_and_code_and_neither_in_the_subject(cast: Cast) -> None:
    Client().post("/c/north/sign-in/", {"email": " MARIA@north.example "})
    with across_communities():
        Reaction.objects.exclude(happening__kind="sign_in_asked").update(done_at=NOW)
        sweep(now=clock_now().replace(year=clock_now().year + 1))
        delivery = Delivery.objects.select_related("mail").get()
    mail = delivery.mail

    assert (delivery.address, delivery.member_id) == ("maria@north.example", None)
    assert "/c/north/sign-in/link/" in mail.text
    assert not any(character.isdigit() for character in mail.subject)
    assert mail.text.split() != mail.subject.split()


@pytest.mark.django_db
def test_an_address_that_is_nobodys_gets_no_mail(cast: Cast) -> None:
    Client().post("/c/north/sign-in/", {"email": "stranger@else.example"})
    with across_communities():
        Reaction.objects.exclude(happening__kind="sign_in_asked").update(done_at=NOW)
        sweep(now=clock_now().replace(year=clock_now().year + 1))
        assert Delivery.objects.count() == 0
        assert Reaction.objects.filter(happening__kind="sign_in_asked", done_at__isnull=False).count() == 1
