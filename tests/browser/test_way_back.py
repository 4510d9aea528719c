"""From the sitting back into the plan, in a real browser: decided, carried out, seen at the indicator, told again."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from metrics.domain.committee import ProposedDecision
from metrics.domain.demands import ValueByDate
from metrics.usecases.access import Person, Role
from metrics.usecases.council import ORIGINS
from metrics.usecases.founding import found_store
from metrics.usecases.planning import add_record
from metrics.usecases.sittings import apply_decision
from tests.browser.conftest import ROOT, Server, settled
from tests.browser.test_accessibility import RULES
from tests.council import CouncilSystem, council_system
from tests.plan import a_follow_up, a_sitting, a_target, an_indicator

pytestmark = pytest.mark.browser

POINTS = (
    ProposedDecision(text="Der Zielwert der Gründungsquote wird auf 9 % angehoben.", indicator_id="I-NEU"),
    ProposedDecision(text="Die Mittel für die Gründungsberatung werden um zwei Jahre verlängert."),
    ProposedDecision(text="Das Reallabor wird fortgeführt."),
)
REASON = "Beschluss „Der Zielwert der Gründungsquote wird auf 9 % angehoben.“, Ausschuss für Wirtschaft am 19.11.2026"


@pytest.fixture(scope="module")
def council() -> Iterator[CouncilSystem]:
    """A council information system beside the app."""
    with council_system() as system:
        yield system


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, council: CouncilSystem) -> Iterator[Server]:
    """A running app with a sitting of last week, and the one that follows it."""
    database = tmp_path_factory.mktemp("store") / "plan.duckdb"
    found(database, council.address)
    running = Server(database)
    running.settings = {ORIGINS: council.origin}
    running.start()
    yield running
    running.stop()


def found(database: Path, address: str) -> None:
    """The demo plan, an indicator with a target, and two sittings."""
    at, by = datetime(2026, 11, 20, 9), Person("Amt", Role.administration)
    store = found_store(database, ROOT / "data" / "demo" / "plan.json", at)
    wanted = ValueByDate(value=7.0, due="2028", baseline=5.0, baseline_period="2024")
    told = {"title": "Gründungsquote", "goal_ids": ("Z-R",), "owner": "Statistikstelle", "deputy": "Amtsleitung"}
    for record in (
        an_indicator(id="I-NEU", **told),
        a_target(wanted, id="T-NEU", indicator_id="I-NEU"),
        a_sitting(held_on=date(2026, 11, 19), decisions=POINTS, paper_url=address),
        a_sitting(id="SI-2", title="Zukunftsplan: Bericht zum Jahresende"),
        a_follow_up(id="FU-ALT", title="Zielwert prüfen", point=3, target_id="T-NEU", owner="Statistikstelle"),
    ):
        add_record(store, record, by=by, at=at)
    add_record(store, a_target(wanted, id="T-ALT", indicator_id="I-NEU"), by=by, at=at)
    add_record(store, a_follow_up(id="FU-GETAN", target_id="T-ALT"), by=by, at=at)
    changed = a_target(wanted.model_copy(update={"value": 8.0}), id="T-ALT", indicator_id="I-NEU")
    apply_decision(store, "FU-GETAN", changed, 1, by=by, at=at, today=at.date())
    store.close()


def test_what_was_decided_changes_the_target_and_stands_in_the_next_paper(tab: Page, server: Server) -> None:
    tab.goto(f"{server.address}/sitzungen?id=SI-1")
    settled(tab)
    _record_both_points(tab)
    _change_the_target(tab)
    _see_it_at_the_indicator(tab)
    _see_it_in_the_next_paper(tab, server)
    kept = {each["point"]: each for each in server.plan()["follow_up"] if each.get("point")}
    assert (kept[1]["state"], kept[1]["follow_up_kind"], kept[1]["target_id"]) == ("done", "changed_decision", "T-NEU")
    assert (kept[2]["state"], kept[2]["result"]) == ("dropped", "Abgelehnt.")


def _record_both_points(page: Page) -> None:
    """The first with changes, the second rejected: a click, and save."""
    page.get_by_role("link", name="geändert beschlossen").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Beschlusskontrolle")
    settled(page)
    expect(page.get_by_label("Wortlaut *")).to_have_value(POINTS[0].text)
    page.get_by_label("Zuständig", exact=True).fill("Statistikstelle")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("status").filter(has_text="Gespeichert")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Zur Sitzung").click()
    expect(page.get_by_role("heading", level=2, name="Was die Sitzung ergab")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="abgelehnt", exact=True).click()
    settled(page)
    expect(page.get_by_label("Wortlaut *")).to_have_value(POINTS[1].text)
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("status").filter(has_text="Gespeichert")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Zur Sitzung").click()
    expect(page.get_by_text("Abgelehnt.")).to_be_visible()
    settled(page)
    expect(page.get_by_role("link", name="vertagt", exact=True)).to_have_count(0)


def _change_the_target(page: Page) -> None:
    """On the page of the decision, the indicator's own target is the first choice."""
    page.get_by_role("link", name=POINTS[0].text).click()
    expect(page.get_by_role("heading", level=2, name="Zielwert wie beschlossen ändern")).to_be_visible()
    settled(page)
    box = page.get_by_role("combobox", name="Welcher Zielwert wurde geändert oder gesetzt?")
    box.click()
    box.fill("T-NEU")
    page.get_by_role("option", name=re.compile("T-NEU")).first.click()
    expect(page.get_by_text(REASON)).to_be_visible()
    settled(page)
    page.get_by_label("Zielwert *", exact=True).fill("9")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Zielwert ändern").click()
    expect(page.get_by_role("heading", level=2, name="Der Zielwert ist geändert")).to_be_visible()
    settled(page)
    expect(page.get_by_role("table")).to_contain_text("Zielwert: 9")


