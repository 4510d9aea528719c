"""A plan whose texts try to be more than text: every page shows them as they were written, and does nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Dialog, Page, expect

from metrics.domain.upkeep import ContributionState
from metrics.exchange.plan_file import read_plan
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.exchanging import import_plan
from metrics.usecases.inviting import invited_name
from metrics.usecases.rating import code_digest
from tests.browser.addresses import PAGES, RECORDS
from tests.browser.conftest import Server, settled
from tests.conftest import DEMO_PLAN, NOW
from tests.plan import a_contribution, a_meeting, an_invitation

pytestmark = pytest.mark.browser

FOREIGN = "evil.example"
HTML = f"<img src='https://{FOREIGN}/x.png' onerror='alert(1)'><b>fett</b><script>alert(2)</script>"
MARKDOWN = f"![Bild](https://{FOREIGN}/y.png) **stark** [Klick](javascript:alert(3)) :red[rot] $x^2$ `code`"
FORMULA = f"=HYPERLINK(\"https://{FOREIGN}\") <a href='javascript:alert(4)'>hier</a>"
EMOJI = "👩🏽‍🚒 Zukunft\u200b 🏳️‍🌈 ك"
LONG = ("Wort-ohne-Ende" * 30)[:300]
TEXTS = (HTML, MARKDOWN, FORMULA, EMOJI, LONG)
FREE = {
    *("title", "title_en", "subtitle", "text", "note", "owner", "deputy", "coordination", "territory", "unit"),
    *("hypothesis", "background", "question", "focus", "recommendation", "definition", "procedure", "method"),
    *("data_holder", "derivation", "publisher", "licence", "adopted_by", "role", "purpose", "conduct", "character"),
    *("guiding_principle", "benchmark", "target_unit", "description"),
}
NEXT_DOOR = " nebenan"
"""Ends the territories compared with: an indicator is not compared with its own."""
CODE = "ABCD-EFGH-JKLM"
HERE = {
    "ein Beitrag": "dialog?id=B-0",
    "ein Termin": "termine?id=T-0",
    "eine Einladung": f"einladung?code={CODE}",
}
"""What the demo plan has none of."""
KNOWN = ("_stcore/health", "_stcore/host-config")
"""What the framework asks for at deep links, in vain and without harm."""
OBEYED = f"""() => [...document.querySelectorAll(
  "a[href^='javascript:'], a[href*='{FOREIGN}'], img[src*='{FOREIGN}'], " +
  "main script, main [onerror], main b, main .katex"
)].filter(e => e.getAttribute("href") !== e.textContent).map(e => e.outerHTML.slice(0, 200))"""
"""What stands on the page because a text was obeyed; a written-out web address may be a link to just that address."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running app on the demo plan with every free text replaced."""
    path = tmp_path_factory.mktemp("hostile") / "plan.duckdb"
    _found(path)
    running = Server(path)
    running.start()
    yield running
    running.stop()


@pytest.mark.parametrize("name", [*PAGES, *RECORDS, *HERE])
def test_hostile_texts_stay_texts(same_tab: Page, server: Server, name: str) -> None:
    with _listening(same_tab) as (asked, complaints):
        same_tab.goto(f"{server.address}/{(PAGES | RECORDS | HERE)[name]}")
        settled(same_tab)
        expect(same_tab.get_by_test_id("stException")).to_have_count(0)
        assert same_tab.evaluate(OBEYED) == []
    assert asked, "requests are heard"
    assert [url for url in asked if not url.startswith((server.address, "data:", "blob:"))] == []
    assert complaints == []


def test_a_hostile_title_is_shown_letter_by_letter(tab: Page, server: Server) -> None:
    shown = set()
    for identifier in _first_of_each_text("goal"):
        tab.goto(f"{server.address}/ziele?id={identifier}")
        settled(tab)
        heading = tab.get_by_role("heading", level=2).first
        shown.add(heading.inner_text())
    assert shown == set(TEXTS)


@contextmanager
def _listening(page: Page) -> Iterator[tuple[list[str], list[str]]]:
    """What the page asks for and what it complains about meanwhile; afterwards nobody listens to the tab any more."""
    asked: list[str] = []
    complaints: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        complaints.append("dialog: " + dialog.message)
        dialog.dismiss()

    listeners: dict[str, Callable[[Any], None]] = {
        "request": lambda request: asked.append(request.url),
        "dialog": dismiss,
        "pageerror": lambda error: complaints.append(str(error)),
        "console": lambda message: complaints.extend(_told(message)),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    try:
        yield asked, complaints
    finally:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)


def _told(message: ConsoleMessage) -> list[str]:
    known = any(part in f"{message.location} {message.text}" for part in KNOWN)
    return [message.text] if message.type == "error" and not known else []


def _found(path: Path) -> None:
    """Bring the hostile plan in the way an office would: through the file format and its rules."""
    document = json.loads(DEMO_PLAN.read_text(encoding="utf-8"))
    for kind, records in document["records"].items():
        for index, record in enumerate(records):
            _poison(record, kind, index)
    store = Store.open(path, NOW, create=True)
    try:
        office = Person("Amt", Role.administration)
        import_plan(store, read_plan(json.dumps(document)), by=office, at=NOW, today=NOW.date())
        _say_things(store)
    finally:
        store.close()


def _say_things(store: Store) -> None:
    """Contributions of the office and of somebody who was invited, answers, a meeting, the invitation."""
    guest = invited_name("E-1")
    closed = {"state": ContributionState.adopted, "answered_on": NOW.date()}
    for index, text in enumerate(TEXTS):
        of_all = {"title": text, "text": text, "owner": text, "answer": text} | (closed if index % 2 else {})
        said = [a_contribution(id=f"B-{index}", **of_all), a_contribution(id=f"B-G{index}", **of_all)]
        for writer, contribution in zip(("Amt", guest), said, strict=True):
            with store.change(by=writer, at=NOW, action="contribute") as writing:
                writing.add([contribution])
    with store.change(by="Amt", at=NOW, action="add_meeting") as writing:
        writing.add([a_meeting(id="T-0", title=HTML, place=MARKDOWN, agenda=TEXTS, note=FORMULA)])
    store.register.put(an_invitation(message=f"{HTML}\n{MARKDOWN}", code_sha256=code_digest(CODE)), 0)


def _poison(record: dict[str, Any], kind: str, index: int) -> None:
    for name, value in record.items():
        if name in FREE and isinstance(value, str):
            record[name] = TEXTS[index % len(TEXTS)]
            if name == "territory" and kind != "indicator":
                record[name] = record[name][-280:] + NEXT_DOOR
        else:
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, dict):
                    _poison(part, kind, index)
    if kind == "source" and index % 2:
        record["url"] = "javascript:alert(5)"


def _first_of_each_text(kind: str) -> list[str]:
    records = json.loads(DEMO_PLAN.read_text(encoding="utf-8"))["records"][kind]
    return [record["id"] for record in records[: len(TEXTS)]]
