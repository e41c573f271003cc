"""The bytes of a mail: what RFC 5322, 3834, 8058 and 2919 ask, and what a person must be able to do with it."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.test import Client, override_settings

from hearth.accounts.models import Account
from hearth.channels.actions import MailWords, write_mail
from hearth.channels.compose import STOP_PLACE, envelope_for, message_for
from hearth.channels.models import Delivery
from hearth.conversations.actions import answer, tell_of_post
from hearth.conversations.models import Follow
from hearth.conversations.tokens import read_answer_token
from hearth.members.models import Member
from tests.people import NOW, Cast


@pytest.fixture
def delivery(cast: Cast) -> Delivery:
    """The mail that maria gets about jan's answer."""
    post = answer(by=cast.people["jan"], topic=cast.topics["open"], text="Grüße <aus> Köln\n.\nzwei", now=NOW)
    tell_of_post(post_id=post.pk, now=NOW)
    return Delivery.objects.select_related("mail").get(member=cast.people["maria"])


@pytest.fixture
def message(delivery: Delivery) -> EmailMessage:
    """What a mail program makes of the bytes that go out."""
    read = message_from_bytes(envelope_for(delivery).content, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def test_a_machine_knows_it_for_a_machines_mail_and_answers_nothing(message: EmailMessage) -> None:
    assert message["Auto-Submitted"] == "auto-generated"


def test_it_stands_in_the_thread_of_the_conversation(cast: Cast, message: EmailMessage) -> None:
    posts = list(cast.topics["open"].posts.order_by("number"))

    assert message["Message-ID"] == posts[2].message_id
    assert message["In-Reply-To"] == posts[1].message_id
    assert message["References"].split() == [posts[0].message_id, posts[1].message_id]


def test_it_comes_from_us_under_the_authors_name_and_names_its_list(message: EmailMessage) -> None:
    sender = message["From"].addresses[0]

    assert (sender.display_name, sender.addr_spec) == ("Jan via Open room", "hearth@hearth.localhost")
    assert message["List-Id"] == '"Open room" <open.north.hearth.localhost>'


def test_one_click_in_the_mail_program_stops_the_mails(cast: Cast, message: EmailMessage) -> None:
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message["List-Unsubscribe"].strip("<>")

    response = Client(enforce_csrf_checks=True).post(
        address[address.index("/stop/") :], {"List-Unsubscribe": "One-Click"}
    )

    assert response.status_code == 200
    assert not Follow.objects.get(topic=cast.topics["open"], member=cast.people["maria"]).wants


def test_the_answer_address_names_member_and_topic_and_fits_a_mailbox(
    cast: Cast, message: EmailMessage
) -> None:
    box = message["Reply-To"].addresses[0].username

    assert len(box) <= 64
    assert box == box.lower()
    assert read_answer_token(box.removeprefix("answer-").upper()) == (
        cast.people["maria"].pk,
        cast.topics["open"].pk,
    )


def test_plain_and_html_say_the_same_and_nothing_of_one_runs_in_the_other(message: EmailMessage) -> None:
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain and html

    assert "Grüße <aus> Köln\n.\nzwei" in plain.get_content().replace("\r\n", "\n")
    assert "Grüße &lt;aus&gt; Köln" in html.get_content()
    assert "\ue000" not in plain.get_content() + html.get_content()
    stop = message["List-Unsubscribe"].strip("<>")
    assert stop in plain.get_content()
    assert stop in html.get_content()


def test_lines_end_as_smtp_wants_them_and_none_is_too_long(delivery: Delivery) -> None:
    content = envelope_for(delivery).content

    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_no_other_readers_address_stands_in_it(cast: Cast, delivery: Delivery) -> None:
    content = envelope_for(delivery).content.decode()

    assert "jan@" not in content
    assert "maria@north.example" in content


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("subject", "A\nBcc: all@x.example"),
        ("from_name", "Jan\r\nBcc: all@x.example"),
        ("from_name", 'Jan "the" <Walker>, Esq.'),
    ],
)
def test_words_of_a_person_never_become_a_header(cast: Cast, column: str, value: str) -> None:
    words = MailWords(**{"from_name": "Jan", "subject": "s", "text": "t", "html": "h", column: value})
    mail = write_mail(origin="o", community=cast.community, language="en", words=words, now=NOW)
    message = message_for(Delivery(mail=mail, address="a@b.example"))

    read = message_from_bytes(message.as_bytes(policy=policy.SMTP), policy=policy.default)
    assert read["Bcc"] is None
    assert len(read["From"].addresses) == 1


def test_ids_and_addresses_longer_than_a_line_stay_as_they_are(cast: Cast, delivery: Delivery) -> None:
    long_id = f"<{'AM0PR04MB' * 8}@AM0PR04MB1234.eurprd04.prod.outlook.com>"
    delivery.mail.references = f"<first@north.example> {long_id}"
    delivery.mail.list_id = ""
    with override_settings(SITE_URL=f"https://{'long-name.' * 8}example"):
        content = envelope_for(delivery).content

    head = content.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").decode()
    assert f"\r\nReferences: <first@north.example> {long_id}\r\n" in head
    assert f"\r\nIn-Reply-To: {long_id}\r\n" in head
    assert f"\r\nList-Unsubscribe: <https://{'long-name.' * 8}example/" in head


def test_nobody_writes_another_readers_stop_link_into_a_post(cast: Cast) -> None:
    post = answer(by=cast.people["jan"], topic=cast.topics["open"], text=f"Look: {STOP_PLACE}!", now=NOW)
    tell_of_post(post_id=post.pk, now=NOW)
    delivery = Delivery.objects.select_related("mail").get(
        member=cast.people["maria"], mail__origin__startswith=f"post:{post.pk}:"
    )

    assert "Look: stop!" in message_for(delivery).get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_long_names_of_people_and_spaces_fit_the_sender_line(cast: Cast) -> None:
    words = MailWords(from_name="N" * 120 + " via " + "S" * 80, subject="s", text="t", html="h")

    assert len(write_mail(origin="o", community=None, language="en", words=words, now=NOW).from_name) == 160


def test_the_page_of_a_mail_says_in_which_language_it_speaks(cast: Cast) -> None:
    Account.objects.filter(pk=cast.accounts["maria"].pk).update(language="de")
    post = answer(by=cast.people["jan"], topic=cast.topics["open"], text="Hello", now=NOW)
    tell_of_post(post_id=post.pk, now=NOW)

    html = Delivery.objects.get(
        member=cast.people["maria"], mail__origin__startswith=f"post:{post.pk}:"
    ).mail.html
    assert '<html lang="de">' in html
    assert '<div lang="en">' in html


def test_the_plain_mail_holds_names_as_they_are_and_the_other_one_holds_no_tags(cast: Cast) -> None:
    Member.objects.filter(pk=cast.people["jan"].pk).update(name="O'Neill & <b>Sons")
    jan = Member.objects.get(pk=cast.people["jan"].pk)
    post = answer(by=jan, topic=cast.topics["open"], text="Hello", now=NOW)
    tell_of_post(post_id=post.pk, now=NOW)

    mail = Delivery.objects.get(member=cast.people["maria"], mail__origin__startswith=f"post:{post.pk}:").mail
    assert "\nO'Neill & <b>Sons wrote:\n" in mail.text
    assert "O&#39;Neill &amp; &lt;b&gt;Sons wrote:" in mail.html
