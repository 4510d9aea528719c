"""The offline presentation and the public site in a real browser: accessible, narrow enough, and turned by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from metrics.papers.html import offline_html
from metrics.papers.model import Paper
from metrics.papers.site import public_site
from tests.browser.conftest import browser_context_args, browser_type_launch_args
from tests.papers.samples import a_paper, large_paper, some_goals, year_points
from tests.papers.web_hostile import hostile

__all__ = ["browser_context_args", "browser_type_launch_args"]

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (390, 1024, 1440)
OPEN_TABLES = "() => document.querySelectorAll('details').forEach(each => { each.open = true })"


def with_secrets() -> Paper:
    """The sample, some values of which are withheld from the public."""
    goal = some_goals()[0]
    line = goal.indicators[0].model_copy(update={"points": year_points({2024: 2, 2025: 30, 2026: 47})})
    return a_paper(goals=(goal.model_copy(update={"indicators": (line, *goal.indicators[1:])}), *some_goals()[1:]))


PAPERS = {"sample": with_secrets(), "hostile": hostile(a_paper()), "large": large_paper(2, 9, 14)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both forms of each paper as files."""
    root = tmp_path_factory.mktemp("papers")
    for name, paper in PAPERS.items():
        files = public_site(paper) | {"offline.html": offline_html(paper)}
        for path, content in files.items():
            target = root / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    return root


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that keeps to the pages' own security policy."""
    context = browser.new_context(locale="de-DE", viewport={"width": 1440, "height": 810})
    yield context
    context.close()


@pytest.fixture
def tab(plain: BrowserContext) -> Iterator[Page]:
    """A tab in it that remembers every complaint."""
    page = plain.new_page()
    page.complaints = []  # type: ignore[attr-defined]
    page.on("console", lambda message: page.complaints.append(message.text))  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
    page.on("dialog", lambda dialog: page.complaints.append(dialog.message))  # type: ignore[attr-defined]
    yield page
    page.close()


@pytest.fixture(scope="module")
def examined(browser: Browser) -> Iterator[Page]:
    """A tab into which the examiner may be loaded."""
    context = browser.new_context(locale="de-DE", bypass_csp=True, viewport={"width": 1440, "height": 810})
    yield context.new_page()
    context.close()


def serious(page: Page) -> list[str]:
    """What axe finds grave."""
    response = Axe().run(page, options=RULES).response
    assert response["passes"], "the rules ran"
    grave = [found for found in response["violations"] if found["impact"] in ("serious", "critical")]
    return [
        f"{found['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for found in grave
        for node in found["nodes"]
    ]


def slides_of(page: Page) -> int:
    """How many slides there are."""
    return int(page.locator(".slide").count())


@pytest.mark.parametrize("paper", ["sample", "hostile"])
def test_no_slide_has_a_serious_finding(examined: Page, folder: Path, paper: str) -> None:
    address = (folder / paper / "offline.html").as_uri()
    examined.goto(address)
    for number in range(1, slides_of(examined) + 1):
        examined.goto(f"{address}#{number}")
        assert serious(examined) == [], number


