"""What is typed while the next step is on its way: `pages/static/focus.js` on a page that shows each moment of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).resolve().parents[2] / "pages" / "static" / "focus.js"
FORM = """
<div class="st-key-fields">
  <div class="st-key-old-a"><input></div>
  <div class="st-key-old-b"><input></div>
</div>
<div class="st-key-focus_old"><button>Weiter</button></div>
"""
BESIDE_THE_OLD = """() => {
  for (const name of ["a", "b"])
    document.querySelector(`.st-key-old-${name}`)
      .insertAdjacentHTML("beforebegin", `<div class="st-key-new-${name}"><input></div>`);
  document.querySelector(".st-key-focus_old").className = "st-key-focus_new";
}"""
WITHOUT_THE_OLD = """() => document.querySelectorAll("[class^=st-key-old]").forEach((field) => field.remove())"""


@pytest.fixture
def form(page: Page) -> Page:
    """The first step, with the cursor in its first field."""
    page.set_content(FORM)
    page.add_script_tag(path=SCRIPT)
    page.locator(".st-key-old-a input").click()
    return page


def _values(page: Page) -> dict[str, str]:
    pairs = "[...document.querySelectorAll('input')].map(field => [field.parentElement.className, field.value])"
    found: dict[str, str] = page.evaluate(f"() => Object.fromEntries({pairs})")
    return found


def test_keys_wait_until_the_last_old_field_has_left(form: Page) -> None:
    form.keyboard.type("9")
    form.keyboard.press("Control+Enter")
    form.keyboard.type("2")
    form.keyboard.press("Tab")
    form.evaluate(BESIDE_THE_OLD)
    form.keyboard.type("4")
    assert _values(form) == {"st-key-new-a": "", "st-key-old-a": "9", "st-key-new-b": "", "st-key-old-b": ""}
    form.evaluate(WITHOUT_THE_OLD)
    assert _values(form) == {"st-key-new-a": "2", "st-key-new-b": "4"}
    form.keyboard.type("5")
    assert _values(form) == {"st-key-new-a": "2", "st-key-new-b": "45"}


def test_a_page_without_the_form_gets_its_keys_again(form: Page) -> None:
    form.keyboard.press("Control+Enter")
    form.evaluate("() => { document.body.innerHTML = '<div class=\"other\"><input></div>' }")
    form.locator("input").focus()
    form.keyboard.type("7")
    assert _values(form) == {"other": "7"}
