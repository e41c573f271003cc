"""Each way in which sending can fail is told apart, against real servers; none holds us, none gets the password unsafely."""

import socket
import time
from pathlib import Path

import pytest

from hearth.channels import trying
from hearth.channels.trying import Letter, Server, Trial, attempt
from tests.channels.mail_servers import (
    PASSWORD,
    USER,
    Manners,
    certificate,
    free_port,
    mail_server,
    raw_server,
)

LETTER = Letter(USER, "asa@north.example", b"Subject: Test\r\n\r\nHello\r\n")


def tried(port: int, *, host: str = "127.0.0.1", security: str = "auto", password: str = PASSWORD) -> Trial:
    return attempt(Server(host, port, security, USER, password), LETTER)


def last(trial: Trial) -> tuple[str, str]:
    """Return the step at which it ended, and why; "" where all went well."""
    return trial.steps[-1]["step"], trial.steps[-1]["why"]


def test_a_mail_that_was_taken_has_every_step_right() -> None:
    manners = Manners()
    with mail_server(manners) as port:
        trial = tried(port)

    assert [step["found"] for step in trial.steps] == ["right"] * 6
    assert (trial.taken, trial.later) == (True, False)
    assert manners.letters == [(USER, ["asa@north.example"], LETTER.content)]


@pytest.mark.parametrize("starttls", [True, False], ids=["starttls", "tls"])
def test_a_safe_line_is_found_out_by_itself_where_somebody_vouches_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starttls: bool
) -> None:
    context, vouched = certificate(tmp_path, "localhost", "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(vouched))
    manners = Manners()
    with mail_server(manners, tls=context, starttls=starttls) as port:
        trial = tried(port)

    assert (trial.taken, trial.security) == (True, "starttls" if starttls else "tls")
    assert manners.signed_in == [USER]


@pytest.mark.parametrize("starttls", [True, False], ids=["starttls", "tls"])
@pytest.mark.parametrize("names", [("127.0.0.1",), ("other.example",)], ids=["self-made", "other name"])
def test_a_certificate_that_proves_nothing_gets_no_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starttls: bool, names: tuple[str, ...]
) -> None:
    context, vouched = certificate(tmp_path, *names)
    if names == ("other.example",):
        monkeypatch.setenv("SSL_CERT_FILE", str(vouched))
    manners = Manners()
    with mail_server(manners, tls=context, starttls=starttls) as port:
        trial = tried(port)

    assert last(trial) == ("safe", "certificate")
    assert (manners.signed_in, manners.letters) == ([], [])


def test_an_open_line_to_another_machine_gets_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "LOOPBACK", ())
    manners = Manners()
    with mail_server(manners) as port:
        trial = tried(port, security="starttls")

    assert last(trial) == ("safe", "open_line")
    assert manners.signed_in == []


def test_an_open_line_that_the_environment_asked_for_is_said_to_be_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trying, "LOOPBACK", ())
    with mail_server(Manners()) as port:
        trial = tried(port, security="none")

    assert trial.taken
    assert [step["why"] for step in trial.steps] == ["", "", "open_way", "", "", ""]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("535 5.7.8 Authentication failed", "password"),
        ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled", "sign_in_off"),
        ("534 5.7.9 Application-specific password required", "app_password"),
        ("454 4.7.0 Temporary failure", "later"),
    ],
)
def test_a_refused_password_is_told_apart_from_a_mailbox_that_lets_no_program_in(
    answer: str, why: str
) -> None:
    with mail_server(Manners(refuse={"AUTH": answer})) as port:
        trial = tried(port, password="wrong")

    assert last(trial) == ("sign_in", why)
    assert trial.later == (why == "later")
    assert answer[4:20] in trial.steps[-1]["said"]


def test_a_server_that_repeats_the_password_is_quoted_without_it() -> None:
    with mail_server(Manners(echo=True)) as port:
        trial = tried(port, password="secret-canary-1")

    assert last(trial)[0] == "sign_in"
    assert "secret-canary-1" not in str(trial)
    assert "is wrong" in trial.steps[-1]["said"]


def test_a_password_with_letters_that_no_server_takes_is_told_as_such() -> None:
    with mail_server(Manners()) as port:
        assert last(tried(port, password="geheimnüs")) == ("sign_in", "letters")


@pytest.mark.parametrize(
    ("refuse", "ended", "later"),
    [
        (
            {"MAIL": "550 5.7.60 Client does not have permissions to send as this sender"},
            ("sender", "sender"),
            False,
        ),
        ({"DATA": "554 5.2.252 SendAsDenied; not allowed to send as office"}, ("sender", "sender"), False),
        ({"RCPT": "550 5.1.1 No such user"}, ("taken", "receiver"), False),
        ({"RCPT": "450 4.2.0 Greylisted, try again in 5 minutes"}, ("taken", "later"), True),
        ({"DATA": "554 5.7.1 Looks like spam"}, ("taken", "content"), False),
        ({"DATA": "451 4.3.0 Not now"}, ("taken", "later"), True),
    ],
)
def test_what_is_refused_after_the_sign_in_is_told_apart(
    refuse: dict[str, str], ended: tuple[str, str], later: bool
) -> None:
    with mail_server(Manners(refuse=refuse)) as port:
        trial = tried(port)

    assert (last(trial), trial.later) == (ended, later)


def test_a_name_that_is_nowhere_is_not_found() -> None:
    assert last(tried(0, host="mail.nowhere.invalid"))[0] == "find"


def test_a_closed_port_lets_nobody_in() -> None:
    assert last(tried(free_port())) == ("reach", "closed")


def test_every_usual_way_is_tried_and_the_first_that_works_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, vouched = certificate(tmp_path, "localhost", "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(vouched))
    with mail_server(Manners(), tls=context, starttls=True) as port:
        monkeypatch.setattr(
            trying, "WAYS", ((free_port(), "tls"), (port, "starttls"), (free_port(), "starttls"))
        )
        trial = tried(0)

    assert (trial.taken, trial.port, trial.security) == (True, port, "starttls")


def test_somebody_else_at_the_door_is_no_mail_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "CONNECTING", 0.5)
    with raw_server(lambda line: line.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")) as port:
        assert last(tried(port, security="starttls"))[0] == "reach"


def _drip(line: socket.socket) -> None:
    for letter in b"220 " + b"x" * 200:
        line.sendall(bytes([letter]))
        time.sleep(0.05)


def test_a_server_that_drips_holds_us_no_longer_than_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "DEADLINE", 0.5)
    began = time.monotonic()
    with raw_server(_drip) as port:
        trial = tried(port, security="starttls")

    assert time.monotonic() - began < 2
    assert last(trial) == ("reach", "no_answer")


def _greet_and_fall_silent(line: socket.socket) -> None:
    line.sendall(b"220 mail\r\n")
    line.recv(100)
    line.sendall(b"250-mail\r\n250 AUTH PLAIN\r\n")
    line.recv(300)
    time.sleep(3)


def test_a_server_that_falls_silent_at_the_password_is_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "DEADLINE", 0.5)
    with raw_server(_greet_and_fall_silent) as port:
        assert last(tried(port, security="none")) == ("sign_in", "slow")


def test_a_server_that_hangs_up_is_told_as_such() -> None:
    def hang_up(line: socket.socket) -> None:
        line.sendall(b"220 mail\r\n")
        line.recv(100)
        line.close()

    with raw_server(hang_up) as port:
        assert last(tried(port, security="starttls")) in {
            ("reach", "cut"),
            ("safe", "open_line"),
            ("sign_in", "cut"),
        }
