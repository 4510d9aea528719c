"""A real mail server for tests (aiosmtpd on loopback) that accepts, refuses, hangs or breaks off, as it is told."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_LINES
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "zukunftsplan", "geheim-und-lang"


class Fault(StrEnum):
    """What the server does to a message instead of taking it."""

    refuse_sender_now = "refuse_sender_now"
    refuse_receiver_now = "refuse_receiver_now"
    refuse_receiver_for_good = "refuse_receiver_for_good"
    refuse_data_now = "refuse_data_now"
    refuse_data_for_good = "refuse_data_for_good"
    refuse_text_now = "refuse_text_now"
    refuse_text_for_good = "refuse_text_for_good"
    hang_at_greeting = "hang_at_greeting"
    hang_at_receiver = "hang_at_receiver"
    hang_after_text = "hang_after_text"
    drop_at_receiver = "drop_at_receiver"
    drop_before_text = "drop_before_text"
    drop_in_text = "drop_in_text"
    drop_after_text_unheard = "drop_after_text_unheard"
    take_and_drop = "take_and_drop"
    take_and_hang = "take_and_hang"
    drip_at_receiver = "drip_at_receiver"
    nonsense_after_text = "nonsense_after_text"


class _Protocol(SMTP):
    """The protocol with the faults that no handler can make."""

    async def smtp_EHLO(self, hostname: str) -> None:
        if self.server.take(Fault.hang_at_greeting):
            await asyncio.sleep(30)
        await super().smtp_EHLO(hostname)

    async def smtp_MAIL(self, arg: str | None) -> None:
        if self.server.take(Fault.refuse_sender_now):
            await self.push("451 4.3.0 later")
            return
        await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:
        server = self.server
        if server.take(Fault.refuse_receiver_now):
            await self.push("450 4.2.1 mailbox busy")
        elif server.take(Fault.refuse_receiver_for_good):
            await self.push("550 5.1.1 no such person")
        elif server.take(Fault.hang_at_receiver):
            await asyncio.sleep(30)
        elif server.take(Fault.drop_at_receiver):
            self.transport.abort()
        elif server.take(Fault.drip_at_receiver):
            for _ in range(600):
                self._writer.write(b"2")
                await self._writer.drain()
                await asyncio.sleep(0.05)
        else:
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        server = self.server
        if server.take(Fault.refuse_data_now):
            await self.push("451 4.3.2 not now")
        elif server.take(Fault.refuse_data_for_good):
            await self.push("554 5.5.1 never")
        elif server.take(Fault.drop_before_text):
            self.transport.abort()
        elif server.take(Fault.drop_in_text):
            await self.push("354 go on")
            await self._reader.readline()
            self.transport.abort()
        else:
            await super().smtp_DATA(arg)

    @property
    def server(self) -> MailServer:
        return cast(MailServer, self.event_handler)


class MailServer:
    """What has come in, and which faults lie ahead. Also the handler of aiosmtpd."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.faults: list[Fault] = []
        self.every: Fault | None = None
        self.port = 0
        self._lock = threading.Lock()

    def take(self, fault: Fault) -> bool:
        """Whether this fault is next; it is used up then."""
        with self._lock:
            if self.every is fault:
                return True
            if self.faults and self.faults[0] is fault:
                self.faults.pop(0)
                return True
            return False

    @property
    def messages(self) -> list[EmailMessage]:
        """Everything that was taken, in order."""
        return [cast(EmailMessage, message_from_bytes(one, policy=SMTP_LINES)) for one in self.received]

    def copies(self) -> Counter[str]:
        """How often each message was taken, by its Message-ID."""
        return Counter(str(one["Message-ID"]) for one in self.messages)

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        """Take the message, or not."""
        protocol = cast(_Protocol, server)
        if self.take(Fault.refuse_text_now):
            return "452 4.3.1 disk full"
        if self.take(Fault.refuse_text_for_good):
            return "552 5.3.4 too long"
        if self.take(Fault.nonsense_after_text):
            return "hello"
        if self.take(Fault.hang_after_text):
            await asyncio.sleep(30)
        if self.take(Fault.drop_after_text_unheard):
            protocol.transport.abort()
            return "250 nobody hears"
        content = envelope.content
        self.received.append(content if isinstance(content, bytes) else str(content).encode())
        if self.take(Fault.take_and_hang):
            await asyncio.sleep(30)
        if self.take(Fault.take_and_drop):
            protocol.transport.abort()
        return "250 2.0.0 taken"


class _Controller(Controller):
    def __init__(self, handler: MailServer, options: dict[str, Any], **named: Any) -> None:
        self.options = options
        super().__init__(handler, hostname="127.0.0.1", port=0, **named)

    def factory(self) -> SMTP:
        return _Protocol(self.handler, **self.options)

    def _trigger_server(self) -> None:
        """The parent connects to the port it was given; ours is chosen by the system."""
        self.port = cast(Any, self.server).sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(
    *, tls: ssl.SSLContext | None = None, implicit: bool = False, auth: bool = False
) -> Iterator[MailServer]:
    """A running server; `tls` with STARTTLS, or `implicit` from the first byte."""
    handler = MailServer()
    options: dict[str, Any] = {"enable_SMTPUTF8": False, "hostname": "post.example"}
    if tls is not None and not implicit:
        options |= {"tls_context": tls, "require_starttls": True}
    if auth:
        options |= {"authenticator": _knows, "auth_required": True, "auth_require_tls": tls is not None}
        options |= {"auth_require_tls": False} if implicit else {}
    controller = _Controller(handler, options, ssl_context=tls if implicit else None)
    controller.start()
    handler.port = controller.port
    try:
        yield handler
    finally:
        controller.stop()


def certificate(folder: Path, name: str = "localhost") -> tuple[ssl.SSLContext, Path]:
    """A server's context with a certificate of its own for `name` and 127.0.0.1, and the file that vouches for it."""
    private = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    names = [x509.DNSName(name)]
    alternative = [*names, x509.IPAddress(ipaddress.ip_address("127.0.0.1"))] if name == "localhost" else names
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(alternative), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
    public, secret = folder / f"{name}.pem", folder / f"{name}.key"
    public.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, secret)
    return context, public


def _knows(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)
