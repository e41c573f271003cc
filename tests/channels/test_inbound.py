"""A mail that comes in: kept before it is read; the words of the right person become an answer, all else waits or is left."""

from datetime import timedelta
from email.message import EmailMessage

import pytest

from hearth.channels.actions import keep_mail
from hearth.channels.compose import answer_address, message_for
from hearth.channels.enums import Received
from hearth.channels.models import Delivery, InboundMail
from hearth.conversations.actions import answer, tell_of_post
from hearth.conversations.models import Post
from hearth.core.tenancy import across_communities, tenant
from hearth.core.tokens import seal
from hearth.happenings.actions import sweep
from hearth.happenings.models import Reaction
from hearth.members.enums import Standing
from hearth.members.models import Member
from hearth.spaces.actions import leave
from tests.people import NOW, Cast, build

LATER = NOW + timedelta(minutes=1)


def reply(
    cast: Cast, *, by: str = "maria", sender: str = "", text: str = "Gladly", to: str = "", **head: str
) -> bytes:
    """Write what a mail program sends when `by` answers the mail about the open topic."""
    message = EmailMessage()
    message["From"] = sender or f"{by.title()} <{by}@north.example>"
    message["To"] = to or answer_address(cast.people[by].pk, cast.topics["open"].pk)
    message["Subject"] = "Re: About open"
    message["Message-ID"] = "<1@there.example>"
    for name, value in head.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def take_in(raw: bytes, *recipients: str) -> InboundMail:
    """Let the mail come in, and let what follows follow."""
    to = list(recipients) or [line[4:].decode() for line in raw.split(b"\n") if line.startswith(b"To: ")]
    mail = keep_mail(raw=raw, sender="bounce@there.example", recipients=to, now=NOW)
    with across_communities():
        Reaction.objects.exclude(happening__kind="mail_came").update(done_at=NOW)
        sweep(now=LATER)
        return InboundMail.objects.get(pk=mail.pk)


def said(cast: Cast) -> list[tuple[str, str, str]]:
    """Return the answers that came after the two of the cast: who, what, by which way."""
    rows = Post.objects.filter(topic=cast.topics["open"], number__gt=2).order_by("number")
    return list(rows.values_list("author__name", "body_text", "via"))


def test_a_members_reply_becomes_an_answer_in_place(cast: Cast) -> None:
    mail = take_in(reply(cast))

    assert said(cast) == [("Maria", "Gladly", "email")]
    assert (mail.state, mail.reason, mail.community_id) == (Received.DONE, "", cast.community.pk)


def test_of_a_real_reply_to_our_own_mail_only_the_new_words_stay(cast: Cast) -> None:
    post = answer(by=cast.people["jan"], topic=cast.topics["open"], text="Who brings the soup?", now=NOW)
    tell_of_post(post_id=post.pk, now=NOW)
    ours = message_for(Delivery.objects.select_related("mail").get(member=cast.people["maria"]))
    body = ours.get_body(("plain",))
    assert body
    quoted = "\n".join(f"> {line}" for line in body.get_content().splitlines())
    text = f"I do.\n\nOn Mon, Nov 2, 2026 at 9:30 AM Jan via Open room <hearth@hearth.localhost> wrote:\n\n{quoted}\n"

    take_in(reply(cast, text=text, to=str(ours["Reply-To"])))

    assert said(cast)[1:] == [("Maria", "I do.", "email")]


@pytest.mark.parametrize(
    "sender",
    [
        "Maria <eve@else.example>",
        '"maria@north.example" <eve@else.example>',
        "eve@else.example, maria@north.example",
        "maria@north.example.else.example",
        "maria@n0rth.example",
        "",
        "Eve: maria@north.example;",
        "=?utf-8?q?maria=40north=2Eexample?= <eve@else.example>",
        "jan@north.example",
    ],
)
def test_a_stranger_with_the_right_address_posts_nothing_and_waits_for_a_person(
    cast: Cast, sender: str
) -> None:
    raw = reply(cast, sender="x@y.example").replace(b"From: x@y.example", f"From: {sender}".encode())
    mail = take_in(raw)

    assert (said(cast), mail.state) == ([], Received.HELD)


def test_a_second_from_does_not_help_a_stranger(cast: Cast) -> None:
    raw = reply(cast, sender="eve@else.example")
    for forged in (
        raw.replace(b"\nTo:", b"\nFrom: maria@north.example\nTo:"),
        b"From: maria@north.example\n" + raw,
    ):
        take_in(forged)

    assert said(cast) == []


@pytest.mark.parametrize("spoil", ["cut", "letter", "purpose", "empty", "numbers", "alphabet"])
def test_an_address_that_we_did_not_give_out_posts_nothing(cast: Cast, spoil: str) -> None:
    box, _at, host = answer_address(cast.people["maria"].pk, cast.topics["open"].pk).partition("@")
    token = {
        "cut": box[:-2],
        "letter": box[:-1] + ("a" if box[-1] != "a" else "b"),
        "purpose": f"answer-{seal('stop', cast.people['maria'].pk, cast.topics['open'].pk)}",
        "empty": "answer-",
        "numbers": f"answer-{seal('answer', cast.people['maria'].pk)}",
        "alphabet": "answer-éé",
    }[spoil]
    mail = take_in(reply(cast, to=f"{token}@{host}"), f"{token}@{host}")

    assert (said(cast), mail.state) == ([], Received.HELD)


