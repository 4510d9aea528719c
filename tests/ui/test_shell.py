"""The shell around the framework's page, tested against the page that the installed framework really serves."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp
from streamlit import file_util
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from metrics.papers.slides_script import slides_script_source
from metrics.ui.shell import Shell

ROOT = Path(__file__).resolve().parents[2]
FRAMEWORK = Path(file_util.get_static_dir())
GERMAN_TEXTS = ROOT / "pages" / "static" / "deutsch.js"
BROWSER = {"accept": "text/html,application/xhtml+xml", "accept-encoding": "gzip, br"}


class Answer(NamedTuple):
    """An HTTP answer as it leaves the application."""

    status: int
    headers: dict[str, str]
    body: bytes


async def _download(_request: Request) -> HTMLResponse:
    return HTMLResponse("<html><head></head><script>steal()</script></html>")


async def _counters(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("sessions 3")


async def _stream(_request: Request) -> StreamingResponse:
    return StreamingResponse(iter([b"one", b"two"]), media_type="text/csv")


APP = Starlette(
    routes=[
        Route("/media/export.html", _download),
        Route("/media/rows.csv", _stream),
        Route("/_stcore/metrics", _counters),
        Route("/_stcore/agent/interact", _counters, methods=["GET", "POST"]),
        Route("/_stcore/health", _counters),
        *create_streamlit_static_assets_routes(None),
    ],
    middleware=[Middleware(Shell, warm=asyncio.Event()), Middleware(GZipMiddleware, minimum_size=10)],
)


def run(app: ASGIApp, scope: Any, receive: Any, send: Any) -> None:
    """Let the application answer, in a thread of its own: in this one a browser test may have left its event loop."""

    async def answer() -> None:
        await app(scope, receive, send)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(answer())).result()


def ask(address: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
    """One request through the whole application, without a network."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},  # from 2.4 on a stream ends without asking for a farewell
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "server": ("127.0.0.1", 8501),
        "client": ("127.0.0.1", 50000),
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [
            (name.encode(), value.encode()) for name, value in (BROWSER if headers is None else headers).items()
        ],
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    run(APP, scope, receive, send)
    start = sent[0]
    received = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], received, b"".join(message.get("body", b"") for message in sent[1:]))


def test_the_page_is_german_unless_the_address_says_otherwise() -> None:
    assert b'<html lang="de">' in ask("/").body
    assert b'<html lang="de">' in ask("/ziele?lang=fr").body
    assert b'<html lang="en">' in ask("/ziele?lang=en").body


def test_a_language_in_the_address_cannot_bring_markup_into_the_page() -> None:
    page = ask("/?lang=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").body

    assert b'<html lang="de">' in page
    assert b"alert(1)" not in page


def test_the_page_bears_our_name_font_and_german_texts_and_nothing_of_the_agent_interface() -> None:
    page = ask("/").body.decode()

    assert "<title>Zukunftsplan</title>" in page
    assert "Streamlit</title>" not in page
    assert page.count("./app/static/deutsch.js") == 1
    assert page.index("./app/static/deutsch.js") < page.index("</head>")
    assert "_stcore/agent" not in page
    assert re.findall(r'rel="preload" href="([^"]+)"', page) == ["./app/static/fonts/inter-latin-wght-normal.woff2"]


@pytest.mark.parametrize(("address", "word"), [("/", "einschalten|schalten"), ("/?lang=en", "switch")])
def test_a_browser_without_scripts_is_told_so_in_its_language(address: str, word: str) -> None:
    (told,) = re.findall(r"<noscript>.*?</noscript>", ask(address).body.decode(), re.DOTALL)

    assert re.search(word, told)


def test_what_the_page_asks_for_from_our_folder_is_there() -> None:
    asked = re.findall(r'"\./app/static/([^"]+)"', ask("/").body.decode())

    assert sorted(asked) == sorted(set(asked))
    assert {"deutsch.js", "focus.js", "keep.js"} <= set(asked)
    assert [name for name in asked if not (ROOT / "pages" / "static" / name).is_file()] == []


