"""An office worker sets up sending in a browser: one question a page, a real test, and every failure in plain words."""

import logging
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from hearth.accounts.actions import make_account
from hearth.accounts.models import Account
from hearth.channels import ways
from hearth.channels.actions import carry_out_test
from hearth.channels.enums import Place, State, TrialState
from hearth.channels.models import Delivery, MailAccount, MailTest
from hearth.channels.providers import providers
from hearth.communities.actions import found_community
from hearth.core.clock import now
from hearth.core.tenancy import across_communities, tenant
from hearth.happenings.models import Happening
from hearth.members.actions import Profile, welcome
from hearth.members.enums import Role
from tests.channels.mail_servers import PASSWORD, USER, Manners, free_port, mail_server, name_server
from tests.people import NOW, operator

pytestmark = pytest.mark.django_db

# What no page may say to an office worker, but in a disclosure, in a line for the domain, as "mail server", or of the person
# who runs the server.
TECHNICAL = (
    r"SMTP|TLS|SSL|STARTTLS|ports?|hosts?|DNS|DKIM|SPF|DMARC|MX|IP|PTR|CNAME|TXT|protocols?|(?<!mail )(?<!runs the )(?<!runs your )servers?|API|"
    r"URL|relay|resolver|selector|record|authentication|credentials?|token"
)


@pytest.fixture(autouse=True)
def directory(settings: Any) -> Iterator[None]:
    """A directory of names in which nothing stands."""
    with name_server({}) as address:
        settings.DNS_SERVER = address
        yield


@pytest.fixture
def by() -> Account:
    return operator()


@pytest.fixture
def browser(by: Account) -> Client:
    return signed_in(by)


def signed_in(account: Account, *, second_step: bool = True) -> Client:
    client = Client()
    client.force_login(account, backend="hearth.accounts.backends.AccountBackend")
    session, moment = client.session, time.time()
    ways = [{"method": "code", "at": moment, "email": account.email}]
    ways += [{"method": "mfa", "type": "totp", "at": moment}] if second_step else []
    session["account_authentication_methods"] = ways
    session["account_authentication_methods_user"] = str(account.pk)
    session["signed_in_at"] = session["seen_at"] = int(moment)
    session.save()
    return client


def answer(browser: Client, *answers: tuple[str, str, str]) -> Any:
    """Answer questions: (page, field, words); return the last response."""
    response = None
    for page, field, words in answers:
        response = browser.post(f"/operator/mail/{page}/", {field: words})
        assert response.status_code == 302, response.content.decode()
    return response


def three_values(browser: Client, port: int, password: str = PASSWORD) -> Any:
    return answer(
        browser,
        ("provider", "provider", "other"),
        ("server", "server", f"127.0.0.1:{port}"),
        ("user", "username", USER),
        ("password", "password", password),
    )


def page(browser: Client, path: str = "/operator/mail/test/") -> str:
    response = browser.get(path)
    assert response.status_code == 200
    return unescape(response.content.decode())


def plain_words(html: str) -> str:
    """Return what an office worker reads: without what is folded away, lines for the domain, and the mail to an expert."""
    main = html[html.index("<main") : html.index("</main>")]
    main = re.sub(
        r"<(details|dl class=\"domain-line\"|pre|script).*?</(details|dl|pre|script)>",
        " ",
        main,
        flags=re.DOTALL,
    )
    # Names of machines and addresses are not words.
    return " ".join(re.sub(r"<[^>]+>|\S+@\S+|[\w-]+(\.[\w-]+)+", " ", main).split())


def technical(html: str) -> list[str]:
    return re.findall(rf"\b(?:{TECHNICAL})\b", plain_words(html), re.IGNORECASE)


def test_each_question_leads_to_the_next_and_the_last_one_to_the_test(browser: Client) -> None:
    ways = [
        (answer(browser, ("provider", "provider", "fastmail")), "/operator/mail/address/"),
        (answer(browser, ("address", "sender", " Office@North.example ")), "/operator/mail/password/"),
        (answer(browser, ("password", "password", "abcd efgh")), "/operator/mail/test/"),
    ]

    assert [(way["Location"], to) for way, to in ways if way["Location"] != to] == []
    trial = MailAccount.objects.get()
    assert (trial.host, trial.port, trial.username, trial.password) == (
        "smtp.fastmail.com",
        465,
        "office@north.example",
        "abcdefgh",
    )


