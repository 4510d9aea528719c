"""Sign-in with a real OpenID provider: who comes in as what, and who does not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.openid import sign_in

pytestmark = pytest.mark.browser


def test_whoever_signs_in_comes_back_to_the_plan_with_their_role(page: Page, protected_server: Server) -> None:
    sign_in(page, protected_server, "amt")
    expect(page.get_by_role("heading", level=1)).to_have_text("Übersicht")
    page.get_by_role("button", name="Mitarbeitende").click()
    expect(page.get_by_text("Angemeldet als Anton Amt")).to_be_visible()