@pytest.mark.parametrize(
    "head",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"X_Auto_Response_Suppress": "All"},
        {"List_Id": "<list.there.example>"},
        {"Return_Path": "<>"},
    ],
)
def test_a_machines_answer_is_left_alone(cast: Cast, head: dict[str, str]) -> None:
    mail = take_in(reply(cast, **head))

    assert (said(cast), mail.state) == ([], Received.IGNORED)


def test_our_own_mail_that_comes_back_is_left_alone(cast: Cast) -> None:
    post = answer(by=cast.people["jan"], topic=cast.topics["open"], text="Soup?", now=NOW)
    tell_of_post(post_id=post.pk, now=NOW)
    ours = message_for(Delivery.objects.select_related("mail").get(member=cast.people["maria"]))

    mail = take_in(ours.as_bytes(), str(ours["Reply-To"]))

    assert (len(said(cast)), mail.state) == (1, Received.IGNORED)


def test_a_mail_that_goes_round_and_round_is_left_alone(cast: Cast) -> None:
    def travelled(hops: int) -> bytes:
        return b"".join(
            b"Received: from a by b; Mon, 2 Nov 2026 09:%02d:00 +0000\n" % hop for hop in range(hops)
        ) + reply(cast)

    assert take_in(travelled(30)).state == Received.IGNORED
    assert take_in(travelled(29)).state == Received.DONE


def test_a_person_may_say_that_it_is_no_machine(cast: Cast) -> None:
    take_in(reply(cast, Auto_Submitted="no", Precedence="normal"))

    assert len(said(cast)) == 1


def test_the_same_mail_twice_is_one_answer(cast: Cast) -> None:
    first, again = take_in(reply(cast)), take_in(reply(cast))

    assert (first.pk, len(said(cast))) == (again.pk, 1)


def test_a_mail_that_is_read_twice_is_answered_once(cast: Cast) -> None:
    from hearth.channels.inbound import sort

    mail = take_in(reply(cast))
    sort(mail_id=mail.pk, now=LATER)

    assert len(said(cast)) == 1


def test_who_left_the_community_or_its_closed_space_writes_nothing_more(cast: Cast) -> None:
    closed = answer_address(cast.people["jan"].pk, cast.topics["closed"].pk)
    leave(by=cast.people["jan"], space=cast.spaces["closed"], now=NOW)
    Member.objects.filter(pk=cast.people["maria"].pk).update(standing=Standing.LEFT)

    assert take_in(reply(cast)).state == Received.HELD
    refused = take_in(reply(cast, by="jan", to=closed), closed)
    assert (refused.state, "members" in refused.reason) == (Received.HELD, True)
    assert (said(cast), Post.objects.filter(topic=cast.topics["closed"]).count()) == ([], 1)


def test_a_token_that_joins_two_communities_posts_nothing(cast: Cast) -> None:
    south = build("south")
    address = answer_address(south.people["maria"].pk, cast.topics["open"].pk)
    mail = take_in(reply(cast, sender="maria@south.example", to=address), address)

    assert (said(cast), mail.state) == ([], Received.HELD)
    with tenant(south.community):
        assert Post.objects.filter(via="email").count() == 0


@pytest.mark.parametrize("text", ["", "   \n", "> only a quote\n"])
def test_a_mail_without_new_words_waits_for_a_person(cast: Cast, text: str) -> None:
    assert take_in(reply(cast, text=text)).state == Received.HELD
    assert said(cast) == []


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("x-unknown", b"Gladly"),
        ("utf-8", b"Gladly \xff\xfe"),
        ("iso-2022-jp", b"\x1b$B\x00"),
        ("us-ascii", "Grüße".encode("latin-1")),
    ],
)
def test_a_broken_charset_loses_no_mail(cast: Cast, charset: str, body: bytes) -> None:
    head = reply(cast).partition(b"Content-Type")[0]
    raw = head + f"Content-Type: text/plain; charset={charset}\n\n".encode() + body + b"\n"
    mail = take_in(raw)

    assert mail.state in {Received.DONE, Received.HELD}
    with across_communities():
        assert not Reaction.objects.exclude(last_error="").exists()


def test_html_alone_is_read_and_cannot_run(cast: Cast) -> None:
    message = EmailMessage()
    message["From"] = "maria@north.example"
    message["To"] = answer_address(cast.people["maria"].pk, cast.topics["open"].pk)
    message.set_content("<p>Gladly <script>x()</script><b>so</b></p>", subtype="html")
    take_in(message.as_bytes(), str(message["To"]))

    ((_who, words, _via),) = said(cast)
    assert "Gladly" in words
    assert "<script" not in Post.objects.get(topic=cast.topics["open"], number=3).body_html
