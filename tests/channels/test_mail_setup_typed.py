"""What people type or paste for a mail server is understood, or answered with what to type instead."""

import pytest

from hearth.channels import typed
from hearth.channels.typed import Typed
from hearth.core.errors import Invalid


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("mail.example.org", Typed("mail.example.org", None, "auto")),
        ("  Mail.Example.ORG. ", Typed("mail.example.org", None, "auto")),
        ("mail.example.org:587", Typed("mail.example.org", 587, "starttls")),
        ("mail.example.org : 465", Typed("mail.example.org", 465, "tls")),
        ("mail.example.org port 587", Typed("mail.example.org", 587, "starttls")),
        ("mail.example.org 2525", Typed("mail.example.org", 2525, "auto")),
        ("smtp://mail.example.org", Typed("mail.example.org", None, "auto")),
        ("smtps://mail.example.org:465/", Typed("mail.example.org", 465, "tls")),
        ("smtp+starttls://user@mail.example.org:587", Typed("mail.example.org", 587, "starttls")),
        ("ssl://smtp.gmail.com", Typed("smtp.gmail.com", None, "tls")),
        ("https://mail.example.org/webmail?x=1", Typed("mail.example.org", None, "auto")),
        ("mail\u2011one.example.org", Typed("mail-one.example.org", None, "auto")),
        ("\u200bmail.example.org\u00a0", Typed("mail.example.org", None, "auto")),
        ("mail.bücher.example", Typed("mail.xn--bcher-kva.example", None, "auto")),
        ("127.0.0.1:8025", Typed("127.0.0.1", 8025, "auto")),
        ("„mail.example.org“".strip("„“"), Typed("mail.example.org", None, "auto")),
    ],
)
def test_a_mail_server_is_understood_however_it_was_pasted(text: str, server: Typed) -> None:
    assert typed.server(text) == server


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "office@example.org",
        "mail server",
        "mail..org",
        "-",
        "a" * 300,
        "mail.example.org:99999",
        "<b>",
        "mail_\n\nx y z",
        "🙂",
    ],
)
def test_what_is_no_mail_server_is_told_with_what_to_type(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        typed.server(text)

    assert "mail.example.org" in refused.value.reason or "Leave it out" in refused.value.reason


def test_a_password_that_a_provider_made_loses_its_gaps_and_one_of_a_person_keeps_them() -> None:
    assert typed.password(" abcd efgh\u00a0ijkl mnop\n", is_made=True) == "abcdefghijklmnop"
    assert typed.password(" two words \n", is_made=False) == "two words"
