"""A frozen presentation in the running app: turned, asked and filled by keys, and alive when network and server go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from metrics.usecases.access import Person, Role
from metrics.usecases.founding import found_store
from metrics.usecases.planning import add_record
from metrics.usecases.sittings import freeze
from tests.browser.conftest import ROOT, Server, settled
from tests.browser.test_accessibility import RULES
from tests.plan import a_sitting

pytestmark = pytest.mark.browser

FOUNDED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC).replace(tzinfo=None)
OFFICE = Person("Amt", Role.leadership)
ADDRESS = "praesentation?id=SI-1.1"


@pytest.fixture(scope="module")
def presenting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running app on the demo plan, frozen for a public sitting."""
    path = tmp_path_factory.mktemp("store") / "plan.duckdb"
    store = found_store(path, ROOT / "data" / "demo" / "plan.json", FOUNDED)
    add_record(store, a_sitting(), by=OFFICE, at=FOUNDED)
    freeze(store, "SI-1", by=OFFICE, at=FOUNDED, today=date(2026, 11, 24), include_illustrative=True)
    store.close()
    running = Server(path)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def room(browser: Browser) -> Iterator[BrowserContext]:
    """The browser at the projector."""
    context = browser.new_context(locale="de-DE", viewport={"width": 1440, "height": 900})
    yield context
    context.close()


def opened(page: Page, server: Server) -> FrameLocator:
    """The presentation, once its first slide has the keyboard."""
    page.goto(f"{server.address}/{ADDRESS}")
    frame = page.frame_locator(".st-key-vorfuehrung iframe")
    expect(frame.locator("#m1")).to_be_focused()
    return frame


def on(frame: FrameLocator) -> str:
    """The number of the slide that is shown."""
    return str(frame.locator(".slide.on").get_attribute("id"))


def fullscreen(frame: FrameLocator, wanted: bool) -> None:
    """Wait until the presentation fills the screen, or no longer does."""
    asked = frame.locator("html")
    for_script = f"""() => new Promise(done => {{
      const look = () => Boolean(document.fullscreenElement) === {str(wanted).lower()} ? done() : setTimeout(look, 20);
      look();
    }})"""
    asked.evaluate(for_script)


def test_it_takes_the_window_and_the_keys_without_a_click(presenting: Server, room: BrowserContext) -> None:
    page = room.new_page()
    frame = opened(page, presenting)
    assert frame.locator("html").evaluate("() => [innerWidth, innerHeight]") == [1440, 900]
    for key, number in (("ArrowRight", "2"), ("PageDown", "3"), ("PageUp", "2"), ("End", None), ("Home", "1")):
        page.keyboard.press(key)
        assert number is None or on(frame) == number
    page.keyboard.press("f")
    fullscreen(frame, True)
    page.keyboard.press("f")
    fullscreen(frame, False)
    frame.get_by_role("button", name="Vollbild").click()
    fullscreen(frame, True)


def test_keys_reach_it_wherever_the_focus_went(presenting: Server, room: BrowserContext) -> None:
    page = room.new_page()
    frame = opened(page, presenting)
    page.evaluate("document.activeElement.blur()")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.keyboard.press("PageDown")
    expect(frame.locator("#m2")).to_be_focused()


@pytest.mark.parametrize("way", ["key", "button"])
def test_it_leads_back_to_the_sitting(presenting: Server, room: BrowserContext, way: str) -> None:
    page = room.new_page()
    frame = opened(page, presenting)
    if way == "key":
        page.keyboard.press("Escape")
    else:
        frame.get_by_role("button", name="Beenden").click()
    page.wait_for_url("**/sitzungen?id=SI-1", timeout=60_000)


def test_escape_closes_what_is_open_first(presenting: Server, room: BrowserContext) -> None:
    page = room.new_page()
    frame = opened(page, presenting)
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    summary = frame.locator("[id='4'] .indicator summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(frame.locator("#sheet")).to_be_visible()
    page.keyboard.press("Escape")
    expect(frame.locator("#sheet")).to_be_hidden()
    expect(summary).to_be_focused()
    assert page.url.endswith(ADDRESS)


def test_it_goes_on_without_network_and_server_and_is_the_same_when_they_return(
    presenting: Server, room: BrowserContext
) -> None:
    page = room.new_page()
    frame = opened(page, presenting)
    frame.locator("html").evaluate("() => { window.first = true }")
    room.set_offline(True)
    page.keyboard.press("PageDown")
    assert on(frame) == "2"
    room.set_offline(False)
    presenting.kill()
    expect(page.get_by_test_id("stDialog")).to_have_count(1)  # the framework says that its server is gone, beneath
    assert page.get_by_test_id("stDialog").is_hidden()
    covered = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).tagName"
    assert page.evaluate(covered) == "IFRAME"
    frame.get_by_role("button", name="Nächste Folie").click()  # what lies beside a dialog would not answer the pointer
    assert on(frame) == "3"
    frame.locator("[id='3'] a").first.click()
    assert on(frame) == "4"
    frame.locator("[id='4'] .indicator summary").first.click()
    dialog = frame.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("slider")).to_be_visible()
    page.keyboard.press("Escape")
    expect(frame.locator("[id='4'] .indicator summary").first).to_be_focused()
    page.keyboard.press("b")
    expect(frame.locator("#dark")).to_be_visible()
    page.keyboard.press("b")
    presenting.start()
    expect(page.get_by_test_id("stDialog")).to_have_count(0)
    settled(page)
    assert on(frame) == "4"
    assert frame.locator("html").evaluate("() => window.first") is True


@pytest.mark.parametrize("screen", [(1440, 900), (1024, 768), (390, 844)])
def test_every_slide_of_the_demo_plan_fits(presenting: Server, room: BrowserContext, screen: tuple[int, int]) -> None:
    page = room.new_page()
    page.set_viewport_size({"width": screen[0], "height": screen[1]})
    frame = opened(page, presenting)
    flowing = screen[0] < 700
    box = "document.documentElement" if flowing else "document.querySelector('.slide.on .body')"
    too_large = f"""() => {{
      const page = document.documentElement, box = {box};
      return [page.scrollWidth > innerWidth, box.scrollHeight > box.clientHeight + 1];
    }}"""
    for number in range(1, frame.locator(".slide").count() + 1):
        wide, high = frame.locator("html").evaluate(too_large)
        assert not wide, number
        assert flowing or not high, number
        page.keyboard.press("ArrowRight")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_neither_a_slide_nor_a_drill_down_has_a_serious_finding(
    presenting: Server, browser: Browser, scheme: str
) -> None:
    context = browser.new_context(locale="de-DE", color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    frame = opened(page, presenting)
    settled(page)
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    for number_of_state in range(2):
        found = Axe().run(page, options=RULES).response
        assert found["passes"], "the rules ran"
        grave = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
        assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in grave] == [], number_of_state
        frame.locator("[id='4'] .indicator summary").first.focus()
        page.keyboard.press("Enter")
    expect(frame.locator("#sheet")).to_be_visible()
    context.close()


def test_a_visitor_without_a_mouse_finds_the_living_walk_and_what_was_frozen(presenting: Server, tab: Page) -> None:
    tab.goto(f"{presenting.address}/praesentation")
    settled(tab)
    tab.get_by_role("button", name="Aus einer Sitzung").press("Enter")
    tab.get_by_role("link", name="Zukunftsplan: Stand der Umsetzung").press("Enter")
    expect(tab.frame_locator(".st-key-vorfuehrung iframe").locator("#m1")).to_be_visible()
