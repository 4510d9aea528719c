"""The doors of the web server: who may knock without sign-in, cookies for https alone, and back to where one was.

Pure ASGI, inside the shell: its answers get the shell's headers.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, unquote, urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from metrics.domain.refusals import OnlyOnThisMachine, Refusal
from metrics.locale.words import refusal_sentence
from metrics.ui import configured
from metrics.usecases.remote import PROXY_HEADERS, is_loopback
from metrics.usecases.sign_in_settings import CALLBACK

LOGIN = "/auth/login"
RETURN = "zukunftsplan_ziel"
RETURN_SECONDS = 600
LONGEST_RETURN = 2000
A_YEAR = b"max-age=31536000"
_SIGNS_OF_A_DETOUR = {name.encode() for name in PROXY_HEADERS}


class Doors:
    """ASGI middleware around the application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refusal = _refusal(scope)
        if refusal is None:
            await self.app(scope, receive, _Answer(scope, send) if scope["type"] == "http" else send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await _refuse(refusal, send)


def safe_path(text: str) -> str | None:
    """The text if it is a path of this very server, with or without a query; None for whatever leads elsewhere."""
    if not text.startswith("/") or text.startswith("//") or len(text) > LONGEST_RETURN:
        return None
    if "\\" in text or any(not sign.isprintable() or sign.isspace() for sign in text):
        return None
    parts = urlsplit(text)
    inner = unquote(parts.path)
    if parts.scheme or parts.netloc or inner.startswith("//") or "\\" in inner:
        return None
    return None if _of_the_framework(inner) else text


def _of_the_framework(path: str) -> bool:
    """Addresses that are no pages: to return there would end in a circle."""
    return any(part in ("auth", "oauth2callback", "_stcore", "media", "api") for part in path.split("/"))


def is_https(scope: Scope) -> bool:
    """Whether the browser reaches the program over https: itself, at the proxy, or by the public address."""
    forwarded = _header(scope, b"x-forwarded-proto").split(",")[0].strip().lower()
    try:
        known = configured.settings()
    except Refusal:
        known = None
    return scope.get("scheme") in ("https", "wss") or forwarded == "https" or bool(known and known.https)


class _Answer:
    """The way back: keeps cookies to https, and takes whoever signed in to where they came from."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": self._headers(list(message["headers"]))}
        await self._send(message)

    def _headers(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        path = self._scope["path"]
        if path.endswith(LOGIN):
            headers += _remembered(_header(self._scope, b"referer"))
        elif path.endswith(CALLBACK) and _redirects(headers):
            headers = _taken_back(self._scope, headers)
        if is_https(self._scope):
            headers = [(name, _secure(value) if name.lower() == b"set-cookie" else value) for name, value in headers]
            headers.append((b"strict-transport-security", A_YEAR))
        return headers


def _remembered(came_from: str) -> list[tuple[bytes, bytes]]:
    """A short cookie with the path of the page on which "Anmelden" was pressed."""
    parts = urlsplit(came_from)
    path = safe_path(parts.path + (f"?{parts.query}" if parts.query else ""))
    if path is None or path == "/":
        return []
    return [(b"set-cookie", _cookie(quote(path, safe=""), RETURN_SECONDS))]


def _taken_back(scope: Scope, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The provider's answer leads to the remembered page instead of the start page, once."""
    cookies = SimpleCookie()
    try:
        cookies.load(_header(scope, b"cookie"))
    except CookieError:
        return headers
    if RETURN not in cookies:
        return headers
    forgotten = (b"set-cookie", _cookie("", 0))
    path = safe_path(unquote(cookies[RETURN].value))
    if path is None:
        return [*headers, forgotten]
    return [(name, path.encode() if name.lower() == b"location" else value) for name, value in headers] + [forgotten]


def _cookie(value: str, seconds: int) -> bytes:
    return f"{RETURN}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax".encode()


def _secure(cookie: bytes) -> bytes:
    flags = {part.strip().lower() for part in cookie.split(b";")[1:]}
    return cookie if b"secure" in flags else cookie + b"; Secure"


def _redirects(headers: list[tuple[bytes, bytes]]) -> bool:
    return any(name.lower() == b"location" for name, _ in headers)


def _refusal(scope: Scope) -> Refusal | None:
    """Why this request gets nothing: the server is set up wrongly, or serves this machine only."""
    fault = configured.fault()
    if fault is not None:
        return fault
    if not configured.local():
        return None
    host = (scope.get("server") or (None, None))[0]
    detour = next((name for name, _ in scope["headers"] if name in _SIGNS_OF_A_DETOUR), None)
    if is_loopback(host) and detour is None:
        return None
    return OnlyOnThisMachine(address=detour.decode() if detour else str(host))


async def _refuse(refusal: Refusal, send: Send) -> None:
    body = "\n\n".join(refusal_sentence(refusal, language) for language in ("de", "en")).encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _header(scope: Scope, name: bytes) -> str:
    value: bytes = next((found for key, found in scope["headers"] if key == name), b"")
    return value.decode("latin-1")
