"""The doors of the web server, tested without one."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote

import pytest

from metrics.ui.doors import RETURN, Doors, safe_path
from tests.usecases.test_sign_in_settings import WHOLE

LOCAL = ("127.0.0.1", 8501)


def ask(
    path: str = "/",
    *,
    server: Any = LOCAL,
    kind: str = "http",
    answer: tuple[tuple[bytes, bytes], ...] = (),
    **headers: str,
) -> tuple[int, list[tuple[str, str]], bool]:
    """Status, headers, and whether the application was reached."""
    reached: list[bool] = []
    sent: list[dict[str, Any]] = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        reached.append(True)
        await send({"type": "http.response.start", "status": 302, "headers": list(answer)})
        await send({"type": "http.response.body", "body": b""})

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    named = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    scope = {"type": kind, "path": path, "scheme": "http", "server": server, "headers": named}
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(Doors(app)(scope, receive, send))).result()  # type: ignore[arg-type]
    found = [(name.decode(), value.decode("latin-1")) for name, value in sent[0].get("headers", [])]
    return sent[0].get("status", sent[0].get("code", 0)), found, bool(reached)


def of(headers: list[tuple[str, str]], name: str) -> list[str]:
    return [value for key, value in headers if key == name]


@pytest.fixture
def signing_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (WHOLE | {"ZUKUNFTSPLAN_URL": "http://127.0.0.1:8501"}).items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(
    "path", ["/ziele", "/ziele?id=Z-R1", "/", "/plan?a=%2F%2Fboese.example", "/ziele?lang=en&id=a,b"]
)
def test_a_path_of_this_server_is_safe(path: str) -> None:
    assert safe_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "ziele",
        "//boese.example",
        "/\\boese.example",
        "/%5cboese.example",
        "/%2fboese.example",
        "https://boese.example/",
        "javascript:alert(1)",
        "/ziele\r\nSet-Cookie: a=b",
        "/zie le",
        "/ziele\x00",
        "/auth/logout",
        "/oauth2callback?code=1",
        "/media/abc.csv",
        "/_stcore/stream",
        "/" + "a" * 2000,
    ],
)
def test_whatever_leads_elsewhere_or_in_a_circle_is_not(path: str) -> None:
    assert safe_path(path) is None


@pytest.mark.usefixtures("signing_in")
def test_the_page_where_sign_in_began_is_remembered_for_a_short_time() -> None:
    _, headers, _ = ask("/auth/login", referer="http://127.0.0.1:8501/ziele?id=Z-R1")
    (cookie,) = of(headers, "set-cookie")
    assert cookie == f"{RETURN}={quote('/ziele?id=Z-R1', safe='')}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax"
    for came_from in ("", "http://127.0.0.1:8501/", "https://boese.example//weg", "http://127.0.0.1:8501/auth/logout"):
        assert of(ask("/auth/login", referer=came_from)[1], "set-cookie") == []


@pytest.mark.usefixtures("signing_in")
@pytest.mark.parametrize(
    ("remembered", "leads_to"),
    [("/ziele?id=Z-R1", "/ziele?id=Z-R1"), ("//boese.example", "/"), ("https://boese.example", "/"), ("", "/")],
)
def test_the_provider_s_answer_leads_back_there_once_and_never_elsewhere(remembered: str, leads_to: str) -> None:
    cookie = f"{RETURN}={quote(remembered, safe='')}"
    _, headers, _ = ask("/oauth2callback", answer=((b"location", b"/"),), cookie=cookie)
    assert of(headers, "location") == [leads_to]
    (forgotten,) = of(headers, "set-cookie")
    assert SimpleCookie(forgotten)[RETURN]["max-age"] == "0"
    assert of(ask("/oauth2callback", answer=((b"location", b"/"),))[1], "location") == ["/"]
    assert of(ask("/auth/logout", answer=((b"location", b"/x"),), cookie=cookie)[1], "location") == ["/x"]


@pytest.mark.usefixtures("signing_in")
def test_behind_https_every_cookie_is_for_https_alone_and_the_browser_is_told_to_stay() -> None:
    answer = ((b"set-cookie", b"_streamlit_user=1; HttpOnly"), (b"Set-Cookie", b"b=2; secure"))
    _, headers, _ = ask(answer=answer, x_forwarded_proto="https")
    assert of(headers, "set-cookie") + of(headers, "Set-Cookie") == [
        "_streamlit_user=1; HttpOnly; Secure",
        "b=2; secure",
    ]
    assert of(headers, "strict-transport-security") == ["max-age=31536000"]
    _, headers, _ = ask(answer=answer)
    assert of(headers, "set-cookie") == ["_streamlit_user=1; HttpOnly"]
    assert of(headers, "strict-transport-security") == []


def test_a_public_address_of_https_makes_cookies_secure_even_where_the_proxy_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in WHOLE.items():
        monkeypatch.setenv(name, value)
    assert of(ask(answer=((b"set-cookie", b"a=1"),))[1], "set-cookie") == ["a=1; Secure"]


@pytest.mark.parametrize(
    "knocking",
    [
        {"server": ("192.168.1.5", 8501)},
        {"server": ("/run/plan.sock", None)},
        {"server": None},
        {"x_forwarded_for": "192.168.1.9"},
        {"forwarded": "for=192.168.1.9"},
        {"x_forwarded_proto": "https"},
    ],
)
def test_the_local_mode_serves_nobody_from_elsewhere(knocking: dict[str, Any]) -> None:
    status, _, reached = ask("/ziele", **knocking)
    assert (status, reached) == (503, False)
    status, _, reached = ask("/_stcore/stream", kind="websocket", **knocking)
    assert (status, reached) == (1008, False)


def test_the_local_mode_serves_this_machine_and_with_sign_in_every_machine_is_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert ask("/ziele")[2]
    assert ask("/ziele", server=("::1", 8501))[2]
    for name, value in WHOLE.items():
        monkeypatch.setenv(name, value)
    assert ask("/ziele", server=("192.168.1.5", 8501), x_forwarded_for="10.0.0.7")[2]


def test_a_faulty_configuration_serves_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZUKUNFTSPLAN_OIDC_CLIENT_ID", "halb")
    assert ask("/ziele")[0] == 503
