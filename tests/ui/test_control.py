"""The way of the command line into the running app: loopback only, with a secret, no detours."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import pytest
from starlette.applications import Starlette

from metrics.store.ledger import Store
from metrics.ui import control
from metrics.usecases.remote import Token, TokenNotPrivate, is_loopback, read_token_file, token_path, write_token_file

GOOD = {"command": "verify", "arguments": {"by": "Amt"}}


@pytest.fixture
def token(demo_store: Store) -> Iterator[str]:
    control.write_token(demo_store.path, "http://127.0.0.1:8501")
    found = read_token_file(demo_store.path)
    assert found is not None
    yield found.token
    control.remove_token(demo_store.path)


@dataclass(frozen=True)
class Answer:
    status: int
    data: Any


@dataclass(frozen=True)
class Caller:
    """Sends requests straight into the app, from an address of its choice."""

    store: Store
    address: str = "127.0.0.1"

    def send(self, order: Any = GOOD, *, method: str = "POST", **headers: str) -> Answer:
        content = order if isinstance(order, bytes) else json.dumps(order).encode()
        named = {"host": "127.0.0.1:8501"} | {name.lower().replace("_", "-"): text for name, text in headers.items()}
        scope = {
            "type": "http",
            "method": method,
            "path": "/api/control",
            "query_string": b"",
            "client": (self.address, 50000),
            "headers": [(name.encode(), text.encode()) for name, text in named.items()],
        }
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": content, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        app: Any = Starlette(routes=list(control.control_routes(lambda: self.store)))
        anyio.run(app, scope, receive, send)
        body = b"".join(message.get("body", b"") for message in sent)
        return Answer(sent[0]["status"], json.loads(body) if body.startswith(b"{") else body)


@pytest.fixture
def client(demo_store: Store) -> Caller:
    return Caller(demo_store)


def ask(client: Caller, token: str, order: Any = GOOD, **headers: str) -> Answer:
    return client.send(order, authorization=f"Bearer {token}", **headers)


def test_whoever_knows_the_token_is_served(client: Caller, token: str) -> None:
    answer = ask(client, token)
    assert (answer.status, answer.data) == (200, {"faults": [], "change_number": 1})


@pytest.mark.parametrize("wrong", ["", "x", "ä", "Bearer"])
def test_nobody_is_served_without_the_token(client: Caller, token: str, wrong: str) -> None:
    for header in (f"Bearer {wrong}", wrong, f"Basic {token}", f"Bearer {token}x", f"Bearer {token[:-1]}"):
        assert client.send(authorization=header).status == 401
    assert client.send().status == 401


def test_before_a_token_is_written_and_after_it_is_removed_nobody_is_served(demo_store: Store) -> None:
    client = Caller(demo_store)
    assert ask(client, "").status == 401
    control.write_token(demo_store.path, "http://127.0.0.1:8501")
    found = read_token_file(demo_store.path)
    assert found is not None
    assert ask(client, found.token).status == 200
    control.remove_token(demo_store.path)
    assert ask(client, found.token).status == 401
    assert not token_path(demo_store.path).exists()


@pytest.mark.parametrize("address", ["192.168.1.7", "10.0.0.1", "2001:db8::1", "::ffff:10.0.0.1", "testclient"])
def test_other_machines_are_refused(demo_store: Store, token: str, address: str) -> None:
    assert ask(Caller(demo_store, address), token).status == 403


@pytest.mark.parametrize("address", ["127.0.0.1", "127.3.2.1", "::1", "::ffff:127.0.0.1"])
def test_every_loopback_address_is_this_machine(demo_store: Store, token: str, address: str) -> None:
    assert ask(Caller(demo_store, address), token).status == 200


@pytest.mark.parametrize("host", ["zukunftsplan.example", "127.0.0.1.example:8501", "192.168.1.7", "localhost.example"])
def test_a_request_for_another_name_is_refused(client: Caller, token: str, host: str) -> None:
    assert ask(client, token, Host=host).status == 403


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Origin"]
)
def test_a_request_that_came_through_a_proxy_or_from_a_web_page_is_refused(
    client: Caller, token: str, header: str
) -> None:
    assert ask(client, token, **{header: "127.0.0.1"}).status == 403


def test_a_body_beyond_the_limit_is_refused(client: Caller, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control, "MOST_BYTES", 2000)
    order = {"command": "verify", "arguments": {"by": "Amt"}, "ballast": "x" * 2000}
    assert ask(client, token, order).status == 413


@pytest.mark.parametrize(
    "order",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b"\xff",
        [],
        {"command": "verify"},
        {"command": "drop", "arguments": {}},
        {"command": ["verify"], "arguments": {}},
        {"command": "verify", "arguments": None},
        {"command": "verify", "arguments": {}},
        {"command": "verify", "arguments": {"by": "Amt", "more": 1}},
        {"command": "import", "arguments": {"by": "Amt", "text": 7}},
        {"command": "assess", "arguments": {"by": "Amt", "as_of": "gestern"}},
    ],
)
def test_an_order_that_makes_no_sense_is_refused_and_changes_nothing(
    client: Caller, token: str, demo_store: Store, order: Any
) -> None:
    answer = ask(client, token, order)
    assert (answer.status, answer.data["refusal"]) == (422, "server_refused")
    assert demo_store.change_number() == 1


def test_a_refusal_of_a_use_case_travels_with_its_data(client: Caller, token: str) -> None:
    answer = ask(
        client,
        token,
        {"command": "import", "arguments": {"by": "Amt", "text": '{"records": 1}', "today": "2026-11-24"}},
    )
    assert answer.status == 409
    assert answer.data["refusal"] == "plan_file_broken"
    assert answer.data["data"]["problems"][0][:2] == [1, "records"]


def test_a_restore_needs_the_server_to_stop(client: Caller, token: str, demo_store: Store) -> None:
    answer = ask(client, token, {"command": "restore", "arguments": {"by": "Amt"}})
    assert (answer.status, answer.data["refusal"]) == (409, "server_must_stop")
    assert answer.data["data"] == {"path": str(demo_store.path), "holder": str(os.getpid())}


def test_other_methods_are_not_served(client: Caller, token: str) -> None:
    assert client.send(method="GET", authorization=f"Bearer {token}").status == 405


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights elsewhere")
def test_the_token_file_is_for_its_owner_alone_whatever_stood_there_before(tmp_path: Path) -> None:
    database, previous = tmp_path / "plan.duckdb", os.umask(0)
    try:
        token_path(database).write_text("stale", encoding="utf-8")
        token_path(database).chmod(0o666)
        (tmp_path / "plan.duckdb.token.arriving").write_text("left by a crash", encoding="utf-8")
        control.write_token(database, "http://0.0.0.0:8501")
    finally:
        os.umask(previous)
    assert stat.S_IMODE(token_path(database).stat().st_mode) == 0o600
    found = read_token_file(database)
    assert found is not None
    assert (found.url, found.pid, len(found.token) >= 32) == ("http://127.0.0.1:8501", os.getpid(), True)
    control.remove_token(database)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights elsewhere")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o620])
def test_a_token_file_that_others_may_touch_is_not_used(tmp_path: Path, mode: int) -> None:
    database = tmp_path / "plan.duckdb"
    write_token_file(database, Token("http://127.0.0.1:1", "secret", 1))
    token_path(database).chmod(mode)
    with pytest.raises(TokenNotPrivate):
        read_token_file(database)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"url": 1}', '{"url":"http://example.org","token":"x","pid":1}'])
def test_a_token_file_that_makes_no_sense_or_leads_elsewhere_is_none(tmp_path: Path, text: str) -> None:
    database = tmp_path / "plan.duckdb"
    token_path(database).write_text(text, encoding="utf-8")
    token_path(database).chmod(0o600)
    assert read_token_file(database) is None


def test_the_token_of_another_server_is_left_alone(tmp_path: Path) -> None:
    database = tmp_path / "plan.duckdb"
    control.write_token(database, "http://127.0.0.1:1")
    write_token_file(database, Token("http://127.0.0.1:2", "of another", 2))
    control.remove_token(database)
    assert read_token_file(database) == Token("http://127.0.0.1:2", "of another", 2)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("localhost", True), ("[::1]", True), ("127.0.0.1", True), ("0.0.0.0", False), ("", False), (None, False)],  # noqa: S104
)
def test_only_loopback_is_loopback(host: str | None, loopback: bool) -> None:
    assert is_loopback(host) is loopback
