"""A council information system is a stranger: what it says is read within bounds, and nowhere else."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from metrics.domain.committee import ConsultationStep, SittingRole
from metrics.domain.refusals import (
    CouncilAnswerTooLarge,
    CouncilHostNotAllowed,
    CouncilSystemNotReached,
    CouncilSystemRedirects,
    CouncilSystemTooSlow,
    NotAnOparlPaper,
    Refusal,
)
from metrics.exchange.oparl import (
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_CONSULTATIONS,
    CouncilPaper,
    Origin,
    fetch_paper,
    origin_of,
    read_paper,
)
from tests.council import PAPER, PATH, CouncilSystem, council_system, with_body, with_paper

QUICK = 0.4
"""Seconds that a slow server is given here."""


def fetched(system: CouncilSystem, **told: Any) -> CouncilPaper:
    origin = origin_of(system.origin)
    assert origin is not None
    return fetch_paper(system.address, {origin}, **told)


def read(**over: Any) -> CouncilPaper:
    return read_paper(json.dumps(PAPER | over).encode(), "ris.example")


def test_a_paper_is_read_with_its_way_through_the_committees() -> None:
    with council_system() as system:
        paper = fetched(system)
    assert system.asked == [PATH], "one question, and none about what it points to"
    assert (paper.name, paper.reference) == ("Zukunftsplan: Stand der Umsetzung 2026", "2026/0815")
    assert (paper.dated, paper.kind) == (date(2026, 11, 12), "Beschlussvorlage")
    first, second, third = paper.consultations
    assert (first.committee, first.held_on, first.result) == (
        "Ausschuss für Wirtschaft",
        date(2026, 11, 19),
        "einstimmig empfohlen",
    )
    assert first.agenda_item == "Ö 4 Zukunftsplan"
    assert [step.sitting_role for step in paper.consultations] == [
        SittingRole.preliminary,
        SittingRole.decision,
        SittingRole.noting,
    ]
    assert (second.committee, third.committee, third.held_on) == ("Rat der Stadt", None, None)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_both_versions_and_both_spellings_of_the_type_are_known(scheme: str, version: str) -> None:
    assert read(type=f"{scheme}://schema.oparl.org/{version}/Paper").reference == "2026/0815"


def test_a_paper_that_says_nothing_but_its_type_is_one() -> None:
    paper = read_paper(b'\xef\xbb\xbf{"type": "https://schema.oparl.org/1.1/Paper"}', "ris.example")
    assert paper == CouncilPaper(None, None, None, None, ())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"kein JSON",
        b"[]",
        b"\xff\xfe{}",
        b'{"type": "https://schema.oparl.org/1.1/Paper", "name": 5}',
        b'{"type": "https://schema.oparl.org/1.1/Paper", "consultation": {}}',
        b'{"type": "https://schema.oparl.org/1.1/Paper"',
        b'{"name": "ohne Typ"}',
        b'{"type": "https://schema.oparl.org/1.1/Meeting"}',
        b'{"type": "https://schema.oparl.org.example/1.1/Paper"}',
        b"[" * 200_000,
        b'{"type": "https://schema.oparl.org/1.1/Paper", "x": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001,
        json.dumps(PAPER | {"consultation": [{}] * (MOST_CONSULTATIONS + 1)}).encode(),
    ],
    ids=range(13),
)
def test_whatever_is_no_paper_is_refused_as_such(content: bytes) -> None:
    with council_system(with_body(content)) as system, pytest.raises(NotAnOparlPaper):
        fetched(system)


def test_hostile_texts_come_in_as_one_line_each_within_bounds() -> None:
    endless = "Wort \u202e\x00\n" * 10_000
    step = {"organization": [{"name": endless}], "agendaItem": {"result": endless}, "role": endless}
    paper = read(name=endless, reference="<img src=x onerror=alert(1)>\r\nX: 1", consultation=[step])
    assert paper.reference == "<img src=x onerror=alert(1)> X: 1"
    (told,) = paper.consultations
    for text, most in ((paper.name, LONGEST_TEXT), (told.committee, LONGEST_NAME), (told.result, LONGEST_TEXT)):
        assert text is not None
        assert len(text) <= most
        assert text.isprintable()
    step = {"committee": told.committee, "held_on": "2026-12-10", "role": "noting", "result": told.result}
    assert ConsultationStep.model_validate(step).result == told.result, "what is taken over fits the form"


@pytest.mark.parametrize("value", ["morgen", "2026-13-01", "", "0000-00-00"])
def test_a_day_that_is_none_is_left_out(value: str) -> None:
    assert read(date=value).dated is None


# --- who is asked at all ---


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ris.example/paper",
        "file:///etc/passwd",
        "ftp://ris.example/paper",
        "http://ris.example/paper",
        "https://ris.example:8443/paper",
        "https://ris.example.evil.example/paper",
        "https://evil.example/https://ris.example/paper",
        "https://ris.example@evil.example/paper",
        "https://user:secret@ris.example/paper",
        "https://127.0.0.1/paper",
        "https://[::1",
        "https://ris.example:99999/paper",
        "https://" + "a" * 100 + ".example/",
    ],
)
def test_nobody_is_asked_but_the_allowed_origins(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> socket.socket:
        raise AssertionError("somebody was asked")

    monkeypatch.setattr(socket, "create_connection", never)
    with pytest.raises(CouncilHostNotAllowed):
        fetch_paper(address, {Origin("https", "ris.example", 443)})


def test_an_origin_is_known_by_scheme_host_and_port_however_it_is_spelt() -> None:
    assert origin_of("HTTPS://RIS.Example./x?y#z") == Origin("https", "ris.example", 443)
    assert origin_of("https://räte.example") == Origin("https", "xn--rte-qla.example", 443)
    assert [str(origin_of(text)) for text in ("http://[::1]:80/", "https://ris.example:8443")] == [
        "http://[::1]",
        "https://ris.example:8443",
    ]


def test_the_path_is_asked_for_as_it_stands_and_carries_nothing_else() -> None:
    with council_system() as system:
        origin = origin_of(system.origin)
        assert origin is not None
        fetch_paper(system.origin + "/ö paper?id=1 2#teil", {origin})
    assert system.asked == ["/%C3%B6%20paper?id=1%202"]


# --- how it answers ---


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirection_is_not_followed(status: int) -> None:
    with council_system() as other:
        moved = with_body(b"", status, Location=other.address)
        with council_system(moved) as system, pytest.raises(CouncilSystemRedirects):
            fetched(system)
        assert other.asked == []


@pytest.mark.parametrize("status", [204, 401, 404, 500])
def test_an_answer_that_is_no_success_is_named(status: int) -> None:
    with council_system(with_body(b"", status)) as system, pytest.raises(CouncilSystemNotReached) as refused:
        fetched(system)
    assert refused.value.data == {"host": "127.0.0.1", "detail": f"HTTP {status}"}


def test_nobody_there_is_said_as_such() -> None:
    with council_system() as system:
        pass
    with pytest.raises(CouncilSystemNotReached) as refused:
        fetched(system)
    assert refused.value.data["detail"] == "ConnectionRefusedError"


def test_a_server_that_speaks_no_tls_is_no_https_server() -> None:
    with council_system() as system:
        address = system.address.replace("http:", "https:")
        origin = origin_of(address)
        assert origin is not None
        with pytest.raises(CouncilSystemNotReached) as refused:
            fetch_paper(address, {origin})
    assert refused.value.data["detail"] == "HTTPS"


def test_packed_content_is_not_unpacked() -> None:
    with council_system(with_body(b"\x1f\x8b", Content_Encoding="gzip")) as system, pytest.raises(NotAnOparlPaper):
        fetched(system)


@pytest.mark.parametrize("size", [{}, {"Content-Length": str(10**12)}], ids=["unsaid", "promised"])
def test_an_endless_body_is_left_at_the_limit(size: dict[str, str]) -> None:
    sent = 0

    def endless(request: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        request.send_response(200)
        for name, value in size.items():
            request.send_header(name, value)
        request.end_headers()
        while True:
            sent += request.wfile.write(b" " * 65_536)

    with council_system(endless) as system, pytest.raises(CouncilAnswerTooLarge):
        fetched(system)
    assert 1_000_000 < sent < 50_000_000, "a little over the limit lies in the system's buffers"


def test_a_body_at_the_limit_is_read() -> None:
    body = json.dumps(PAPER).encode()
    with council_system(with_body(body)) as system:
        assert fetched(system, most=len(body)).reference == "2026/0815"
        with pytest.raises(CouncilAnswerTooLarge):
            fetched(system, most=len(body) - 1)


def drip(part: str, system_over: threading.Event, request: BaseHTTPRequestHandler) -> None:
    """A byte every 50 ms, which would begin a socket's time anew each time."""
    if part == "body":
        request.send_response(200)
        request.end_headers()
    else:
        request.wfile.write(b"HTTP/1.0 200 OK\r\nX: ")
    while not system_over.wait(0.05):
        request.wfile.write(b" ")
        request.wfile.flush()


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_server_that_drips_is_left_when_its_time_is_over_and_its_thread_ends(part: str) -> None:
    over = threading.Event()
    before = threading.active_count()
    with council_system(lambda request: drip(part, over, request)) as system:
        assert told_in_time(lambda: fetched(system, seconds=QUICK)).data["seconds"] == QUICK
        over.set()
    assert no_thread_is_left(before)