@pytest.mark.parametrize("key", providers())
def test_every_provider_comes_to_its_test(browser: Client, key: str) -> None:
    following = answer(browser, ("provider", "provider", key))["Location"]
    asked = {
        "/operator/mail/server/": ("server", "server", "mail.example.org"),
        "/operator/mail/address/": ("address", "sender", "office@north.example"),
        "/operator/mail/user/": ("user", "username", "AKIA1234"),
        "/operator/mail/password/": ("password", "password", "secret"),
    }
    for _question in range(5):
        if following == "/operator/mail/test/":
            break
        following = answer(browser, asked[following])["Location"]

    assert following == "/operator/mail/test/"
    assert MailTest.objects.get().provider == key


def test_three_values_are_enough_and_the_mail_that_waited_goes_out(browser: Client, by: Account) -> None:
    manners = Manners()
    with mail_server(manners) as port:
        assert three_values(browser, port)["Location"] == "/operator/mail/test/"
        assert "Testing…" in page(browser)
        assert carry_out_test(clock=now)

    said = page(browser)
    assert "Your e-mail goes out" in said
    assert "Look for the test e-mail at henk@server.example" in said
    assert [letter[:2] for letter in manners.letters] == [(USER, ["henk@server.example"])]
    assert "<title>Your e-mail works" not in said
    used = MailAccount.objects.get()
    assert (used.place, used.port, used.security, used.works_since is not None) == (
        Place.USED,
        port,
        "none",
        True,
    )


def test_nothing_typed_is_lost_when_the_password_is_refused_and_the_second_try_works(browser: Client) -> None:
    manners = Manners()
    with mail_server(manners) as port:
        three_values(browser, port, password="wrong")
        carry_out_test(clock=now)
        said = page(browser)
        assert "It does not work yet" in said
        assert "does not accept user name and password" in said
        assert "535" in said[said.index("For the person who runs your mail") :]
        overview = page(browser, "/operator/mail/")
        assert USER in overview
        answer(browser, ("password", "password", PASSWORD))
        carry_out_test(clock=now)

    assert "Your e-mail goes out" in page(browser)


def test_a_change_that_does_not_work_leaves_what_works_in_use(browser: Client) -> None:
    with mail_server(Manners()) as port:
        three_values(browser, port)
        carry_out_test(clock=now)
    answer(browser, ("server", "server", f"127.0.0.1:{free_port()}"))
    carry_out_test(clock=now)

    assert MailAccount.objects.get(place=Place.USED).port == port
    assert "Until then everything goes out as before" in page(browser, "/operator/mail/")
    assert "does not let us in" in page(browser)


def test_a_server_that_asks_to_come_back_is_tried_again_by_itself(browser: Client) -> None:
    manners = Manners(refuse={"RCPT": "450 4.2.0 Greylisted"})
    with mail_server(manners) as port:
        three_values(browser, port)
        carry_out_test(clock=now)
        assert "We try again by ourselves" in page(browser)
        assert not carry_out_test(clock=now)
        manners.refuse.clear()
        assert carry_out_test(clock=lambda: now() + timedelta(minutes=3))

    assert "Your e-mail goes out" in page(browser)


def test_asking_twice_at_once_is_one_test(browser: Client) -> None:
    answer(
        browser,
        ("provider", "provider", "posteo"),
        ("address", "sender", "a@posteo.de"),
        ("password", "password", "x"),
    )
    browser.post("/operator/mail/test/")

    assert MailTest.objects.count() == 1


@pytest.mark.parametrize(
    ("question", "field", "words", "told"),
    [
        ("provider", "provider", "", "Choose a company"),
        ("server", "server", "office@example.org", "That is an e-mail address"),
        ("server", "server", "", "Enter the name of the mail server"),
        ("address", "sender", "office", "Enter the whole e-mail address"),
        ("address", "sender", "büro@example.org", "plain letters"),
        ("user", "username", "", "Enter your user name"),
        ("password", "password", "", "Enter the password"),
        ("password", "password", "x" * 1001, "too long for a password"),
    ],
)
def test_bad_input_gets_a_kind_sentence(
    browser: Client, question: str, field: str, words: str, told: str
) -> None:
    answer(browser, ("provider", "provider", "other"))
    response = browser.post(f"/operator/mail/{question}/", {field: words})

    assert response.status_code == 422
    html = unescape(response.content.decode())
    assert told in html
    assert "<title>Error: " in html
    assert technical(html) == []


