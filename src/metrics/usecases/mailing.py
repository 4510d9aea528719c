"""Hand one message to the office's mail server (SMTP), and say what came of it.

Settings come from the environment. Certificates are verified, passwords go over TLS only (or over loopback), and a
server that hangs cannot hang us: each step has its time, and the whole has one.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_LINES
from email.utils import format_datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from metrics.domain.mail import Answer, Delivery
from metrics.domain.people import MailAddress
from metrics.domain.refusals import MailSettingMissing, MailSettingWrong
from metrics.usecases.remote import is_loopback

PREFIX = "ZUKUNFTSPLAN_"
STEP_SECONDS, MOST_SECONDS = 20.0, 60.0
"""How long the server may take for one step, and for a message altogether."""
_DETAIL = 200
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_READY, _ACCEPTED, _FORWARDED, _GO_AHEAD = 220, 250, 251, 354
_TEMPORARY, _PERMANENT = 4, 5
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


class MailSecurity(StrEnum):
    """How the way to the mail server is protected."""

    starttls = "starttls"
    tls = "tls"
    none = "none"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How to reach the mail server; `url` is the address of this program that links begin with, without a slash."""

    host: str
    port: int
    security: MailSecurity
    sender: str
    url: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    step_seconds: float = STEP_SECONDS
    most_seconds: float = MOST_SECONDS

    @property
    def domain(self) -> str:
        """The part of the sender behind the @."""
        return self.sender.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it is to be read; `written_at` is naive UTC.

    `change_at`: the address where its receiver sets how often they are reminded.
    """

    message_id: str
    to: str
    subject: str
    body: str
    written_at: datetime
    language: str = "de"
    change_at: str | None = None


def read_settings(environment: Mapping[str, str]) -> MailSettings:
    """The settings from environment variables; raises MailSettingMissing, MailSettingWrong, which name the variable."""
    security = _security(environment)
    host = _needed(environment, "SMTP_HOST")
    if security is MailSecurity.none and not is_loopback(host):
        raise _wrong("SMTP_TLS", "none_beyond_loopback")
    user, password = environment.get(PREFIX + "SMTP_USER") or None, _password(environment)
    if user and password is None:
        raise MailSettingMissing(variable=PREFIX + "SMTP_PASSWORD")
    if password is not None and not user:
        raise MailSettingMissing(variable=PREFIX + "SMTP_USER")
    return MailSettings(
        host=host,
        port=_port(environment, security),
        security=security,
        sender=_sender(environment),
        url=_url(environment),
        user=user,
        password=password,
    )


def as_message(letter: Letter, sender: str) -> bytes:
    """The message in the form that travels. Raises ValueError for an address that no header can carry."""
    message = EmailMessage(policy=SMTP_LINES)
    message["From"] = Address(addr_spec=_ascii(sender))
    message["To"] = Address(addr_spec=_ascii(letter.to))
    message["Subject"] = " ".join(letter.subject.split())  # a line break in a title is no line break in a header
    message["Message-ID"] = letter.message_id
    message["Date"] = format_datetime(letter.written_at.replace(tzinfo=UTC))
    message["Auto-Submitted"] = "auto-generated"
    if letter.change_at:
        message["List-Unsubscribe"] = f"<{letter.change_at}>"
    message.set_content(letter.body, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = letter.language
    return message.as_bytes()


def hand_over(settings: MailSettings, letter: Letter, before_text: Callable[[], None]) -> Answer:
    """Hand a message over. `before_text` is called when the server is ready for the text, immediately before it goes.

    Whatever fails before is known: the server has not got the message. After it the outcome is the server's answer,
    or unknown. Raises nothing but what `before_text` raises.
    """
    try:
        text, to, sender = as_message(letter, settings.sender), _ascii(letter.to), _ascii(settings.sender)
    except ValueError as error:
        return Answer(Delivery.refused_for_good, _short(str(error)))
    try:
        with _Conversation(settings) as server:
            return server.hand_over(sender, to, text, before_text)
    except smtplib.SMTPResponseException as error:  # a refused sign-in, say: the settings' fault, not the message's
        return Answer(Delivery.not_reached, _refused(error.smtp_code, error.smtp_error).detail)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return Answer(Delivery.not_reached, _short(f"{type(error).__name__}: {error}"))


class _Line(smtplib.SMTP):
    """A connection that can be cut from outside at every moment, also while TLS is being agreed on."""

    _host: str
    _second: socket.socket | None = None
    """The same connection once more: the library gives its own socket away when it puts TLS around it."""

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:
        connected = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self._second = connected.dup()
        return connected

    def cut(self) -> None:
        """End the connection: whoever waits for the server wakes up with an error."""
        if self._second is not None:
            with suppress(OSError):
                self._second.shutdown(socket.SHUT_RDWR)

    def hang_up(self) -> None:
        """Give the second handle back."""
        if self._second is not None:
            self._second.close()


class _ProtectedLine(smtplib.SMTP_SSL, _Line):
    """The same, with TLS from the first byte."""


class _Conversation:
    """A connection that is open, protected and signed in, for one message; closed after `most_seconds` at the latest.

    A step's time is counted anew with each byte that the server sends, so a second clock bounds the whole: it shuts
    the socket down, and whoever waits on it wakes up with an error.
    """

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._server: _Line | None = None
        self._over = threading.Event()
        self._clock = threading.Timer(settings.most_seconds, self._shut_down)
        self._clock.daemon = True

    def __enter__(self) -> _Conversation:
        self._clock.start()
        try:
            self._open()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._clock.cancel()
        if self._server is not None:
            self._server.close()
            self._server.hang_up()

    def hand_over(self, sender: str, to: str, text: bytes, before_text: Callable[[], None]) -> Answer:
        """The sender, the receiver, and the text."""
        server = self._connected()
        code, said = server.mail(sender)
        self._refuse_if_over()
        if code != _ACCEPTED:  # whatever the code: another sender, and the message may go
            return Answer(Delivery.refused_for_now, _refused(code, said).detail)
        for step in (lambda: server.rcpt(to), lambda: server.docmd("DATA")):
            code, said = step()
            self._refuse_if_over()
            if code not in (_ACCEPTED, _FORWARDED, _GO_AHEAD):
                return _refused(code, said)
        before_text()
        try:
            server.send(_LEADING_DOT.sub(b"..", text) + b".\r\n")
            code, said = server.getreply()
            self._refuse_if_over()
        except (OSError, smtplib.SMTPException) as error:
            return Answer(Delivery.unknown, _short(f"{type(error).__name__}: {error}"))
        if code == _ACCEPTED:
            with suppress(OSError, smtplib.SMTPException):
                server.putcmd("QUIT")  # nobody waits for the answer: the message is accepted
            return Answer(Delivery.accepted)
        # Any other answer than a refusal is none that we understand.
        return _refused(code, said) if code // 100 in (_TEMPORARY, _PERMANENT) else Answer(Delivery.unknown, str(code))

    def _open(self) -> None:
        settings = self._settings
        tls = settings.security is MailSecurity.tls
        # Reading the machine's certificates takes its time, and without protection nobody asks for them.
        context = None if settings.security is MailSecurity.none else ssl.create_default_context()
        name = _ascii(settings.sender).rpartition("@")[2]
        common: dict[str, Any] = {"timeout": settings.step_seconds, "local_hostname": name}
        server: _Line = _ProtectedLine(context=context, **common) if tls else _Line(**common)
        self._server = server
        server._host = settings.host  # the name that the certificate is held against
        code, said = server.connect(settings.host, settings.port)
        if code != _READY:
            raise smtplib.SMTPConnectError(code, said)
        server.ehlo_or_helo_if_needed()
        if settings.security is MailSecurity.starttls:
            code, said = server.starttls(context=context)
            if code != _READY:
                raise smtplib.SMTPResponseException(code, said)
            server.ehlo_or_helo_if_needed()
        if settings.user and settings.password is not None:
            server.login(settings.user, settings.password)

    def _refuse_if_over(self) -> None:
        """Half an answer, cut off, is none."""
        if self._over.is_set():
            raise TimeoutError("mail server")

    def _connected(self) -> _Line:
        assert self._server is not None, "use it as a context manager"
        return self._server

    def _shut_down(self) -> None:
        self._over.set()
        if self._server is not None:
            self._server.cut()


def _refused(code: int, said: bytes | str) -> Answer:
    """What a refusal means: 5xx is for good, everything else for now."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    delivery = Delivery.refused_for_good if code // 100 == _PERMANENT else Delivery.refused_for_now
    return Answer(delivery, _short(f"{code} {words}"))


