"""Real servers to try sending against: mail servers with manners, certificates made on the spot, a small directory of names."""

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "office@north.example", "pass-canary-7f3k"


@dataclass
class Manners:
    """What this mail server does: `refuse` holds an answer for a command, `echo` repeats the password in a refusal."""

    refuse: dict[str, str] = field(default_factory=dict)
    echo: bool = False
    letters: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)

    def authenticate(
        self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        told = data.password.decode()
        if self.echo:
            return AuthResult(success=False, handled=False, message=f"535 5.7.8 No, {told} is wrong")
        right = told == PASSWORD and data.login.decode() == USER
        if right:
            self.signed_in.append(data.login.decode())
        answer = self.refuse.get("AUTH", "535 5.7.8 Authentication failed")
        return AuthResult(success=right, handled=right, message=None if right else answer)

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        if "MAIL" in self.refuse:
            return self.refuse["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        if "RCPT" in self.refuse:
            return self.refuse["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        if "DATA" in self.refuse:
            return self.refuse["DATA"]
        self.letters.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


@contextmanager
def mail_server(
    manners: Manners, *, tls: ssl.SSLContext | None = None, starttls: bool = False
) -> Iterator[int]:
    """Run a mail server that wants a sign-in; yield its port. With a context it speaks TLS at once, or after STARTTLS."""
    controller = Controller(
        manners,
        hostname="127.0.0.1",
        port=free_port(),
        ssl_context=tls if tls and not starttls else None,
        tls_context=tls if starttls else None,
        require_starttls=starttls,
        authenticator=manners.authenticate,
        auth_required=True,
        auth_require_tls=tls is not None and starttls,
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    """Return a port at which nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def certificate(folder: Path, *names: str) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for these names that nobody has vouched for; return the server's side of it, and its file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    now = datetime.now(UTC)
    shown = [x509.IPAddress(ip_address(one)) if one[0].isdigit() else x509.DNSName(one) for one in names]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(shown), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert, keys = folder / f"{names[0]}.pem", folder / f"{names[0]}.key"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    keys.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, keys)
    return context, cert


@contextmanager
def raw_server(speak: Callable[[socket.socket], None]) -> Iterator[int]:
    """Run a server that does what `speak` does with each line that comes; yield its port."""
    lines: list[socket.socket] = []

    def listen() -> None:
        while True:
            try:
                line, _address = listener.accept()
            except OSError:
                return
            lines.append(line)
            threading.Thread(target=_quietly, args=(speak, line), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=listen, daemon=True).start()
        try:
            yield int(listener.getsockname()[1])
        finally:
            for line in lines:
                line.close()


def _quietly(speak: Callable[[socket.socket], None], line: socket.socket) -> None:
    with suppress(OSError):  # the other side has gone, which is what these tests are about
        speak(line)


@contextmanager
def name_server(zone: dict[tuple[str, str], list[str]], *, silent: tuple[str, ...] = ()) -> Iterator[str]:
    """Run a directory of names with these entries; yield its address. Names that end in one of `silent` get no answer."""

    class Answering(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            data, line = self.request
            answer = _answer(zone, dns.message.from_wire(data), silent)
            if answer is not None:
                line.sendto(answer.to_wire(max_size=60_000), self.client_address)

    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


def _answer(
    zone: dict[tuple[str, str], list[str]], asked: dns.message.Message, silent: tuple[str, ...]
) -> dns.message.Message | None:
    question = asked.question[0]
    name = question.name.to_text().rstrip(".").lower()
    if silent and name.endswith(silent):
        return None
    answer = dns.message.make_response(asked)
    answer.flags |= dns.flags.RA
    kind = question.rdtype.name
    for step in ((name, "CNAME"), (name, kind)) if kind != "CNAME" else ((name, kind),):
        found = zone.get(step)
        if found and step[1] == "CNAME" and kind != "CNAME":
            answer.answer.append(dns.rrset.from_text(name + ".", 60, "IN", "CNAME", *found))
            name, found = found[0].rstrip(".").lower(), None
            found = zone.get((name, kind))
            if found:
                answer.answer.append(dns.rrset.from_text(name + ".", 60, "IN", kind, *found))
            return answer
        if found:
            answer.answer.append(dns.rrset.from_text(name + ".", 60, "IN", kind, *found))
            return answer
    if not any(one == name for one, _kind in zone):
        answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer
