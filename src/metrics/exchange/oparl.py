"""A paper as a council information system tells it (OParl 1.0 and 1.1): read from one address, followed no further.

Whatever comes is a stranger's: only from an origin that was allowed, with a bound on time and on size, never from where
a redirection leads, and every text cut and cleaned. Proxies of the environment are not used.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
import unicodedata
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias
from urllib.parse import quote, urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from metrics.domain.committee import SittingRole
from metrics.domain.refusals import (
    CouncilAnswerTooLarge,
    CouncilHostNotAllowed,
    CouncilSystemNotReached,
    CouncilSystemRedirects,
    CouncilSystemTooSlow,
    NotAnOparlPaper,
    Refusal,
)

MOST_SECONDS, MOST_BYTES = 5.0, 1_000_000
"""How long an answer may take altogether, and how large it may be."""
MOST_CONSULTATIONS = 50
LONGEST_NAME, LONGEST_TEXT = 300, 500
_CHUNK = 65_536
_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_KEPT_IN_PATHS = "/%:=&?~#+!$,;'@()*[]"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


class Origin(NamedTuple):
    """Where a web address leads: scheme, host, port."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{f'[{self.host}]' if ':' in self.host else self.host}{port}"


@dataclass(frozen=True, slots=True)
class Consulted:
    """A step of the paper's way as far as the answer itself tells it."""

    committee: str | None
    held_on: date | None
    role: str | None
    authoritative: bool | None
    agenda_item: str | None
    result: str | None

    @property
    def sitting_role(self) -> SittingRole:
        """The role in our words: who decides is said by a field, whoever else is there by the role's own name."""
        said = (self.role or "").casefold()
        if self.authoritative or "entscheid" in said or "beschluss" in said:
            return SittingRole.decision
        return SittingRole.noting if "kenntnis" in said else SittingRole.preliminary


@dataclass(frozen=True, slots=True)
class CouncilPaper:
    """What a council information system says of a paper."""

    name: str | None
    reference: str | None
    dated: date | None
    kind: str | None
    consultations: tuple[Consulted, ...]


def origin_of(address: str) -> Origin | None:
    """The origin of a web address; None if it is none, or names a user."""
    try:
        parts = urlsplit(address)
        port = parts.port
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii")
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not _HOST.fullmatch(host) or "@" in parts.netloc:
        return None
    return Origin(parts.scheme, host, port or _PORTS[parts.scheme])


def fetch_paper(
    address: str, origins: Collection[Origin], *, seconds: float = MOST_SECONDS, most: int = MOST_BYTES
) -> CouncilPaper:
    """Read the paper at an address.

    Raises CouncilHostNotAllowed, CouncilSystemNotReached, CouncilSystemRedirects, CouncilSystemTooSlow,
    CouncilAnswerTooLarge, NotAnOparlPaper.
    """
    address = address.strip()
    origin = origin_of(address)
    if origin is None or origin not in origins:
        raise CouncilHostNotAllowed(host=str(origin) if origin else _plain(address, 80))
    request = _Request(origin, _target(address), seconds, most)
    request.start()
    request.join(seconds)
    if request.is_alive():
        request.cut()
        raise CouncilSystemTooSlow(host=origin.host, seconds=seconds)
    if request.failure is not None:
        raise request.failure
    return read_paper(request.body, origin.host)


def read_paper(content: bytes, host: str) -> CouncilPaper:
    """The paper that an answer holds; raises NotAnOparlPaper."""
    try:
        found = _Paper.model_validate_json(content.removeprefix(_BYTE_ORDER_MARK))
    except ValidationError as error:
        raise NotAnOparlPaper(host=host) from error
    steps = (_consulted(step) for step in found.consultation or () if isinstance(step, _Consultation))
    return CouncilPaper(found.name, found.reference, found.date, found.paperType, tuple(steps))


# --- the answer, as far as it is looked at ---