def _short(text: str) -> str:
    flat = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return flat[:_DETAIL]


def _ascii(address: str) -> str:
    """An address with its domain in the form that every server takes; raises ValueError for a name that has none."""
    name, _, domain = address.rpartition("@")
    return f"{name.encode('ascii').decode()}@{domain.encode('idna').decode()}"


def _needed(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(PREFIX + name, "").strip()
    if not value:
        raise MailSettingMissing(variable=PREFIX + name)
    return value


def _wrong(name: str, rule: str) -> MailSettingWrong:
    return MailSettingWrong(variable=PREFIX + name, rule=rule)


def _security(environment: Mapping[str, str]) -> MailSecurity:
    text = environment.get(PREFIX + "SMTP_TLS", "").strip() or MailSecurity.starttls
    try:
        return MailSecurity(text)
    except ValueError:
        raise _wrong("SMTP_TLS", "security_unknown") from None


def _port(environment: Mapping[str, str], security: MailSecurity) -> int:
    text = environment.get(PREFIX + "SMTP_PORT", "").strip() or str(_PORTS[security])
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 65535):
        raise _wrong("SMTP_PORT", "port")
    return int(text)


def _password(environment: Mapping[str, str]) -> str | None:
    given, file = environment.get(PREFIX + "SMTP_PASSWORD"), environment.get(PREFIX + "SMTP_PASSWORD_FILE")
    if given and file:
        raise _wrong("SMTP_PASSWORD_FILE", "password_twice")
    if not file:
        return given or None
    try:
        return Path(file).read_text(encoding="utf-8").rstrip("\r\n") or None
    except (OSError, ValueError):
        raise _wrong("SMTP_PASSWORD_FILE", "password_file_unreadable") from None


def _sender(environment: Mapping[str, str]) -> str:
    text = _needed(environment, "MAIL_FROM")
    try:
        address = TypeAdapter(MailAddress).validate_python(text)
        _ascii(address)
    except (ValidationError, ValueError):
        raise _wrong("MAIL_FROM", "address") from None
    return str(address)


def _url(environment: Mapping[str, str]) -> str:
    text = _needed(environment, "URL").rstrip("/")
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or " " in text:
        raise _wrong("URL", "url")
    return text
