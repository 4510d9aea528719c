"""The way by which the command line reaches the store of the running app: loopback only, with a secret token."""

from __future__ import annotations

import hmac
import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from anyio import to_thread
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from metrics.domain.refusals import Refusal, ServerMustStop, ServerRefused
from metrics.store.ledger import Store
from metrics.ui.session import now
from metrics.usecases.commanding import carry_out
from metrics.usecases.remote import (
    CONTROL_PATH,
    PROXY_HEADERS,
    Token,
    TokenNotPrivate,
    is_loopback,
    read_token_file,
    refusal_data,
    token_path,
    write_token_file,
)

MOST_BYTES = 64 * 1024 * 1024
_SIGNS_OF_A_DETOUR = (*PROXY_HEADERS, "origin")
"""Headers that a proxy or a web page adds: the command line sends none of them."""

_tokens: dict[Path, str] = {}


def write_token(database: Path, url: str) -> None:
    """Let the command line of this machine's user reach the store; the token lies beside it, for its owner alone."""
    token = secrets.token_urlsafe(32)
    write_token_file(database, Token(_reachable(url), token, os.getpid()))
    _tokens[database] = token


def remove_token(database: Path) -> None:
    """Close the way again. The token file of another process is left alone, one that others could read is not."""
    token = _tokens.pop(database, None)
    if token is None:
        return
    with suppress(TokenNotPrivate):
        found = read_token_file(database)
        if found is None or not hmac.compare_digest(found.token, token):
            return
    token_path(database).unlink(missing_ok=True)


def control_routes(get_store: Callable[[], Store]) -> list[Route]:
    """The route of the running app; `get_store` gives the open store."""

    async def control(request: Request) -> Response:
        if not _is_direct(request):
            return _refused(ServerRefused(detail="loopback only"), 403)
        if not _knows_the_token(request):
            return _refused(ServerRefused(detail="token"), 401)
        body = await _body(request)
        if body is None:
            return _refused(ServerRefused(detail=f"> {MOST_BYTES // 1024 // 1024} MB"), 413)
        return await to_thread.run_sync(_answer, get_store, body)

    return [Route(CONTROL_PATH, control, methods=["POST"])]


def _answer(get_store: Callable[[], Store], body: bytes) -> Response:
    """Carry out what the body asks for. Runs in a thread: the app goes on serving meanwhile."""
    try:
        order = json.loads(body)
        command, arguments = order["command"], order["arguments"]
        if command == "restore":
            raise ServerMustStop(path=str(get_store().path), holder=str(os.getpid()))
        return JSONResponse(carry_out(get_store(), command, arguments, now()))
    except Refusal as refusal:
        return _refused(refusal, 409)
    except (ValidationError, ValueError, KeyError, TypeError, RecursionError):
        return _refused(ServerRefused(detail="no such command"), 422)


def _is_direct(request: Request) -> bool:
    """Whether the request comes straight from this machine: asked for by a loopback name, by a loopback address."""
    client = request.client.host if request.client else None
    named = urlsplit("//" + request.headers.get("host", "")).hostname
    came_round = any(name in request.headers for name in _SIGNS_OF_A_DETOUR)
    return is_loopback(client) and is_loopback(named) and not came_round


def _knows_the_token(request: Request) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    matches = [hmac.compare_digest(given.encode(), token.encode()) for token in _tokens.values()]
    return scheme.lower() == "bearer" and any(matches)


async def _body(request: Request) -> bytes | None:
    """The body, or None as soon as it is longer than allowed."""
    received = bytearray()
    async for piece in request.stream():
        received += piece
        if len(received) > MOST_BYTES:
            return None
    return bytes(received)


def _refused(refusal: Refusal, status: int) -> JSONResponse:
    return JSONResponse(refusal_data(refusal), status_code=status)


def _reachable(url: str) -> str:
    """The loopback address of a server that listens everywhere."""
    parts: Any = urlsplit(url if url.count(":") <= 2 or "[" in url else _bracketed(url))
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(parts.hostname, parts.hostname)  # noqa: S104
    return f"http://{host}:{parts.port}"


def _bracketed(url: str) -> str:
    """`http://::1:8501`, as made of address and port, in the form that URLs want."""
    scheme, _, rest = url.partition("//")
    host, _, port = rest.rpartition(":")
    return f"{scheme}//[{host}]:{port}"