def _plain(text: str, most: int) -> str:
    """On one line, without what nobody sees, cut at `most` characters with …."""
    seen = "".join(" " if unicodedata.category(one) in _UNSEEN else one for one in text[: 4 * most])
    flat = " ".join(unicodedata.normalize("NFC", seen).split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


def _cut(most: int) -> BeforeValidator:
    return BeforeValidator(lambda value: (_plain(value, most) or None) if isinstance(value, str) else value)


def _day(value: Any) -> Any:
    """The day of a date or of a moment as it is written there; none where it is neither."""
    if not isinstance(value, str):
        return value
    with suppress(ValueError):
        return date.fromisoformat(value[:10])
    return None


_Name: TypeAlias = Annotated[str | None, _cut(LONGEST_NAME)]
_Words: TypeAlias = Annotated[str | None, _cut(LONGEST_TEXT)]
_Day: TypeAlias = Annotated[date | None, BeforeValidator(_day)]


class _Told(BaseModel):
    """An object of which some fields are looked at, named as OParl names them."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _Organization(_Told):
    name: _Name = None
    shortName: _Name = None  # noqa: N815


class _Meeting(_Told):
    start: _Day = None
    organization: list[_Organization | str] | None = None


class _AgendaItem(_Told):
    number: _Name = None
    name: _Name = None
    result: _Words = None
    meeting: _Meeting | str | None = None


class _Consultation(_Told):
    role: _Name = None
    authoritative: bool | None = None
    organization: list[_Organization | str] | None = None
    agendaItem: _AgendaItem | str | None = None  # noqa: N815
    meeting: _Meeting | str | None = None


class _Paper(_Told):
    type: Literal[
        "https://schema.oparl.org/1.0/Paper",
        "http://schema.oparl.org/1.0/Paper",
        "https://schema.oparl.org/1.1/Paper",
        "http://schema.oparl.org/1.1/Paper",
    ]
    name: _Words = None
    reference: _Words = None
    date: _Day = None
    paperType: _Name = None  # noqa: N815
    consultation: Annotated[list[_Consultation | str] | None, Field(max_length=MOST_CONSULTATIONS)] = None


def _consulted(step: _Consultation) -> Consulted:
    item = step.agendaItem if isinstance(step.agendaItem, _AgendaItem) else _AgendaItem()
    meeting = next((one for one in (step.meeting, item.meeting) if isinstance(one, _Meeting)), _Meeting())
    named = (one for one in step.organization or meeting.organization or () if isinstance(one, _Organization))
    committee = next((one.name or one.shortName for one in named if one.name or one.shortName), None)
    numbered = " ".join(filter(None, (item.number, item.name)))
    return Consulted(committee, meeting.start, step.role, step.authoritative, numbered or None, item.result)


# --- the way there ---


def _target(address: str) -> str:
    parts = urlsplit(address)
    path = quote(parts.path or "/", safe=_KEPT_IN_PATHS)
    return f"{path}?{quote(parts.query, safe=_KEPT_IN_PATHS)}" if parts.query else path


class _Request(threading.Thread):
    """One question to one server. A socket's time is counted anew with each byte, so whoever waits bounds the whole.

    The second handle of the connection ends it from outside at every moment, also while TLS is being agreed on.
    """

    def __init__(self, origin: Origin, target: str, seconds: float, most: int) -> None:
        super().__init__(name="oparl", daemon=True)
        self.body = b""
        self.failure: Refusal | None = None
        self._origin, self._target_, self._seconds, self._most = origin, target, seconds, most
        self._guard, self._over = threading.Lock(), False
        self._second: socket.socket | None = None

    def run(self) -> None:
        """Ask; what came of it stands in `body` or in `failure`."""
        try:
            self.body = self._ask()
        except Refusal as refusal:
            self.failure = refusal
        except TimeoutError:
            self.failure = CouncilSystemTooSlow(host=self._origin.host, seconds=self._seconds)
        except (OSError, http.client.HTTPException, ValueError) as error:
            detail = "HTTPS" if isinstance(error, ssl.SSLError) else type(error).__name__
            self.failure = CouncilSystemNotReached(host=self._origin.host, detail=detail)
        finally:
            self._hang_up()

    def cut(self) -> None:
        """End the connection: the thread wakes up with an error, and nobody waits for it."""
        with self._guard:
            self._over = True
            if self._second is not None:
                with suppress(OSError):
                    self._second.shutdown(socket.SHUT_RDWR)

    def _hang_up(self) -> None:
        with self._guard:
            if self._second is not None:
                self._second.close()
                self._second = None

    def _ask(self) -> bytes:
        connection = self._connected()
        try:
            headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Zukunftsplan"}
            connection.request("GET", self._target_, headers=headers)
            with closing(connection.getresponse()) as answer:
                return self._read(answer)
        finally:
            connection.close()

    def _connected(self) -> http.client.HTTPConnection:
        host, port = self._origin.host, self._origin.port
        line = socket.create_connection((host, port), timeout=self._seconds)
        try:
            with self._guard:
                if self._over:
                    raise TimeoutError
                self._second = line.dup()
            if self._origin.scheme == "https":
                line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
        except BaseException:
            line.close()
            raise
        kind = http.client.HTTPSConnection if self._origin.scheme == "https" else http.client.HTTPConnection
        connection = kind(host, port, timeout=self._seconds)
        connection.sock = line
        return connection

    def _read(self, answer: http.client.HTTPResponse) -> bytes:
        host = self._origin.host
        if 300 <= answer.status < 400:
            raise CouncilSystemRedirects(host=host)
        if answer.status != http.client.OK:
            raise CouncilSystemNotReached(host=host, detail=f"HTTP {answer.status}")
        if answer.headers.get("Content-Encoding", "identity").strip().casefold() != "identity":
            raise NotAnOparlPaper(host=host)
        found = bytearray()
        while part := answer.read1(_CHUNK):
            found += part
            if len(found) > self._most:
                raise CouncilAnswerTooLarge(host=host, megabytes=self._most / 1_000_000)
        return bytes(found)
