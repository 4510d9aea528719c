"""A council information system on this machine, which answers as a test wants it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATH = "/oparl/v1.1/paper/2711"
PAPER: dict[str, Any] = {
    "id": "https://ris.example" + PATH,
    "type": "https://schema.oparl.org/1.1/Paper",
    "name": "Zukunftsplan: Stand der Umsetzung 2026",
    "reference": "2026/0815",
    "date": "2026-11-12",
    "paperType": "Beschlussvorlage",
    "mainFile": {"id": "https://ris.example/file/1", "type": "https://schema.oparl.org/1.1/File"},
    "consultation": [
        {
            "id": "https://ris.example/consultation/1",
            "type": "https://schema.oparl.org/1.1/Consultation",
            "role": "Vorberatung",
            "authoritative": False,
            "organization": [{"name": "Ausschuss für Wirtschaft", "shortName": "WA"}],
            "meeting": {"start": "2026-11-19T17:00:00+01:00"},
            "agendaItem": {"number": "Ö 4", "name": "Zukunftsplan", "result": "einstimmig empfohlen"},
        },
        {
            "role": "Entscheidung",
            "authoritative": True,
            "organization": [{"name": "Rat der Stadt"}],
            "meeting": {"start": "2026-12-10T16:00:00+01:00"},
        },
        {"role": "Kenntnisnahme", "organization": ["https://ris.example/organization/7"]},
    ],
}

Answer = Callable[[BaseHTTPRequestHandler], None]


def with_body(body: bytes, status: int = 200, **headers: str) -> Answer:
    """Answer with these bytes."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def with_paper(**over: Any) -> Answer:
    """Answer with the paper, changed as the test wants it."""
    return with_body(json.dumps(PAPER | over).encode(), Content_Type="application/json")


class CouncilSystem:
    """A running server: its `origin`, the `address` of its paper, what was `asked` of it."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[str] = []
        self.over = threading.Event()
        system = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                system.asked.append(self.path)
                with suppress(OSError):  # whoever asked has hung up
                    answer(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.address = self.origin + PATH
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """End, also for an answer that would go on for ever."""
        self.over.set()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def council_system(answer: Answer | None = None) -> Iterator[CouncilSystem]:
    """A server that answers so, with the paper if nothing else is said."""
    system = CouncilSystem(answer or with_paper())
    system.start()
    try:
        yield system
    finally:
        system.stop()