def test_no_page_says_a_technical_word_before_a_plain_one(browser: Client) -> None:
    seen = {}
    for key in ("microsoft", "gmx", "brevo", "allinkl", "other"):
        answer(browser, ("provider", "provider", key))
        for question in ("provider", "server", "address", "user", "password"):
            seen[f"{key} {question}"] = page(browser, f"/operator/mail/{question}/")
        seen[f"{key} overview"] = page(browser, "/operator/mail/")
    for name, refuse in {
        "password": {"AUTH": "535 no"},
        "off": {"AUTH": "535 5.7.139 disabled"},
        "sender": {"MAIL": "550 sender"},
        "receiver": {"RCPT": "550 no"},
        "content": {"DATA": "554 no"},
        "later": {"DATA": "451 no"},
        "": {},
    }.items():
        with mail_server(Manners(refuse=refuse)) as port:
            three_values(browser, port, password="wrong" if "AUTH" in refuse else PASSWORD)
            seen[f"busy {name}"] = page(browser)
            carry_out_test(clock=now)
            MailTest.objects.update(state=TrialState.DONE)
        seen[f"test {name}"] = page(browser)
    seen["lines"], seen["stop"] = (
        page(browser, "/operator/mail/lines/"),
        page(browser, "/operator/mail/stop/"),
    )
    seen["send"] = page(browser, "/operator/mail/lines/send/")

    found = {name: words for name, html in seen.items() if (words := technical(html))}
    assert found == {}
    assert technical("<main>the SMTP port of the mail server, the server</main>") == [
        "SMTP",
        "port",
        "server",
    ]