@pytest.mark.parametrize("paper", list(PAPERS))
def test_no_page_of_the_site_has_a_serious_finding(examined: Page, folder: Path, paper: str) -> None:
    for file in sorted((folder / paper).glob("*.html")):
        if file.name != "offline.html":
            examined.goto(file.as_uri())
            examined.evaluate(OPEN_TABLES)
            assert serious(examined) == [], file.name


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_scrolls_sideways(tab: Page, folder: Path, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    too_wide = []
    for file in sorted(folder.glob("*/*.html")):
        tab.goto(file.as_uri())
        for number in range(1, max(1, slides_of(tab)) + 1):
            tab.goto(f"{file.as_uri()}#{number}")
            tab.evaluate(OPEN_TABLES)
            if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
                too_wide.append(f"{file.parent.name}/{file.name}#{number}")
    assert too_wide == []


def test_no_page_complains_or_asks_for_anything(tab: Page, folder: Path) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    for file in sorted(folder.glob("*/*.html")):
        tab.goto(file.as_uri())
    assert [address for address in asked if not address.startswith(("file:", "data:font/"))] == []
    assert tab.complaints == []  # type: ignore[attr-defined]


def test_the_font_of_the_slides_comes_with_them(tab: Page, folder: Path) -> None:
    tab.goto((folder / "sample" / "offline.html").as_uri())
    assert (
        tab.evaluate("document.fonts.ready.then(() => [...document.fonts].map(font => font.status))") == ["loaded"] * 2
    )


def test_keys_turn_the_slides(tab: Page, folder: Path) -> None:
    address = (folder / "sample" / "offline.html").as_uri()
    tab.goto(address)
    last = slides_of(tab)

    def shown() -> list[str]:
        return list(tab.evaluate("[...document.querySelectorAll('.slide')].filter(s => s.offsetParent).map(s => s.id)"))

    assert shown() == ["1"]
    for key, number in (
        ("ArrowRight", 2),
        ("PageDown", 3),
        ("Space", 4),
        ("ArrowLeft", 3),
        ("PageUp", 2),
        ("End", last),
        ("ArrowRight", last),
        ("Home", 1),
        ("ArrowLeft", 1),
    ):
        tab.keyboard.press(key)
        assert shown() == [str(number)], key
        assert tab.evaluate("location.hash") == f"#{number}"
        assert tab.evaluate("document.activeElement.id") == (f"m{number}")
    tab.goto(f"{address}#3")
    assert shown() == ["3"]
    tab.get_by_role("button", name="Nächste Folie").click()
    assert shown() == ["4"]
    tab.get_by_role("link", name="Fachkräfte sichern und gewinnen").click()
    expect(tab.locator("[id='7']")).to_be_visible()
    assert shown() == ["7"]


def test_f_fills_the_screen(tab: Page, folder: Path) -> None:
    tab.goto((folder / "sample" / "offline.html").as_uri())
    tab.keyboard.press("f")
    tab.wait_for_function("document.fullscreenElement !== null")
    tab.keyboard.press("f")
    tab.wait_for_function("document.fullscreenElement === null")


def test_space_on_a_table_opens_it_in_the_dialog_and_turns_nothing(tab: Page, folder: Path) -> None:
    tab.goto((folder / "sample" / "offline.html").as_uri() + "#5")
    tab.locator("[id='5'] .values summary").focus()
    tab.keyboard.press("Space")
    expect(tab.get_by_role("dialog", name="Werte als Tabelle")).to_be_visible()
    assert tab.evaluate("location.hash") == "#5"


CLIPPED = """() => {
  const slide = document.querySelector('.slide.on'), area = slide.getBoundingClientRect();
  const cut = [...slide.querySelectorAll('h1, h2, p, li, th, td, svg.chart, small, dd, summary')].filter(each => {
    const box = each.getBoundingClientRect();
    const outside = box.right > area.right + 1 || box.bottom > area.bottom + 1;
    const cut = each.clientWidth && each.scrollWidth > each.clientWidth + 1;
    return !each.closest('.heard') && box.width > 1 && each.checkVisibility() && (outside || cut);
  });
  const body = slide.querySelector('.body');
  const scrolls = body.scrollHeight > body.clientHeight + 1, page = document.documentElement.scrollHeight > innerHeight;
  return [...cut.map(each => each.outerHTML.slice(0, 80)), ...(scrolls ? ['body'] : []), ...(page ? ['page'] : [])];
}"""
STAGE = """() => {
  const box = document.querySelector('.slide.on').getBoundingClientRect();
  return [box.width, box.height];
}"""


@pytest.mark.parametrize("screen", [(1024, 768), (1440, 900), (1920, 1080)])
@pytest.mark.parametrize("wide", [True, False])
def test_nothing_of_the_sample_is_clipped_in_either_ratio(
    tab: Page, folder: Path, screen: tuple[int, int], wide: bool
) -> None:
    width, height = screen
    tab.set_viewport_size({"width": width, "height": height})
    tab.goto((folder / "sample" / "offline.html").as_uri())
    if (width / height > 1.5) != wide:
        tab.keyboard.press("v")
    ratio = 16 / 9 if wide else 4 / 3
    expect(tab.get_by_role("button", name="Seitenverhältnis wechseln")).to_contain_text("16:9" if wide else "4:3")
    for number in range(1, slides_of(tab) + 1):
        stage = tab.evaluate(STAGE)
        assert stage[0] / stage[1] == pytest.approx(ratio, abs=0.01)
        assert max(stage[0] / width, stage[1] / height) == pytest.approx(1, abs=0.01)
        assert tab.evaluate(CLIPPED) == [], number
        size = tab.evaluate("parseFloat(getComputedStyle(document.querySelector('.slide.on .body')).fontSize)")
        assert size >= 0.0225 * stage[1], "read from the last row"
        tab.keyboard.press("ArrowRight")


def test_what_is_longer_than_the_stage_is_reached_with_the_remote(tab: Page, folder: Path) -> None:
    tab.set_viewport_size({"width": 1024, "height": 768})
    tab.goto((folder / "hostile" / "offline.html").as_uri())
    for number in range(1, slides_of(tab) + 1):
        body = tab.locator(f"[id='{number}'] .body")
        presses = 0
        while body.evaluate("each => each.scrollHeight - each.clientHeight - each.scrollTop > 1"):
            assert body.get_attribute("tabindex") == "0"
            assert shown_in(tab) == str(number)
            tab.keyboard.press("PageDown")
            presses += 1
            assert presses < 20
        tab.keyboard.press("PageDown")
    assert shown_in(tab) == str(slides_of(tab))


def shown_in(page: Page) -> str:
    """The number of the slide that is shown."""
    return str(page.locator(".slide.on").get_attribute("id"))


def test_a_phone_shows_one_slide_at_a_time_and_scrolls_it(browser: Browser, folder: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((folder / "sample" / "offline.html").as_uri() + "#7")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wipe = """([from, to]) => {
      const at = x => new Touch({identifier: 1, target: document.body, clientX: x, clientY: 400});
      const tell = (name, x) => document.body.dispatchEvent(new TouchEvent(name, {bubbles: true,
        touches: name === "touchend" ? [] : [at(x)], changedTouches: [at(x)]}));
      tell("touchstart", from); tell("touchend", to);
    }"""
    for start, end, number in ((300, 80, "8"), (80, 300, "7"), (200, 170, "7")):
        page.evaluate(wipe, [start, end])
        assert shown_in(page) == number
    context.close()


# --- a presenter's remote -------------------------------------------------------------------------------------------


def test_a_number_and_enter_jump_to_a_slide(tab: Page, folder: Path) -> None:
    tab.goto((folder / "sample" / "offline.html").as_uri())
    tab.keyboard.type("12")
    expect(tab.locator("#asked")).to_have_text("12")
    tab.keyboard.press("Enter")
    assert shown_in(tab) == "12"
    tab.keyboard.type("99")
    tab.keyboard.press("Enter")
    assert shown_in(tab) == str(slides_of(tab))
    tab.keyboard.type("3")
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("Enter")
    assert shown_in(tab) == str(slides_of(tab) - 1), "what is not finished is forgotten"


@pytest.mark.parametrize("key", ["b", "."])
def test_the_screen_goes_black_and_any_key_brings_the_same_slide_back(tab: Page, folder: Path, key: str) -> None:
    tab.goto((folder / "sample" / "offline.html").as_uri() + "#4")
    tab.keyboard.press(key)
    dark = tab.locator("#dark")
    expect(dark).to_be_visible()
    assert dark.evaluate("each => [each.offsetWidth >= innerWidth, each.offsetHeight >= innerHeight]") == [True, True]
    tab.keyboard.press("PageDown")
    expect(dark).to_be_hidden()
    assert shown_in(tab) == "4"
    tab.keyboard.press("PageDown")
    assert shown_in(tab) == "5"


def test_the_key_that_starts_a_show_fills_the_screen_and_loses_no_slide(tab: Page, folder: Path) -> None:
    tab.goto((folder / "sample" / "offline.html").as_uri() + "#4")
    tab.evaluate("window.still = true")
    tab.keyboard.press("F5")
    tab.wait_for_function("document.fullscreenElement !== null")
    assert tab.evaluate("window.still") is True
    assert shown_in(tab) == "4"
    tab.keyboard.press("F5")
    tab.wait_for_function("document.fullscreenElement === null")


def test_the_button_fills_the_screen_and_a_drill_down_stays_on_top(tab: Page, folder: Path) -> None:
    tab.goto((folder / "sample" / "offline.html").as_uri() + "#5")
    tab.locator("[id='5'] .indicator summary").first.click()
    tab.keyboard.press("f")
    tab.wait_for_function("document.fullscreenElement !== null")
    on_top = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('dialog')?.id"
    tab.wait_for_function(f"{on_top} === 'sheet'")
    tab.keyboard.press("f")
    tab.wait_for_function("document.fullscreenElement === null")
    tab.keyboard.press("Escape")
    tab.get_by_role("button", name="Vollbild").click()
    tab.wait_for_function("document.fullscreenElement !== null")


# --- drill-down -----------------------------------------------------------------------------------------------------


def test_an_indicator_is_asked_about_by_keyboard_alone(tab: Page, folder: Path) -> None:
    tab.goto((folder / "sample" / "offline.html").as_uri() + "#7")
    summary = tab.locator("[id='7'] .indicator summary").nth(0)
    summary.focus()
    tab.keyboard.press("Enter")
    dialog = tab.get_by_role("dialog", name="Ausbildungspartnerschaften Schule–Betrieb")
    expect(dialog).to_be_visible()
    points = dialog.get_by_role("slider")
    points.focus()
    told = []
    for key in ("End", "ArrowLeft", "Home"):
        tab.keyboard.press(key)
        told.append(" ".join(str(points.get_attribute("aria-valuetext")).split()))
        assert " ".join(dialog.locator(".readout").inner_text().split()) == told[-1]
        assert dialog.locator("tr.here").count() == 1
    assert told == ["2026 · 27 Partnerschaften · vorläufig", "2025 · 25 Partnerschaften", "2022 · 18 Partnerschaften"]
    expect(dialog.get_by_role("table", name="Maßnahmen: Fachkräfte sichern und gewinnen")).to_be_visible()
    expect(dialog).to_contain_text("Koordinierungsstelle Übergang")
    assert shown_in(tab) == "7", "the arrows did not turn the slides"
    tab.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(summary).to_be_focused()
    assert tab.locator("[id='7'] .indicator .chart").count() == 3, "what was lifted out is back in its place"
    tab.keyboard.press("PageDown")
    assert shown_in(tab) == "8"


def test_the_pointer_reads_the_nearest_point_and_a_gap_is_told_as_a_gap(tab: Page, folder: Path) -> None:
    tab.goto((folder / "sample" / "offline.html").as_uri() + "#7")
    tab.locator("[id='7'] .way").nth(1).locator(".bullet").click()
    chart = tab.locator("#sheet .probe svg")
    box = chart.bounding_box()
    assert box
    readout = tab.locator("#sheet .readout")
    for share, said in ((0.16, "2022 · 128 Tage"), (0.5, "2024 · kein Wert"), (0.9, "2026 · 141 Tage")):
        tab.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        expect(readout).to_have_text(said.replace(" Tage", "\u00a0Tage"))


def test_a_measure_opens_its_details_and_the_remote_leads_out_of_them(tab: Page, folder: Path) -> None:
    tab.goto((folder / "sample" / "offline.html").as_uri() + "#6")
    tab.locator("[id='6'] summary", has_text="Netzwerk- und Hotspot-Veranstaltungen").click()
    dialog = tab.get_by_role("dialog", name="Netzwerk- und Hotspot-Veranstaltungen")
    expect(dialog).to_contain_text("läuft nach Plan")
    tab.keyboard.press("PageDown")
    expect(dialog).to_be_hidden()
    assert shown_in(tab) == "6"


def test_opened_drill_downs_have_no_serious_finding(examined: Page, folder: Path) -> None:
    for paper in ("sample", "hostile"):
        examined.goto((folder / paper / "offline.html").as_uri() + "#7")
        for place in range(examined.locator("[id='7'] summary").count()):
            examined.locator("[id='7'] summary").nth(place).focus()
            examined.keyboard.press("Enter")
            expect(examined.locator("#sheet")).to_be_visible()
            assert serious(examined) == [], (paper, place)
            examined.keyboard.press("Escape")


def test_printed_it_is_a_handout_with_open_tables(tab: Page, folder: Path) -> None:
    tab.goto((folder / "sample" / "offline.html").as_uri())
    slides = slides_of(tab)
    printed = tab.pdf(prefer_css_page_size=True)
    assert slides / 4 <= printed.count(b"/Type /Page\n") <= slides / 2
    assert tab.locator("details[open]").count() == 0


def test_without_script_all_slides_stand_below_one_another(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "sample" / "offline.html").as_uri())
    sections = page.locator(".slide")
    assert [sections.nth(place).is_visible() for place in range(sections.count())] == [True] * sections.count()
    context.close()
