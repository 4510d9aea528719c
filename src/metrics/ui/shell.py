"""The shell around the framework: the page's language and title, its German texts, and the security headers.

Pure ASGI: websockets and streamed answers pass through untouched; only the one HTML page is read and rewritten.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from functools import lru_cache
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from metrics.papers.slides_script import slides_script_source

FRAMEWORK_TITLE = b"<title>Streamlit</title>"
LANGUAGES = ("de", "en")  # the first is spoken unless the address says otherwise
GERMAN_TEXTS = b'<script defer src="./app/static/deutsch.js"></script>'
FOCUS = b'<script defer src="./app/static/focus.js"></script>'
KEEP = b'<script defer src="./app/static/keep.js"></script>'
PRESENT = b'<script defer src="./app/static/present.js"></script>'
WHOLE_TITLES = (
    b"<style>[data-testid=stPageLink] a > span, [data-testid=stMetric] [data-testid=stMetricValue] * "
    b"{ white-space: normal; overflow-wrap: anywhere; }</style>"
)
"""The framework cuts a link's text and a tile's number that are too long for their line, the number to "2.232 v…"."""
FONT = (
    b'<link rel="preload" href="./app/static/fonts/inter-latin-wght-normal.woff2" as="font" type="font/woff2"'
    b" crossorigin />"
)
NO_SCRIPT = {
    "de": "<noscript><p>Der Zukunftsplan braucht JavaScript. Bitte schalten Sie es im Browser ein.</p></noscript>",
    "en": "<noscript><p>Zukunftsplan needs JavaScript. Please switch it on in your browser.</p></noscript>",
}

# What the framework answers to anyone but nobody outside needs: counters of use, and driving the app without a browser.
CLOSED = re.compile(r"/_stcore/(metrics|agent|script-health-check)(/|$)")

HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}

_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_NO_SCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
_AGENT_LINK = re.compile(rb'<link rel="service-desc"[^>]*>')
_FRAMEWORK_FONT = re.compile(rb'<link\s+rel="preload"[^>]*as="font"[^>]*>', re.DOTALL)


def language_of(query: bytes) -> str:
    """The language that the address asks for (`?lang=en`), else German."""
    asked = parse_qs(query.decode("latin-1")).get("lang", [""])[-1]
    return asked if asked in LANGUAGES else LANGUAGES[0]


def content_security_policy(page: bytes = b"") -> bytes:
    """The policy: everything from here, nothing from elsewhere, no script but files and the page's own inline ones.

    The page that starts the app lets the script of a frozen presentation run as well: the frame that shows one obeys
    the policy of the page around it, and its own on top.
    Inline style is allowed because the framework and Plotly set it; a data: or blob: image is a chart or its export.
    """
    hashes = [base64.b64encode(hashlib.sha256(script).digest()).decode() for script in _INLINE_SCRIPT.findall(page)]
    presentation = [slides_script_source()] if hashes else []
    script = " ".join(["script-src 'self'", *(f"'sha256-{digest}'" for digest in hashes), *presentation])
    rules = [
        "default-src 'self'",
        script,
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
    return "; ".join(rules).encode()


@lru_cache(maxsize=8)  # the framework's page is one file: the same bytes for every visitor
def rewritten(page: bytes, language: str) -> tuple[bytes, bytes]:
    """The framework's page in `language` with our title, font and texts, and the policy that fits it.

    Any other page (a download, say) comes back as it is, and without leave to run scripts of its own.
    """
    if FRAMEWORK_TITLE not in page:
        return page, content_security_policy()
    page = page.replace(b'<html lang="en">', b'<html lang="%s">' % language.encode(), 1)
    page = page.replace(FRAMEWORK_TITLE, b"<title>Zukunftsplan</title>", 1)
    page = _NO_SCRIPT.sub(NO_SCRIPT[language].encode(), page)
    page = _AGENT_LINK.sub(b"", page)
    page = _FRAMEWORK_FONT.sub(FONT, page)
    page = page.replace(b'href="./favicon.png"', b'href="./app/static/favicon.png"', 1)
    page = page.replace(b"</head>", GERMAN_TEXTS + FOCUS + KEEP + PRESENT + WHOLE_TITLES + b"</head>", 1)
    return page, content_security_policy(page)


class Shell:
    """ASGI middleware around the whole application; a session begins when the event `warm` is set."""

    def __init__(self, app: ASGIApp, warm: asyncio.Event) -> None:
        self.app = app
        self.warm = warm

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self.warm.wait()
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif CLOSED.search(scope["path"]):
            await _not_found(send)
        else:
            await self.app(_readable(scope), receive, _Answer(scope, send))


class _Answer:
    """The way back: adds the headers, and holds a page until it is whole."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._language = language_of(scope["query_string"])
        self._send = send
        self._start: Message | None = None  # set while a page is being collected
        self._page = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = _secured(message["headers"])
            message = {**message, "headers": headers}
            if message["status"] == 200 and _is_plain_page(headers):
                self._start = message
                return
        elif self._start is not None:
            self._page += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._start)
            return
        await self._send(message)

    async def _send_page(self, start: Message) -> None:
        page, policy = rewritten(self._page, self._language) if self._page else (b"", content_security_policy())
        # The validators belong to the file as it lies on disk, not to what is sent.
        dropped = {b"content-length", b"etag", b"last-modified", b"accept-ranges", b"content-security-policy"}
        headers = [pair for pair in start["headers"] if pair[0] not in dropped]
        headers += [(b"content-security-policy", policy)]
        if page:  # an answer to HEAD has none and keeps its length to itself
            headers += [(b"content-length", b"%d" % len(page))]
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": page})


def _readable(scope: Scope) -> Scope:
    """The request without what would bring a page back compressed, in part, or as a file handle."""
    headers = scope["headers"]
    if not any(name == b"accept" and b"text/html" in value for name, value in headers):
        return scope
    hindering = {b"accept-encoding", b"range", b"if-none-match", b"if-modified-since"}
    extensions = {name: value for name, value in scope.get("extensions", {}).items() if "pathsend" not in name}
    return {**scope, "headers": [pair for pair in headers if pair[0] not in hindering], "extensions": extensions}


def _is_plain_page(headers: list[tuple[bytes, bytes]]) -> bool:
    present = dict(headers)
    return present.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in present


def _secured(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers with ours in place of any of the same name."""
    ours = HEADERS | {b"content-security-policy": content_security_policy()}
    return [(name.lower(), value) for name, value in headers if name.lower() not in ours] + list(ours.items())


async def _not_found(send: Send) -> None:
    headers = _secured([(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"9")])
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": b"Not found"})
