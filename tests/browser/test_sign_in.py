"""Sign-in with a real OpenID provider: who comes in as what, and who does not."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, WebSocket, expect

from metrics.domain.audit import AuditEvent
from metrics.store import audit
from metrics.store.ledger import Store
from tests.browser.addresses import PAGES, RECORDS, VIEWS
from tests.browser.conftest import ROOT, Server, settled
from tests.browser.openid import Provider, give_name, press_sign_in, protected, sign_in

pytestmark = pytest.mark.browser
ENTRANCE = "Anmelden"
USER_COOKIE = "_streamlit_user"
NewBrowser = Callable[[], BrowserContext]


@pytest.fixture
def new_browser(browser: Browser) -> Iterator[NewBrowser]:
    """Another browser without cookies, as often as it is asked for."""
    made: list[BrowserContext] = []

    def make() -> BrowserContext:
        made.append(browser.new_context(locale="de-DE", timezone_id="Europe/Berlin"))
        return made[-1]

    yield make
    for context in made:
        context.close()


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory, openid_provider: Provider) -> Iterator[Server]:
    """An app that nobody has signed in to since it was started: the first address comes upon it cold."""
    server = protected(tmp_path_factory.mktemp("cold") / "plan.duckdb", openid_provider)
    server.start()
    yield server
    server.stop()


def titles() -> list[bytes]:
    """The titles of the demo plan, as they would go over the wire."""
    records = json.loads((ROOT / "data" / "demo" / "plan.json").read_text(encoding="utf-8"))["records"]
    kinds = ("goal", "measure", "indicator", "living_lab", "scenario", "priority_round")
    return [one["title"].encode() for kind in kinds for one in records[kind]]


def expect_closed(page: Page) -> None:
    """The door alone."""
    expect(page.get_by_role("button", name=ENTRANCE, exact=True)).to_be_visible()
    expect(page.get_by_text("Beispielwerte einrechnen")).to_have_count(0)


BY_CODE = {"bewerten", "einladung"}


@pytest.mark.parametrize(
    "address", [*PAGES.values(), *RECORDS.values(), *VIEWS.values(), "uebersicht", "readings", "einladung?code=ABCD"]
)
def test_a_freshly_started_server_sends_nothing_of_the_plan_to_whoever_has_not_signed_in(
    cold: Server, same_tab: Page, address: str
) -> None:
    received: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda data: received.append(data if isinstance(data, bytes) else data.encode()))

    same_tab.on("websocket", listen)
    same_tab.goto(f"{cold.address}/{address}")
    if address.partition("?")[0] in BY_CODE:
        expect(same_tab.get_by_role("heading", level=1)).to_have_text(re.compile("Bewerten|Einladung"))
        settled(same_tab)
        expect(same_tab.get_by_text("Beispielwerte einrechnen")).to_have_count(0)
    else:
        expect_closed(same_tab)
    same_tab.remove_listener("websocket", listen)
    sent = b"".join(received) + same_tab.content().encode()
    assert len(received) > 2
    assert address.partition("?")[0] in BY_CODE or b"Anmeld" in sent
    assert [title.decode() for title in titles() if title in sent] == []


def test_whoever_signs_in_comes_back_to_the_page_they_wanted_with_their_role(
    page: Page, protected_server: Server
) -> None:
    sign_in(page, protected_server, "amt", "indikatoren?id=I-ALQ-M")
    expect(page).to_have_title("Indikatoren – Zukunftsplan")
    assert page.url == f"{protected_server.address}/indikatoren?id=I-ALQ-M"
    page.get_by_role("button", name="Mitarbeitende").click()
    expect(page.get_by_text("Angemeldet als Anton Amt")).to_be_visible()
    cookies = {one.get("name"): one for one in page.context.cookies(protected_server.address)}
    assert cookies[USER_COOKIE].get("httpOnly") is True
    assert cookies[USER_COOKIE].get("sameSite") == "Lax"
    assert cookies[USER_COOKIE].get("secure") is False
    assert "zukunftsplan_ziel" not in cookies


@pytest.mark.parametrize(
    ("user", "open_pages", "closed_pages"),
    [
        ("verwaltung", {"Eingabe", "Plan bearbeiten", "Daten", "Kriterien", "Werkstatt"}, set()),
        ("daten", {"Eingabe", "Daten", "Verlauf"}, {"Plan bearbeiten", "Kriterien", "Bewertungsrunden"}),
        ("gremium", {"Präsentation"}, {"Eingabe", "Daten", "Verlauf", "Werkstatt", "Übersicht"}),
    ],
)
def test_the_menu_shows_what_the_role_opens(
    page: Page, protected_server: Server, user: str, open_pages: set[str], closed_pages: set[str]
) -> None:
    page.set_viewport_size({"width": 2600, "height": 900})  # else groups without room are there, but hidden
    sign_in(page, protected_server, user, "methoden")
    menu = _menu(page)
    assert open_pages <= menu
    assert not closed_pages & menu


def _menu(page: Page) -> set[str]:
    """Every page that the menu offers, in its groups too."""
    offered = set(page.get_by_test_id("stTopNavLink").all_inner_texts())
    for group in page.get_by_test_id("stTopNavSection").all():
        group.click()
        expect(page.get_by_test_id("stTopNavDropdownLink").first).to_be_visible()
        offered |= set(page.get_by_test_id("stTopNavDropdownLink").all_inner_texts())
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stTopNavDropdownLink")).to_have_count(0)
    return {text.split("\n")[-1].strip() for text in offered}


def test_a_page_that_the_role_does_not_open_is_refused_at_its_address(page: Page, protected_server: Server) -> None:
    sign_in(page, protected_server, "gremium", "daten")
    expect(page.get_by_text("Diese Seite ist Ihrer Rolle nicht zugänglich.")).to_be_visible()
    expect(page.get_by_role("button", name="Sichern")).to_have_count(0)


def test_whoever_has_no_role_gets_no_access(page: Page, protected_server: Server) -> None:
    page.goto(protected_server.address)
    press_sign_in(page)
    give_name(page, "gast")
    expect(page.get_by_role("heading", name="Kein Zugang")).to_be_visible()
    expect(page.get_by_text("Beispielwerte einrechnen")).to_have_count(0)


def test_signing_out_ends_the_second_tab_and_a_copied_cookie(
    page: Page, protected_server: Server, new_browser: NewBrowser
) -> None:
    sign_in(page, protected_server, "leitung", "ziele")
    second = page.context.new_page()
    second.goto(f"{protected_server.address}/methoden")
    settled(second)
    copied = new_browser()
    copied.add_cookies(page.context.cookies(protected_server.address))  # type: ignore[arg-type]
    page.get_by_role("button", name="Leitung").click()
    page.get_by_role("button", name="Abmelden", exact=True).click()
    expect_closed(page)
    second.get_by_text("English", exact=True).or_(second.get_by_text("en", exact=True)).first.click()
    expect(second.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    thief = copied.new_page()
    thief.goto(f"{protected_server.address}/ziele")
    expect_closed(thief)
    expect(thief.get_by_text("Diese Anmeldung wurde beendet.")).to_be_visible()


def test_signing_out_everywhere_ends_the_sign_in_of_another_browser_and_a_new_one_works(
    page: Page, protected_server: Server, new_browser: NewBrowser
) -> None:
    elsewhere = new_browser().new_page()
    sign_in(elsewhere, protected_server, "leitung", "ziele")
    sign_in(page, protected_server, "leitung", "ziele")
    page.get_by_role("button", name="Leitung").click()
    page.get_by_role("button", name="Überall abmelden").click()
    expect_closed(page)
    elsewhere.reload()
    expect_closed(elsewhere)
    sign_in(page, protected_server, "leitung", "ziele")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ziele")


@pytest.mark.parametrize("secure", [True, False])
def test_behind_a_proxy_with_https_the_cookies_are_for_https_alone(protected_server: Server, secure: bool) -> None:
    headers = {"X-Forwarded-Proto": "https"} if secure else {}
    request = urllib.request.Request(protected_server.address + "/_stcore/health", headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        cookies = answer.headers.get_all("Set-Cookie")
        stay = answer.headers["Strict-Transport-Security"]
    assert len(cookies) >= 1
    assert [cookie for cookie in cookies if ("; Secure" in cookie) is not secure] == []
    assert bool(stay) is secure


@pytest.mark.parametrize("secure", [True, False])
def test_behind_a_proxy_with_https_the_cookie_that_signs_in_is_for_https_alone(
    page: Page, protected_server: Server, secure: bool
) -> None:
    """On the wire, without a browser: at an address without https a browser throws such a cookie away."""
    begun: list[str] = []

    def note(route: Route) -> None:
        begun.append(route.request.url)
        route.abort()

    page.route("**/auth/login*", note)
    page.goto(protected_server.address)
    settled(page)
    with page.expect_event("requestfailed", lambda request: "/auth/login" in request.url):
        page.get_by_role("button", name=ENTRANCE, exact=True).click()
    proxy = {"X-Forwarded-Proto": "https"} if secure else {}
    with httpx.Client(timeout=60) as client:
        login = client.get(begun[0], headers=proxy)
        asked = client.get(login.headers["Location"], follow_redirects=True)
        told = {"username": "daten", "password": "daten", "csrfmiddlewaretoken": client.cookies["stadt_csrf"]}
        answer = client.post(asked.url, data=told)
        answer = client.get(asked.url.join(answer.headers["Location"]))
        state = "; ".join(cookie.partition(";")[0] for cookie in login.headers.get_list("Set-Cookie"))
        back = httpx.get(answer.headers["Location"], headers=proxy | {"Cookie": state}, timeout=60)
    cookies = [one for one in back.headers.get_list("Set-Cookie") if one.startswith(USER_COOKIE + "=")]
    assert len(cookies) == 1
    attributes = {part.strip().casefold() for part in cookies[0].split(";")[1:]}
    assert {"httponly", "samesite=lax"} <= attributes
    assert ("secure" in attributes) is secure


def test_a_sign_in_past_its_age_ends_in_the_middle_of_work_and_everything_is_noted(
    page: Page, tmp_path: Path, openid_provider: Provider
) -> None:
    database = tmp_path / "plan.duckdb"
    server = protected(database, openid_provider, ZUKUNFTSPLAN_SESSION_HOURS="0.006")
    server.start()
    try:
        sign_in(page, server, "leitung", "ziele")
        expired = page.get_by_text("Ihre Anmeldung ist abgelaufen.")
        expect(page.get_by_role("heading", level=1)).to_have_text("Ziele")
        while not expired.is_visible():
            page.wait_for_timeout(500)
            page.reload()
            settled(page)
        expect_closed(page)
    finally:
        server.stop()
    store = Store.open(database, datetime(2026, 11, 24), read_only=True)
    noted = audit.entries(store)
    accounts = {entry.account_id for entry in noted}
    store.close()
    assert {entry.event for entry in noted} >= {AuditEvent.signed_in, AuditEvent.sign_in_expired}
    assert len(accounts) == 1
    assert "leitung" not in repr(noted).casefold().replace("leadership", "")
