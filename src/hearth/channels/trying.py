"""Try a mail server step by step, as a person would ask: is it there, does it answer, is the line safe, may we send?

Speaks to the other side only; reads and writes no rows. Nothing here holds the worker for longer than `DEADLINE`, however
slowly the other side drips.
"""

import re
import smtplib
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from hearth.channels.enums import Found

DEADLINE = 25.0  # seconds for one whole test
CONNECTING = 7.0  # seconds for one line to be opened
STEPS = ("find", "reach", "safe", "sign_in", "sender", "taken")
# Tried one after the other where nothing was said: submission over TLS (RFC 8314), STARTTLS (RFC 6409), and relay.
WAYS = ((465, "tls"), (587, "starttls"), (25, "starttls"))
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Server:
    """Where to send by, and as whom. port 0 and security `auto` mean: find it out."""

    host: str
    port: int
    security: str
    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """The mail to hand over, ready as bytes."""

    sender: str
    recipient: str
    content: bytes


@dataclass
class Trial:
    """What came of it. `steps` holds, per step, found, why, and what the other side said; `later`: worth another try."""

    steps: list[dict[str, str]] = field(default_factory=list)
    port: int = 0
    security: str = "auto"
    later: bool = False

    @property
    def taken(self) -> bool:
        """Whether the mail was taken."""
        return len(self.steps) == len(STEPS) and all(step["found"] != Found.WRONG for step in self.steps)


class _Stopped(Exception):
    """A step did not go well; the steps behind it are not tried."""

    def __init__(self, step: str, why: str, said: str, *, later: bool = False) -> None:
        super().__init__(why)
        self.step, self.why, self.said, self.later = step, why, said, later


def attempt(server: Server, letter: Letter) -> Trial:
    """Connect, sign in, hand the mail over; return each step with its outcome. Never raises for what the other side does.

    The work is done in a thread of its own, which is left behind when the deadline comes: a server that drips one byte after
    the other never runs into a timeout, and a slow look-up of a name cannot be broken off.
    """
    at = _At()
    work = threading.Thread(target=_try, args=(at, server, letter), daemon=True)
    work.start()
    work.join(DEADLINE)
    if at.trial is not None:
        return at.trial
    at.shut()
    slow = _Stopped(at.step, "no_answer" if at.step in {"find", "reach"} else "slow", "")
    return Trial(_steps_until(slow, server), server.port, server.security)


class _At:
    """How far the thread has come: its step, its line, and in the end what came of it."""

    def __init__(self) -> None:
        self.step = "find"
        self.line: smtplib.SMTP | None = None
        self.trial: Trial | None = None

    def shut(self) -> None:
        if self.line is not None and self.line.sock is not None:
            with suppress(OSError):
                self.line.sock.shutdown(socket.SHUT_RDWR)


def _try(at: _At, server: Server, letter: Letter) -> None:
    trial = Trial(port=server.port, security=server.security)
    try:
        _find(server)
        at.step = "reach"
        line, trial.port, trial.security = _reach(server, at)
        at.step = "sign_in"
        _sign_in(line, server)
        at.step = "sender"
        _hand_over(line, letter)
        trial.steps = [_right(step) for step in STEPS]
        if trial.security == "none" and server.host not in LOOPBACK:
            trial.steps[STEPS.index("safe")] |= {"found": Found.UNKNOWN.value, "why": "open_way"}
    except _Stopped as stopped:
        trial.steps, trial.later = _steps_until(stopped, server), stopped.later
    at.trial = trial
    if at.line is not None:
        with suppress(OSError, smtplib.SMTPException):
            at.line.quit()
        at.line.close()


def _right(step: str) -> dict[str, str]:
    return {"step": step, "found": Found.RIGHT.value, "why": "", "said": ""}


def _steps_until(stopped: _Stopped, server: Server) -> list[dict[str, str]]:
    before = STEPS[: STEPS.index(stopped.step)]
    said = without_secrets(stopped.said, server)
    return [
        *map(_right, before),
        {"step": stopped.step, "found": Found.WRONG.value, "why": stopped.why, "said": said},
    ]


def without_secrets(said: str, server: Server) -> str:
    """Return what the other side said without the password, however it was sent (RFC 4954, RFC 4616): some repeat it."""
    if not server.password:
        return said[:500]
    plain, user = server.password, server.username
    codes = [plain, f"\0{user}\0{plain}", f"{user}\0{user}\0{plain}"]
    for secret in [plain, *(b64encode(code.encode()).decode() for code in codes)]:
        said = re.sub(re.escape(secret), "…", said)
    return said[:500]