def _see_it_at_the_indicator(page: Page) -> None:
    page.get_by_role("link", name="Zum Indikator").click()
    expect(page.get_by_role("heading", level=2, name="Letzte Änderungen")).to_be_visible()
    settled(page)
    expect(page.get_by_text(REASON)).to_be_visible()


def _see_it_in_the_next_paper(page: Page, server: Server) -> None:
    """What is frozen for the next sitting tells what became of this one's decisions."""
    page.goto(f"{server.address}/sitzungen?id=SI-2")
    settled(page)
    page.get_by_role("button", name="Jetzt einfrieren").click()
    expect(page.get_by_role("status").filter(has_text="Eingefroren als")).to_be_visible()
    settled(page)
    with page.expect_download(timeout=120_000) as download:
        page.get_by_role("button", name="Paket herunterladen").click()
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as package:
        name = next(name for name in package.namelist() if name.endswith(".json") and name != "paket.json")
        told = {item["text"]: item for item in json.loads(package.read(name))["follow_ups"]}
    assert told[POINTS[0].text]["state"] == "erledigt"
    assert told[POINTS[0].text]["result"].startswith("Der Zielwert ist geändert: ")
    assert told[POINTS[0].text]["from_sitting"] == "Ausschuss für Wirtschaft, 19.11.2026"
    assert (told[POINTS[1].text]["state"], told[POINTS[1].text]["result"]) == ("entfallen", "Abgelehnt.")


ADDRESSES = (
    "sitzungen?id=SI-1",
    "beschluesse?id=neu:postponed:SI-1:2",
    "beschluesse?id=FU-ALT",
    "beschluesse?id=FU-GETAN",
    "beschluesse",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_on_the_way_have_no_serious_finding(browser: Browser, server: Server, scheme: str) -> None:
    told = []
    with browser.new_context(locale="de-DE", color_scheme=scheme, bypass_csp=True) as context:  # type: ignore[arg-type]
        page = context.new_page()
        for address in ADDRESSES:
            page.goto(f"{server.address}/{address}")
            settled(page)
            if address == ADDRESSES[0]:
                page.get_by_role("button", name="Aus dem Ratsinformationssystem lesen").click()
                expect(page.get_by_text("2026/0815")).to_be_visible()
                settled(page)
            results = Axe().run(page, options=RULES)
            assert results.response["passes"], "the rules ran"
            found = [each for each in results.response["violations"] if each["impact"] in ("serious", "critical")]
            told += [f"{address}: {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
    assert told == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_wider_than_a_narrow_screen(tab: Page, server: Server, address: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(f"{server.address}/{address}")
    settled(tab)
    assert tab.evaluate("() => document.documentElement.scrollWidth") <= 390