def test_the_password_is_nowhere_but_sealed(
    browser: Client, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    canary = "canary-9k2-password"
    caplog.set_level(logging.DEBUG)
    # The mail server of this test, which hears the password, writes a log of its own.
    caplog.set_level(logging.CRITICAL, logger="mail.log")
    with mail_server(Manners(echo=True)) as port:
        three_values(browser, port, password=canary)
        carry_out_test(clock=now)
    pages = ["", "provider/", "server/", "address/", "user/", "password/", "test/", "lines/", "stop/"]
    said = "".join(browser.get(f"/operator/mail/{one}", follow=True).content.decode() for one in pages)

    assert MailAccount.objects.get().password == canary
    assert canary not in said
    assert canary not in caplog.text + "".join(capfd.readouterr())
    with across_communities():
        happened = list(Happening.objects.filter(kind__startswith="mail_").values_list("data", flat=True))
    assert happened
    assert canary not in str(happened)
    assert canary not in whole_database()
    assert USER in whole_database()


def whole_database() -> str:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [repr(row) for row in cursor.fetchall()]
    return "".join(found)


def test_the_environments_mail_server_wins_and_the_page_says_so_kindly(
    browser: Client, settings: Any
) -> None:
    manners = Manners()
    with mail_server(manners) as port:
        settings.SMTP_URL = f"smtp://{USER.replace('@', '%40')}:{PASSWORD}@127.0.0.1:{port}"
        settings.MAIL_FROM = USER
        assert "The person who runs the server has set up sending" in page(browser, "/operator/mail/")
        assert browser.get("/operator/mail/provider/")["Location"] == "/operator/mail/"
        assert browser.post("/operator/mail/provider/", {"provider": "gmx"})["Location"] == "/operator/mail/"
        browser.post("/operator/mail/test/")
        carry_out_test(clock=now)

    assert MailAccount.objects.count() == 0
    assert len(manners.letters) == 1
    assert "Your e-mail goes out" in page(browser)


def test_an_invented_operator_may_look_but_sends_nothing(settings: Any) -> None:
    settings.SAMPLE_DOOR = True
    invented = make_account(name="Kim", email="kim@sample.example", language="en", now=NOW, is_sample=True)
    Account.objects.filter(pk=invented.pk).update(is_operator=True)
    browser = signed_in(invented)
    assert browser.get("/operator/mail/provider/").status_code == 200
    response = browser.post("/operator/mail/provider/", {"provider": "gmx"})

    assert (response.status_code, MailAccount.objects.count()) == (403, 0)


def test_who_has_just_begun_comes_in_without_a_second_step_and_is_asked_for_it_once_others_are_there() -> (
    None
):
    community = found_community(slug="new", name="New", country="IE", languages=["en"], now=now())
    person = make_account(name="Asa", email="asa@example.org", language="en", now=now(), is_operator=True)
    asa = signed_in(person, second_step=False)
    with tenant(community):
        profile, roles = Profile(name="Asa"), (Role.STEWARD,)
        welcome(community=community, account=person, profile=profile, roles=roles, joined_at=now(), now=now())
        assert asa.get("/operator/mail/").status_code == 200
        assert (
            asa.post("/operator/mail/provider/", {"provider": "gmx"})["Location"] == "/operator/mail/address/"
        )

        other = make_account(name="Jan", email="jan@example.org", language="en", now=now())
        Account.objects.filter(pk=other.pk).update(last_login=now())
        welcome(community=community, account=other, profile=Profile(name="Jan"), joined_at=now(), now=now())
    assert "second-step" in asa.get("/operator/mail/")["Location"]


def test_the_lines_are_shown_whole_before_they_go_and_go_once(browser: Client, by: Account) -> None:
    with mail_server(Manners()) as port:
        three_values(browser, port)
        carry_out_test(clock=now)
    before = page(browser, "/operator/mail/lines/send/")
    assert "Value: v=DMARC1; p=none" in before
    token = re.search(r'name="form_token" value="([^"]+)"', before)
    assert token
    form = {"email": "Domains@Example.org", "form_token": token[1]}
    for _time in range(2):
        assert browser.post("/operator/mail/lines/send/", form).status_code == 302

    with across_communities():
        delivery = Delivery.objects.select_related("mail").get()
    assert (delivery.address, delivery.state) == ("domains@example.org", State.PLANNED)
    assert delivery.mail.text in before.replace("\r", "")


def test_the_lines_can_be_handed_on_before_any_mail_goes_out(browser: Client) -> None:
    with mail_server(Manners(refuse={"AUTH": "535 no"})) as port:
        three_values(browser, port, password="wrong")
        carry_out_test(clock=now)
    said = page(browser, "/operator/mail/lines/")

    assert "mailto:?subject=" in said
    assert "_dmarc.north.example" in said
    assert "/operator/mail/lines/send/" not in said


def test_sending_can_be_stopped_and_the_password_forgotten(browser: Client) -> None:
    with mail_server(Manners()) as port:
        three_values(browser, port)
        carry_out_test(clock=now)
    browser.post("/operator/mail/stop/")

    assert MailAccount.objects.count() == 0
    assert "E-mail is not set up" in page(browser, "/operator/mail/")


def test_tests_have_a_limit(browser: Client) -> None:
    answer(
        browser,
        ("provider", "provider", "posteo"),
        ("address", "sender", "a@posteo.de"),
        ("password", "password", "x"),
    )
    codes = []
    for _time in range(31):
        MailTest.objects.update(state=TrialState.DONE)
        codes.append(browser.post("/operator/mail/test/").status_code)

    assert (codes[0], codes[-1]) == (302, 429)


@pytest.mark.parametrize(
    ("asked", "place"),
    [("/c/new/begin/", "/c/new/begin/"), ("https://evil.example/", "/"), ("//evil.example/", "/"), ("", "/")],
)
def test_later_leads_back_to_where_one_came_from_and_to_no_other_host(
    browser: Client, asked: str, place: str
) -> None:
    browser.get("/operator/mail/", {"next": asked})
    later = re.search(r'href="([^"]*)"><span>Later', page(browser, "/operator/mail/provider/"))

    assert later
    assert later[1] == place


def test_with_another_secret_key_the_password_is_asked_for_again_and_mails_wait(
    browser: Client, settings: Any
) -> None:
    with mail_server(Manners()) as port:
        three_values(browser, port)
        carry_out_test(clock=now)
        assert ways.goes_out()
        settings.SECRET_KEY = "another" * 10
        assert not ways.goes_out()
        again = signed_in(Account.objects.get())
        assert "Not answered yet" in page(again, "/operator/mail/")
        assert answer(again, ("password", "password", PASSWORD))["Location"] == "/operator/mail/test/"
        carry_out_test(clock=now)

    assert ways.goes_out()


def test_the_password_that_works_is_never_sent_to_another_mail_server(browser: Client) -> None:
    other = Manners()
    with mail_server(Manners()) as port, mail_server(other) as elsewhere:
        three_values(browser, port)
        carry_out_test(clock=now)
        moved = answer(browser, ("server", "server", f"localhost:{elsewhere}"))
        assert moved["Location"] == "/operator/mail/password/"
        assert browser.post("/operator/mail/test/").status_code == 422

    assert not carry_out_test(clock=now)
    assert other.signed_in == []
    assert MailAccount.objects.get(place=Place.USED).password == PASSWORD


def test_a_password_that_never_worked_is_not_asked_for_again_after_a_slip_in_the_name(
    browser: Client,
) -> None:
    three_values(browser, free_port())
    carry_out_test(clock=now)

    assert answer(browser, ("server", "server", "localhost:2525"))["Location"] == "/operator/mail/test/"


def test_an_older_test_that_is_told_to_come_back_leaves_the_newer_one_alone(browser: Client) -> None:
    with mail_server(Manners(refuse={"RCPT": "450 later"})) as port:
        three_values(browser, port)
        first = MailTest.objects.get()

        def clock() -> Any:
            # Somebody presses "Test again" while the first one is at work.
            if MailTest.objects.filter(pk=first.pk, state=TrialState.RUNNING).exists():
                browser.post("/operator/mail/test/")
            return now()

        carry_out_test(clock=clock)

    states = dict(MailTest.objects.order_by("pk").values_list("pk", "state"))
    assert list(states.values()) == [TrialState.DONE, TrialState.ASKED]