def test_the_policy_allows_exactly_the_inline_scripts_that_the_page_has_and_that_of_the_presentation() -> None:
    answer = ask("/")
    inline = re.findall(rb"<script>(.*?)</script>", answer.body, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(script).digest()).decode() for script in inline]

    assert len(inline) == 1
    own = [f"'sha256-{digest}'" for digest in hashes]
    assert rules(answer)["script-src"] == ["'self'", *own, slides_script_source()]


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    policy = rules(ask("/"))

    assert policy["default-src"] == ["'self'"]
    assert policy["connect-src"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert not [source for sources in policy.values() for source in sources if "." in source or source == "*"]


@pytest.mark.parametrize("address", ["/", "/static/nothing-here.js", "/_stcore/health", "/media/rows.csv"])
def test_every_answer_carries_the_security_headers_once(address: str) -> None:
    headers = ask(address).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_a_page_is_never_compressed_stale_or_of_the_wrong_length() -> None:
    answer = ask("/", BROWSER | {"range": "bytes=0-9", "if-none-match": "*"})

    assert answer.status == 200
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert {"content-encoding", "etag", "last-modified"}.isdisjoint(answer.headers)


def test_asking_only_for_the_head_of_the_page_is_answered() -> None:
    answer = ask("/", method="HEAD")

    assert (answer.status, answer.body) == (200, b"")


def test_what_is_no_page_passes_through_as_it_is_and_may_be_compressed() -> None:
    assert ask("/media/rows.csv", {"accept": "*/*"}).body == b"onetwo"
    assert (
        ask("/static/" + first_script(), {"accept": "*/*", "accept-encoding": "gzip"}).headers["content-encoding"]
        == "gzip"
    )


def test_a_downloaded_page_stays_as_it_is_and_may_not_run_its_own_scripts() -> None:
    answer = ask("/media/export.html")

    assert answer.body == b"<html><head></head><script>steal()</script></html>"
    assert rules(answer)["script-src"] == ["'self'"]


@pytest.mark.parametrize(
    ("address", "method"),
    [
        ("/_stcore/metrics", "GET"),
        ("/_stcore/metrics/", "GET"),
        ("/_stcore/agent/interact", "POST"),
        ("/_stcore/agent/openapi.json", "GET"),
        ("/_stcore/agent/mcp", "POST"),
        ("/ziele/_stcore/agent/interact", "POST"),
    ],
)
def test_counters_and_the_agent_interface_are_closed_to_everyone(address: str, method: str) -> None:
    assert ask(address, method=method).status == 404


def test_the_health_check_stays_open() -> None:
    assert ask("/_stcore/health").status == 200


def test_a_session_waits_for_the_warm_up_and_passes_through_untouched() -> None:
    seen: list[Any] = []
    warm = asyncio.Event()

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        seen.append((scope, receive, send))

    scope, receive, send = {"type": "websocket", "path": "/_stcore/stream"}, object(), object()

    async def knock() -> None:
        session = asyncio.create_task(Shell(inner, warm)(scope, receive, send))  # type: ignore[arg-type]
        await asyncio.sleep(0.01)
        assert seen == []
        warm.set()
        await session

    asyncio.run(knock())

    assert seen == [(scope, receive, send)]


# --- the German texts ------------------------------------------------------------------------------------------------
ASSEMBLED_BY_THE_FRAMEWORK = {
    # put together from two constants: each half is looked up
    **{
        f"Press {key} to {end}": (f"to {start}", end)
        for key in ("Enter", "Ctrl+Enter", "⌘+Enter")
        for end, start in (("submit form", "${"), ("apply", "${"))
    },
    "The page that you have requested does not seem to exist. Running the app's main page.": (
        "The page that you have requested does not seem to exist",
        ". Running the app's main page.",
    ),
    "You can only select up to {} options. Remove an option first.": (
        "You can only select up to ",
        ". Remove an option first.",
    ),
    "File type must be one of {}": ("File type must be ", "one of "),
}


@pytest.fixture(scope="module")
def framework_texts() -> str:
    """All scripts of the installed framework, in one text."""
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(FRAMEWORK.rglob("*.js")))


def table(name: str) -> dict[str, str]:
    (found,) = re.findall(rf"const {name} = (\{{.*?\n  \}});", GERMAN_TEXTS.read_text(encoding="utf-8"), re.DOTALL)
    texts: dict[str, str] = json.loads(found)
    return texts


@pytest.mark.parametrize("name", ["PHRASES", "WORDS", "BLANKS"])
def test_every_translated_text_is_one_that_the_installed_framework_shows(name: str, framework_texts: str) -> None:
    texts = table(name)
    parts = {
        english: ASSEMBLED_BY_THE_FRAMEWORK.get(english)
        or tuple(part for part in re.split(r":? ?\{\}", english) if part)
        for english in texts
    }

    assert len(texts) > 15
    assert [english for english in texts if not all(part in framework_texts for part in parts[english])] == []


def test_every_blank_is_kept_in_the_translation() -> None:
    assert [
        english for english, german in table("BLANKS").items() if (english.count("{}"), german.count("{}")) != (1, 1)
    ] == []


def test_single_words_are_not_among_the_phrases_that_are_translated_everywhere() -> None:
    assert [
        english
        for english in table("PHRASES")
        if " " not in english and english not in ("Running...", "Stopping...", "(required)")
    ] == []


def rules(answer: Answer) -> dict[str, list[str]]:
    """The content security policy as {directive: sources}."""
    return {rule.split()[0]: rule.split()[1:] for rule in answer.headers["content-security-policy"].split("; ")}


def first_script() -> str:
    """The name of one of the framework's larger scripts."""
    return next(file.relative_to(FRAMEWORK / "static").as_posix() for file in sorted(FRAMEWORK.rglob("index*.js")))
