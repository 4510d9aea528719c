"""Fifty people who edit the same plan at once: real sessions on the real server, at the level of its protocol.

Each writer opens a record's form, types a remark that nobody else types, gives a reason and saves. Whoever finds that
somebody else was faster sees both versions, carries the own words over to the new one and saves again.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.visitors import LONGEST_WAIT, Visitor
from metrics.store.ledger import Store

REMARK, REASON = "Anmerkung", "Grund der Änderung *"
SAVE, CARRY_OVER = "Speichern", "Meine Angaben auf die neue Fassung übernehmen"
STORED, FASTER = "Gespeichert", "inzwischen gibt es Fassung"
MOST_TRIES = 60


@dataclass
class Writer(Visitor):
    """One writer.

    `saves`: the seconds until the page told what became of each save; `stored`: record and remark that the page said
    was stored; `conflicts`: how often the page showed somebody else's version.
    """

    saves: list[float] = field(default_factory=list)
    stored: list[tuple[str, str]] = field(default_factory=list)
    conflicts: int = 0
    _fields: dict[str, str] = field(default_factory=dict)
    _buttons: dict[str, str] = field(default_factory=dict)
    _texts: list[str] = field(default_factory=list)

    async def work(self, record: str, edits: int, think: float) -> None:
        """Edit one record (`goal:Z-A1`) again and again, with pauses of `think` seconds on average."""
        chance = random.Random(self.number)
        try:
            await self.open()
            await self._run(record)
            for turn in range(edits):
                await asyncio.sleep(chance.expovariate(1 / think) if think else 0)
                await self.write(record, f"Bemerkung {self.number}-{turn}")
            await self.close()
        except (OSError, TimeoutError, KeyError, websockets.WebSocketException) as error:
            self.faults.append(repr(error)[:200])

    async def write(self, record: str, remark: str) -> None:
        """Store one remark in the open form, however often somebody else is faster."""
        await self._run(record, typed={REMARK: remark, REASON: f"Grund {remark}"})
        for _ in range(MOST_TRIES):
            if SAVE not in self._buttons:  # somebody else stored since the form was opened
                self.conflicts += 1
                await self._run(record, pressed=CARRY_OVER)
                continue
            await self._run(record, pressed=SAVE)
            if any(text.startswith(STORED) for text in self._texts):
                self.stored.append((record, remark))
                return
            if not any(FASTER in text for text in self._texts):
                self.faults.append(f"{record}: neither stored nor told why: {self._texts[:6]}")
                return
        self.faults.append(f"{record}: somebody else was faster {MOST_TRIES} times")

    async def _run(self, record: str, *, typed: Mapping[str, str] | None = None, pressed: str = "") -> None:
        message = BackMsg()
        message.rerun_script.query_string = f"id={record}"
        message.rerun_script.page_script_hash = self.pages["plan"]
        message.rerun_script.context_info.timezone = "Europe/Berlin"
        message.rerun_script.context_info.locale = "de-DE"
        message.rerun_script.context_info.url = f"http://127.0.0.1:{self.port}/plan"
        for label, text in (typed or {}).items():
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = self._fields[label], text
        if pressed:
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.trigger_value = self._buttons[pressed], True
        self._fields, self._buttons, self._texts = {}, {}, []
        begun, saved_before = time.perf_counter(), len(self.saves)
        await self._socket.send(message.SerializeToString())
        while True:
            data = await asyncio.wait_for(self._socket.recv(), LONGEST_WAIT)
            answer = ForwardMsg()
            answer.ParseFromString(data if isinstance(data, bytes) else data.encode())
            kind = answer.WhichOneof("type")
            if kind == "script_finished":
                return
            if kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
                self._take(answer.delta.new_element)
                if pressed == SAVE and self._texts and len(self.saves) == saved_before:
                    self.saves.append(time.perf_counter() - begun)

    def _take(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind in ("text_input", "text_area"):
            found = getattr(element, kind)
            self._fields[found.label] = found.id
        elif kind == "button":
            self._buttons[element.button.label] = element.button.id
        elif kind == "alert":
            self._texts.append(element.alert.body)
        elif kind == "exception":
            self.faults.append(element.exception.message[:200])


async def at_work(port: int, records: list[str], *, writers: int, edits: int, think: float = 0.0) -> list[Writer]:
    """Let the writers work, all at once, spread over the records, and return them."""
    people = [Writer(port, number) for number in range(writers)]
    await asyncio.gather(*(one.work(records[one.number % len(records)], edits, think) for one in people))
    return people


def differences(database: Path, people: list[Writer], now: datetime) -> Counter[tuple[str, str]]:
    """What the plan's history and the pages disagree on: edits stored but not told, told but not stored, or doubled."""
    told = Counter(entry for person in people for entry in person.stored)
    found: Counter[tuple[str, str]] = Counter()
    with closing(Store.open(database, now)) as store:
        for address in {record for record, _ in told}:
            kind, _, identifier = address.partition(":")
            versions = [entry.record for entry in store.versions(kind, identifier)]
            found.update((address, str(version.note)) for version in versions[1:])
    return (found - told) + (told - found)
