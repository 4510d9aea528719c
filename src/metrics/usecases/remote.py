"""Reach the store of a running server: its token file, and commands sent over loopback.

Only what starts quickly is imported here: the command line asks for the holder before it loads anything else.
"""

from __future__ import annotations

import ipaddress
import json
import os
import stat
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from metrics.domain.refusals import DatabaseHeldByAnotherProcess, Refusal, ServerRefused
from metrics.store.guard import read_holder

CONTROL_PATH = "/api/control"
PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
"""What a proxy adds to a request: behind one, whoever asks need not be on this machine."""
PATIENCE = 900.0
"""Seconds that a command may take: a backup of millions of readings is no matter of moments."""


@dataclass(frozen=True, slots=True)
class Token:
    """How to reach the process that holds a store: the server's address, the secret it wants, its process id."""

    url: str
    token: str
    pid: int


class TokenNotPrivate(Exception):
    """Others than the owner may read or change the token file: `path`."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def token_path(database: Path) -> Path:
    """Where the token file of a store lies."""
    return database.with_name(database.name + ".token")


def write_token_file(database: Path, token: Token) -> None:
    """Put the token file in place at once and readable by its owner alone; a stale one is replaced."""
    path = token_path(database)
    arriving = path.with_name(path.name + ".arriving")
    arriving.unlink(missing_ok=True)
    descriptor = os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123 - a descriptor, not a path
        json.dump(asdict(token), file)
    arriving.replace(path)


def read_token_file(database: Path) -> Token | None:
    """The token beside a store; None if there is none that can be used. Raises TokenNotPrivate."""
    path = token_path(database)
    try:
        with path.open(encoding="utf-8") as file:
            _refuse_if_shared(path, os.fstat(file.fileno()))
            token = Token(**json.load(file))
    except (OSError, ValueError, TypeError):
        return None
    return token if is_loopback(urlsplit(token.url).hostname) else None


def can_be_asked(database: Path) -> bool:
    """Whether the process that holds a store has said how to reach it; a server does so once it has opened the store.

    Raises TokenNotPrivate.
    """
    token = read_token_file(database)
    return token is not None and token.pid == read_holder(database).get("pid")


def ask_server(database: Path, command: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Have the process that holds the store carry out a command, and return its result.

    Raises DatabaseHeldByAnotherProcess if that process cannot be asked, ServerRefused, TokenNotPrivate, and whatever
    refusal the command itself met there.
    """
    token = read_token_file(database)
    if token is None:
        raise held(database)
    request = urllib.request.Request(  # noqa: S310 - read_token_file accepts loopback addresses only
        token.url.rstrip("/") + CONTROL_PATH,
        data=json.dumps({"command": command, "arguments": dict(arguments)}).encode(),
        headers={"Authorization": f"Bearer {token.token}", "Content-Type": "application/json"},
        method="POST",
    )
    try:
        with _direct.open(request, timeout=PATIENCE) as answer:
            result = json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            raise _refusal(error.read(), error.code) from None
    except (OSError, ValueError) as error:
        raise held(database) from error
    if not isinstance(result, dict):
        raise ServerRefused(detail="no result")
    return result


def held(database: Path) -> DatabaseHeldByAnotherProcess:
    """The refusal that names who holds a store."""
    return DatabaseHeldByAnotherProcess(path=str(database), holder=str(read_holder(database).get("pid", "?")))


def is_loopback(host: str | None) -> bool:
    """Whether a host name or address is this machine's own loopback."""
    if host is None:
        return False
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host.lower() == "localhost"
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def refusal_data(refusal: Refusal) -> dict[str, Any]:
    """A refusal as plain data for the wire."""
    return {"refusal": refusal.code, "data": json.loads(json.dumps(refusal.data, default=str))}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token is meant for one address only."""

    def redirect_request(self, *args: Any, **named: Any) -> None:
        return None


_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())


def _refusal(body: bytes, status: int) -> Refusal:
    """What the server answered, as the refusal it met; ServerRefused if it is none that this program knows."""
    try:
        answer = json.loads(body)
        code, data = answer["refusal"], answer["data"]
        known = {refusal_type.code: refusal_type for refusal_type in Refusal.__subclasses__()}
        return known[code](**data)
    except (ValueError, KeyError, TypeError):
        return ServerRefused(detail=f"HTTP {status}")


def _refuse_if_shared(path: Path, status: os.stat_result) -> None:
    if os.name == "posix" and (stat.S_IMODE(status.st_mode) & 0o077 or status.st_uid != os.geteuid()):
        raise TokenNotPrivate(path)