@contextmanager
def silent_listener() -> Iterator[str]:
    """Somebody who takes a connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"127.0.0.1:{listener.getsockname()[1]}/paper"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_never_says_a_word_is_left_too(scheme: str) -> None:
    before = threading.active_count()
    with silent_listener() as place:
        address = f"{scheme}://{place}"
        origin = origin_of(address)
        assert origin is not None
        told_in_time(lambda: fetch_paper(address, {origin}, seconds=QUICK))
    assert no_thread_is_left(before)


def told_in_time(ask: Any) -> Refusal:
    began = time.monotonic()
    with pytest.raises((CouncilSystemTooSlow, CouncilSystemNotReached)) as refused:
        ask()
    assert time.monotonic() - began < 10 * QUICK
    assert isinstance(refused.value, CouncilSystemTooSlow), refused.value
    return refused.value


def no_thread_is_left(before: int) -> bool:
    ends = time.monotonic() + 10
    for thread in threading.enumerate():
        if thread.name == "oparl":
            thread.join(max(0.0, ends - time.monotonic()))
    return threading.active_count() <= before and not any(one.name == "oparl" for one in threading.enumerate())


def test_a_paper_is_answered_while_others_wait() -> None:
    with council_system(with_paper(name="Eine Vorlage")) as system:
        assert fetched(system).name == "Eine Vorlage"
