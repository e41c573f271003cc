"""While no mail can go out, mails of real communities wait and then go; those of invented people never leave. And it is said."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearth.accounts.actions import make_account
from hearth.accounts.models import Account
from hearth.channels import actions, ways
from hearth.channels.actions import PACE, MailWords, send_one, write_mail
from hearth.channels.enums import Place, State
from hearth.channels.models import Delivery, MailAccount
from hearth.channels.providers import OTHER
from hearth.channels.typed import Typed
from hearth.communities import actions as communities
from hearth.communities.actions import name_network
from hearth.communities.models import Community
from hearth.config.schedule import deliver
from hearth.core.clock import now
from hearth.core.tenancy import across_communities
from tests.channels.mail_servers import PASSWORD, USER, Manners, mail_server, name_server
from tests.people import NOW, Cast, build, operator

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Account:
    return operator()


@pytest.fixture(autouse=True)
def directory(settings: Any) -> Iterator[None]:
    with name_server({}) as address:
        settings.DNS_SERVER = address
        yield


def write(origin: str, address: str, *, community: Community | None = None, **more: Any) -> Delivery:
    words = MailWords(from_name="Jan", subject=origin, text="Come\n", html="<p>Come</p>", **more)
    with across_communities():
        mail = write_mail(origin=origin, community=community, language="en", words=words, now=now())
        return send_one(mail=mail, address=address, now=now())


def states() -> dict[str, tuple[str, str]]:
    with across_communities():
        rows = Delivery.objects.select_related("mail").order_by("pk")
        return {row.mail.origin: (row.state, row.reason) for row in rows}


def set_up(by: Account, port: int) -> None:
    """Set up sending as the pages do, and let the worker test it."""
    actions.choose_provider(by=by, key=OTHER, now=now())
    actions.name_server(by=by, server=Typed("127.0.0.1", port, "starttls"), now=now())
    actions.name_user(by=by, username=USER, now=now())
    actions.keep_password(by=by, password=PASSWORD, now=now())
    actions.ask_for_test(by=by, language="en", now=now())
    actions.carry_out_test(clock=now)


def test_mails_of_a_real_network_wait_untried_and_go_out_once_mail_is_set_up(by: Account) -> None:
    for origin in ("first", "second", "third"):
        write(origin, f"{origin}@there.example")
    deliver()
    assert states() == dict.fromkeys(("first", "second", "third"), (State.PLANNED, ""))

    manners = Manners()
    with mail_server(manners) as port:
        set_up(by, port)
        with across_communities():
            order = list(Delivery.objects.order_by("due_at").values_list("mail__origin", flat=True))
        _let_time_pass()
        deliver()

    assert order == ["third", "second", "first"]
    assert {state for state, _reason in states().values()} == {State.SENT}
    # The first of them is the test mail itself.
    assert [to for _sender, (to,), _content in manners.letters][1:] == [
        "third@there.example",
        "second@there.example",
        "first@there.example",
    ]
    assert {sender for sender, _to, _content in manners.letters} == {USER}
    assert all(b"From: Jan <office@north.example>" in content for *_head, content in manners.letters[1:])


def _let_time_pass() -> None:
    """Make due what is due within the next minute, in the same order."""
    with across_communities():
        for delivery in Delivery.objects.all():
            Delivery.objects.filter(pk=delivery.pk).update(due_at=delivery.due_at - timedelta(minutes=1))


def test_what_waited_leaves_room_for_who_signs_in_meanwhile(by: Account) -> None:
    for place in range(3):
        write(f"old{place}", f"p{place}@there.example")
    released = now()
    assert actions.release_waiting(now=released) == 3
    with across_communities():
        due = list(Delivery.objects.order_by("due_at").values_list("due_at", flat=True))

    assert due == [released, released + PACE, released + 2 * PACE]


def test_a_sign_in_mail_that_waited_longer_than_its_life_is_given_up(by: Account) -> None:
    write("old", "a@there.example", good_until=now() - timedelta(seconds=1))
    write("fresh", "b@there.example", good_until=now() + timedelta(hours=1))
    manners = Manners()
    with mail_server(manners) as port:
        set_up(by, port)
        _let_time_pass()
        deliver()

    assert {origin: state for origin, (state, _reason) in states().items()} == {
        "old": State.GIVEN_UP,
        "fresh": State.SENT,
    }
    assert len(manners.letters) == 2


def test_asking_to_sign_in_gives_the_mail_the_life_of_its_link() -> None:
    from hearth.accounts.actions import ask_to_sign_in
    from hearth.accounts.policy import LINK_LASTS
    from hearth.channels.models import Mail
    from hearth.config.worker import work_off

    make_account(name="Ann", email="ann@there.example", language="en", now=NOW)
    before = now()
    with across_communities():
        ask_to_sign_in(
            email="ann@there.example",
            browser_key="k",
            ip_block="192.0.2.0",
            language="en",
            community=None,
            next_path="",
            now=before,
        )
        from hearth.happenings.actions import sweep

        sweep(now=before + timedelta(minutes=1))
        work_off()
        mail = Mail.objects.get()
    assert mail.good_until is not None
    assert timedelta(0) <= mail.good_until - (before + LINK_LASTS) < timedelta(minutes=5)


def test_mails_of_invented_people_stay_on_the_outbox_page_whatever_is_set_up(by: Account) -> None:
    name_network(name="Sample", is_sample=True)
    invented = communities.found_community(
        slug="s", name="S", country="IE", languages=["en"], now=NOW, is_sample=True
    )
    real = communities.found_community(slug="r", name="R", country="IE", languages=["en"], now=NOW)
    make_account(name="Kim", email="kim@sample.example", language="en", now=NOW, is_sample=True)
    write("of sample", "a@there.example", community=invented)
    write("to sample person", "kim@sample.example")
    write("of real", "b@there.example", community=real)
    deliver()
    assert states() == {
        "of sample": (State.SENT, "outbox"),
        "to sample person": (State.SENT, "outbox"),
        "of real": (State.PLANNED, ""),
    }

    write("of sample again", "c@there.example", community=invented)
    manners = Manners()
    with mail_server(manners) as port:
        set_up(by, port)
        _let_time_pass()
        deliver()
    assert states()["of sample again"] == (State.SENT, "outbox")
    assert states()["of real"][0] == State.SENT
    assert [to for _sender, (to,), _content in manners.letters][1:] == ["b@there.example"]


def test_the_environments_mail_server_takes_everything(settings: Any) -> None:
    manners = Manners()
    write("a", "a@there.example")
    with mail_server(manners) as port:
        settings.SMTP_URL = f"smtp://{USER.replace('@', '%40')}:{PASSWORD}@127.0.0.1:{port}"
        deliver()

    assert states()["a"][0] == State.SENT
    # By this way a bounce names its delivery.
    assert manners.letters[0][0].startswith("bounce-")


def standing(browser: Client, path: str = "/c/north/") -> str:
    html = browser.get(path).content.decode()
    return (
        html[html.index('<aside class="standing"') :].partition("</aside>")[0] if "standing" in html else ""
    )


def signed_in(account: Account) -> Client:
    browser = Client()
    browser.force_login(account, backend="hearth.accounts.backends.AccountBackend")
    return browser


def test_stewards_are_told_on_every_page_and_members_are_not(by: Account) -> None:
    cast = build("north")
    steward, member = signed_in(cast.accounts["steward"]), signed_in(cast.accounts["maria"])

    for path in ("/c/north/", "/c/north/talk/", "/c/north/people/", "/c/north/nowhere/"):
        assert "E-mail is not set up. Invitations and answers wait here until it is." in standing(
            steward, path
        )
        assert "Ask Henk, who runs this server, to set it up." in standing(steward, path)
        assert standing(member, path) == ""
    operators = standing(signed_in(by), "/c/north/talk/")
    assert 'href="http://127.0.0.1:8000/operator/mail/?next=%2Fc%2Fnorth%2Ftalk%2F"' in operators


def test_the_notice_goes_once_mail_goes_out_and_is_not_in_the_sample(by: Account) -> None:
    cast = build("north")
    steward = signed_in(cast.accounts["steward"])
    assert standing(steward) != ""
    Community.objects.filter(pk=cast.community.pk).update(is_sample=True)
    from hearth.communities import queries

    queries._memory.clear()
    assert standing(steward) == ""
    Community.objects.filter(pk=cast.community.pk).update(is_sample=False)
    queries._memory.clear()
    MailAccount.objects.create(
        place=Place.USED, provider=OTHER, host="mail.example.org", port=465, sender=USER, changed_at=NOW
    )
    assert standing(steward) == ""


def test_the_notice_costs_members_nothing_and_stewards_one_look_in_a_few_seconds(settings: Any) -> None:
    cast = build("north")
    settings.MAIL_MEMORY_SECONDS = 60
    ways.forget()
    member, steward = signed_in(cast.accounts["maria"]), signed_in(cast.accounts["steward"])
    steward.get("/c/north/talk/")

    assert asked_for_mail(member) == 0
    assert asked_for_mail(steward) == 0
    ways.forget()
    assert asked_for_mail(steward) == 1
    assert standing(steward, "/c/north/talk/") != ""
    ways.forget()


def asked_for_mail(browser: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        browser.get("/c/north/talk/")
    return sum("channels_mailaccount" in query["sql"] for query in asked.captured_queries)


def test_a_steward_of_another_community_is_not_told_here() -> None:
    build("north")
    south: Cast = build("south")

    assert standing(signed_in(south.accounts["steward"])) == ""
