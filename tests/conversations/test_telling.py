from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from hearth.accounts.models import Account
from hearth.channels.models import Delivery, Mail
from hearth.conversations.actions import answer, follow, start_topic, stop_following, tell_of_post
from hearth.conversations.models import Post
from hearth.members.enums import ReachBy, Standing
from hearth.members.models import Member
from hearth.spaces.actions import join, leave, let_in
from tests.people import NOW, Cast

LATER = NOW + timedelta(hours=1)


def told(post: Post) -> list[str]:
    """Tell of a post, and return who gets a mail, by name."""
    tell_of_post(post_id=post.pk, now=LATER)
    return sorted(
        Delivery.objects.filter(mail__origin__startswith=f"post:{post.pk}:").values_list(
            "member__name", flat=True
        )
    )


def test_an_answer_goes_to_the_topics_followers_but_not_to_its_author(cast: Cast) -> None:
    follow(by=cast.people["mod"], topic=cast.topics["open"], now=NOW)

    assert told(answer(by=cast.people["jan"], topic=cast.topics["open"], text="Hi", now=LATER)) == [
        "Maria",
        "Mod",
    ]


def test_a_first_post_goes_to_the_followers_of_the_space_too(cast: Cast) -> None:
    join(by=cast.people["steward"], space=cast.spaces["open"], now=NOW)
    let_in(member=cast.people["mod"], space=cast.spaces["open"], now=NOW, follows=False)
    topic = start_topic(by=cast.people["jan"], space=cast.spaces["open"], title="t", text="x", now=LATER)

    assert told(Post.objects.get(topic=topic)) == ["Maria", "Steward"]


def test_who_said_no_hears_nothing(cast: Cast) -> None:
    stop_following(by=cast.people["maria"], topic=cast.topics["open"], now=NOW)

    assert told(answer(by=cast.people["jan"], topic=cast.topics["open"], text="Hi", now=LATER)) == []


def test_who_left_a_closed_space_hears_nothing_more_though_still_following(cast: Cast) -> None:
    let_in(member=cast.people["mod"], space=cast.spaces["closed"], now=NOW)
    follow(by=cast.people["mod"], topic=cast.topics["closed"], now=NOW)
    assert told(answer(by=cast.people["jan"], topic=cast.topics["closed"], text="One", now=LATER)) == ["Mod"]

    leave(by=cast.people["mod"], space=cast.spaces["closed"], now=NOW)

    assert told(answer(by=cast.people["jan"], topic=cast.topics["closed"], text="Two", now=LATER)) == []


def test_guests_former_members_and_those_not_reached_by_mail_get_no_mail(cast: Cast) -> None:
    cast.add("guest")
    cast.add("phone", reach_by=ReachBy.PHONE)
    cast.add("post", account=False)
    cast.add("silent")
    Member.objects.filter(pk=cast.people["guest"].pk).update(standing=Standing.GUEST)
    Account.objects.filter(pk=cast.accounts["silent"].pk).update(email="")
    for key in ("guest", "phone", "post", "silent", "gone", "mod"):
        follow(by=cast.people[key], topic=cast.topics["open"], now=NOW)

    assert told(answer(by=cast.people["jan"], topic=cast.topics["open"], text="Hi", now=LATER)) == [
        "Maria",
        "Mod",
    ]


def test_telling_again_plans_nothing_twice(cast: Cast) -> None:
    post = answer(by=cast.people["jan"], topic=cast.topics["open"], text="Hi", now=LATER)

    assert tell_of_post(post_id=post.pk, now=LATER) == 1
    follow(by=cast.people["mod"], topic=cast.topics["open"], now=NOW)
    assert tell_of_post(post_id=post.pk, now=LATER) == 1
    assert tell_of_post(post_id=post.pk, now=LATER) == 0
    assert (Mail.objects.count(), Delivery.objects.count()) == (1, 2)


def test_each_reads_it_in_ones_own_language_and_the_rest_in_the_communitys(cast: Cast) -> None:
    for key, language in (("anna", "de"), ("luc", "fr"), ("vito", "it")):
        cast.add(key)
        Account.objects.filter(pk=cast.accounts[key].pk).update(language=language)
        follow(by=cast.people[key], topic=cast.topics["open"], now=NOW)

    assert told(answer(by=cast.people["jan"], topic=cast.topics["open"], text="Hi", now=LATER)) == [
        "Anna",
        "Luc",
        "Maria",
        "Vito",
    ]
    languages = Delivery.objects.values_list("member__name", "mail__language")
    assert dict(languages) == {"Anna": "de", "Luc": "fr", "Maria": "en", "Vito": "en"}


def test_planning_takes_as_many_statements_for_fifty_followers_as_for_one(cast: Cast) -> None:
    def statements() -> int:
        post = answer(by=cast.people["jan"], topic=cast.topics["open"], text="Hi", now=LATER)
        with CaptureQueriesContext(connection) as asked:
            tell_of_post(post_id=post.pk, now=LATER)
        return len(asked)

    with_one = statements()
    for place in range(50):
        cast.add(f"p{place}")
        follow(by=cast.people[f"p{place}"], topic=cast.topics["open"], now=NOW)

    assert (statements(), Delivery.objects.count()) == (with_one, 52)


def test_a_mail_names_no_reader_of_the_room_and_quotes_the_whole_post(cast: Cast) -> None:
    told(answer(by=cast.people["jan"], topic=cast.topics["open"], text="Come on Tuesday <soon>", now=LATER))

    mail = Mail.objects.get()
    assert mail.subject == f"Re: {cast.topics['open'].title}"
    assert mail.from_name == "Jan via Open room"
    assert "Come on Tuesday <soon>" in mail.text
    assert "Come on Tuesday &lt;soon&gt;" in mail.html
    assert "Mod" not in mail.text