def _find(server: Server) -> None:
    try:
        socket.getaddrinfo(server.host, server.port or 465, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        why = "no_answer" if error.errno == socket.EAI_AGAIN else "no_name"
        raise _Stopped("find", why, str(error)) from error
    except (OSError, UnicodeError) as error:
        raise _Stopped("find", "no_name", str(error)) from error


def _reach(server: Server, at: _At) -> tuple[smtplib.SMTP, int, str]:
    """Open a line in the first way that works; of several refusals the one that came farthest is told."""
    refusals: list[_Stopped] = []
    for port, security in _ways(server):
        try:
            line, is_safe = _open(server, port, security, at)
            return line, port, security if is_safe else "none"
        except _Stopped as stopped:
            refusals.append(stopped)
            if stopped.why == "certificate":
                break
    raise max(refusals, key=lambda one: (STEPS.index(one.step), one.why != "closed"))


def _ways(server: Server) -> list[tuple[int, str]]:
    if server.port and server.security != "auto":
        return [(server.port, server.security)]
    if server.port:
        # TLS first: a server that speaks openly answers it with nonsense at once, the other way round both would wait.
        return [(server.port, security) for security in ("tls", "starttls")]
    return [way for way in WAYS if server.security in {"auto", way[1]}] or list(WAYS)


def _open(server: Server, port: int, security: str, at: _At) -> tuple[smtplib.SMTP, bool]:
    line: smtplib.SMTP = (
        smtplib.SMTP_SSL(timeout=CONNECTING, context=ssl.create_default_context())
        if security == "tls"
        else smtplib.SMTP(timeout=CONNECTING)
    )
    at.line = line
    line._host = server.host  # type: ignore[attr-defined]  # the name that the certificate must show
    _greet(line, server.host, port)
    is_safe = security == "tls" or (security == "starttls" and _make_safe(line, server))
    return line, is_safe


def _greet(line: smtplib.SMTP, host: str, port: int) -> None:
    try:
        code, said = line.connect(host, port)
        if code != 220:
            later = 400 <= code < 500
            raise _Stopped("reach", "later" if later else "not_mail", _text(code, said), later=later)
        line.ehlo_or_helo_if_needed()
    except ssl.SSLCertVerificationError as error:
        raise _Stopped("safe", "certificate", error.verify_message) from error
    except ssl.SSLError as error:
        raise _Stopped("reach", "not_mail", str(error)) from error
    except TimeoutError as error:
        raise _Stopped("reach", "no_answer", f"Port {port}: {error}") from error
    except ConnectionRefusedError as error:
        raise _Stopped("reach", "closed", f"Port {port}: {error}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise _Stopped("reach", _cut(error), f"Port {port}: {error}") from error


def _make_safe(line: smtplib.SMTP, server: Server) -> bool:
    if not line.has_extn("starttls"):
        # On this machine nobody listens between us; anywhere else a password never goes over an open line.
        if server.host in LOOPBACK or not server.username:
            return False
        raise _Stopped("safe", "open_line", "STARTTLS is not offered.")
    try:
        line.starttls(context=ssl.create_default_context())
        line.ehlo_or_helo_if_needed()
    except ssl.SSLCertVerificationError as error:
        raise _Stopped("safe", "certificate", error.verify_message) from error
    except (OSError, smtplib.SMTPException) as error:
        raise _Stopped("safe", "no_safe_line", str(error)) from error
    return True


def _sign_in(line: smtplib.SMTP, server: Server) -> None:
    if not server.username:
        return
    try:
        line.login(server.username, server.password)
    except smtplib.SMTPNotSupportedError as error:
        raise _Stopped("sign_in", "sign_in_off", str(error)) from error
    except smtplib.SMTPResponseException as error:
        said = _text(error.smtp_code, error.smtp_error)
        raise _Stopped("sign_in", _why_refused(said), said, later=error.smtp_code < 500) from error
    except UnicodeEncodeError as error:
        raise _Stopped("sign_in", "letters", "The password has letters outside ASCII.") from error
    except (OSError, smtplib.SMTPException) as error:
        raise _Stopped("sign_in", _cut(error), str(error)) from error


def _why_refused(said: str) -> str:
    """Tell a password that is wrong from an account that lets no program in (answers of Microsoft, Google, GMX)."""
    low = said.lower()
    if low.startswith("4"):
        return "later"
    if any(
        mark in low for mark in ("5.7.139", "5.7.3 ", "disabled", "not enabled", "deaktiviert", "not allowed")
    ):
        return "sign_in_off"
    return (
        "app_password"
        if any(mark in low for mark in ("5.7.9", "application-specific", "app password"))
        else "password"
    )


def _hand_over(line: smtplib.SMTP, letter: Letter) -> None:
    _ask(lambda: line.mail(letter.sender), "sender", "sender")
    _ask(lambda: line.rcpt(letter.recipient), "taken", "receiver")
    _ask(lambda: line.data(letter.content), "taken", "content")


def _ask(question: Callable[[], tuple[int, bytes]], step: str, why: str) -> None:
    try:
        code, said = question()
    except smtplib.SMTPResponseException as error:
        code, said = error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else b""
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise _Stopped(step, _cut(error), str(error)) from error
    if code >= 500:
        # Many servers look at the sender only when they know the receiver, or the whole mail (Microsoft: SendAsDenied).
        is_sender = re.search(rb"(?i)sender|send ?as|from address|not owned|5\.7\.60|5\.1\.8", said)
        raise _Stopped("sender" if is_sender else step, "sender" if is_sender else why, _text(code, said))
    if code >= 400:
        raise _Stopped(step, "later", _text(code, said), later=True)


def _cut(error: Exception) -> str:
    """Tell a line on which nothing came in time from one that the other side closed."""
    return "slow" if isinstance(error, TimeoutError) or "timed out" in str(error) else "cut"


def _text(code: int, said: bytes | str) -> str:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {words}"
