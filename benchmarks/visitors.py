"""Visitors at the level of the framework's own protocol: real messages over a real websocket, without a browser.

A visitor opens the app, goes from page to page and back, and reads until the server says that the script is finished.
Loopback only; bounded in number and time.
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LONGEST_WAIT = 60.0


@dataclass
class Visitor:
    """One visitor; `seconds` holds how long each rerun took, by page, `received` the bytes of each."""

    port: int
    number: int = 0
    pages: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    received: dict[str, list[int]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    _hash: str = ""

    async def open(self) -> None:
        """Connect and load the first page."""
        address = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        self._socket = await websockets.connect(
            address, subprotocols=[websockets.Subprotocol("streamlit")], max_size=None, open_timeout=LONGEST_WAIT
        )
        await self.rerun("", "first")

    async def close(self) -> None:
        """Leave."""
        await self._socket.close()

    async def rerun(self, page: str, label: str | None = None, query: str = "") -> float:
        """Run a page by its address (empty for the overview) and return the seconds until it was finished."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_script_hash = self.pages.get(page, self._hash)
        message.rerun_script.context_info.timezone = "Europe/Berlin"
        message.rerun_script.context_info.locale = "de-DE"
        message.rerun_script.context_info.url = f"http://127.0.0.1:{self.port}/{page}"
        begun, size = time.perf_counter(), 0
        await self._socket.send(message.SerializeToString())
        while True:
            data = await asyncio.wait_for(self._socket.recv(), LONGEST_WAIT)
            size += len(data)
            answer = ForwardMsg()
            answer.ParseFromString(data if isinstance(data, bytes) else data.encode())
            kind = answer.WhichOneof("type")
            if kind == "navigation":
                self.pages = {found.url_pathname: found.page_script_hash for found in answer.navigation.app_pages}
                self._hash = answer.navigation.page_script_hash
            elif kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
                self.faults.append(f"{page}: {answer.delta.new_element.exception.message[:200]}")
            elif kind == "script_finished":
                break
        seconds = time.perf_counter() - begun
        self.seconds.setdefault(label or page or "uebersicht", []).append(seconds)
        self.received.setdefault(label or page or "uebersicht", []).append(size)
        return seconds

    async def stroll(self, steps: int, think: float) -> None:
        """Click through the pages in a random order that is the same at every run."""
        chance = random.Random(self.number)
        try:
            await self.open()
            for _ in range(steps):
                await asyncio.sleep(chance.expovariate(1 / think))
                await self.rerun(chance.choice(sorted(self.pages)), "switch")
            await self.close()
        except (OSError, TimeoutError, websockets.WebSocketException) as error:
            self.faults.append(repr(error)[:200])


def percentile(values: list[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
