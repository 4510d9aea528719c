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
        examined.evaluate(OPEN_TABLES)
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


def test_space_on_a_table_opens_it_and_turns_nothing(tab: Page, folder: Path) -> None:
    tab.goto((folder / "sample" / "offline.html").as_uri() + "#5")
    tab.locator("[id='5'] summary").focus()
    tab.keyboard.press("Space")
    assert tab.locator("[id='5'] details").get_attribute("open") is not None
    assert tab.evaluate("location.hash") == "#5"


@pytest.mark.parametrize("screen", [(1024, 768), (1280, 720), (1920, 1080)])
def test_the_sample_fits_on_screens_of_both_shapes(tab: Page, folder: Path, screen: tuple[int, int]) -> None:
    tab.set_viewport_size({"width": screen[0], "height": screen[1]})
    address = (folder / "sample" / "offline.html").as_uri()
    tab.goto(address)
    too_high = []
    for number in range(1, slides_of(tab) + 1):
        tab.goto(f"{address}#{number}")
        if tab.evaluate("document.documentElement.scrollHeight > innerHeight"):
            too_high.append(number)
    assert too_high == []


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
