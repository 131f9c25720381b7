"""What people do in the browser, in their words."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.support.walk import USUAL


def choose(page: Page, name: str, value: str) -> None:
    """Ticks one card, chip or stone by its name and value."""
    page.locator(f'main input[name="{name}"][value="{value}"]').check(force=True)


def answer_screen(page: Page, answers: dict[str, Any]) -> None:
    """Answers what this screen asks and goes on."""
    form = page.locator("main form").first
    none = form.locator('input[name="none_of_these"]')
    asked = form.locator("input, select, textarea").evaluate_all(
        "nodes => [...new Set(nodes.map((n) => n.name))].filter((n) => n && n !== 'csrfmiddlewaretoken')"
    )
    special = any(name in answers and name.startswith("rf") for name in asked)
    if none.count() and not special:
        none.check(force=True)
    for name in asked:
        field = form.locator(f'[name="{name}"]')
        kind = field.first.get_attribute("type") or "text"
        if none.count() and (not special or name == "none_of_these"):
            continue
        value = answers.get(name, "no" if kind == "radio" else None)
        if value is None:
            continue
        if kind in ("radio", "checkbox"):
            for item in value if isinstance(value, list) else [value]:
                choose(page, name, item)
        else:
            field.fill(value)
    form.locator("button.btn--primary").click()


def answer_all(page: Page, answers: dict[str, Any] | None = None, look: Any = None) -> None:
    """Goes through the screens until a page that is none."""
    given = {**USUAL, **(answers or {})}
    for _ in range(30):
        path = page.evaluate("location.pathname")
        if path == "/check/":
            page.locator("main a.btn--primary").click()
            continue
        ends = ("/result/", "/review/", "/confirm/", "/stop/")
        if not path.startswith(("/check/", "/intake/")) or path.endswith(ends):
            return
        if look:
            look(page)
        answer_screen(page, given)
    raise AssertionError(f"no end at {page.url}")


def sign_up(page: Page, email: str) -> None:
    page.fill('input[name="name"]', "Pat")
    page.fill('input[name="email"]', email)
    page.fill('input[name="password1"]', "stones-on-a-path")
    page.locator('input[name="consent"]').check(force=True)
    page.locator("main form button[type=submit], main form button.btn--primary").first.click()


def do_session(page: Page, pain_after: str = "3") -> None:
    """From today's page through every exercise to the last sentence, by the Done buttons."""
    page.goto("/today/")
    page.locator('form[action$="/session/start/"] button.btn--go').click()
    for _ in range(12):
        if page.url.endswith("/finish/"):
            break
        page.locator('#step-form button[value="done"]').click()
        page.wait_for_load_state()
    choose(page, "pain_after", pain_after)
    choose(page, "effort", "3")
    page.fill('textarea[name="note"]', "went well")
    page.locator("main form button.btn--primary").click()
    expect(page).to_have_url(page.url)
    assert page.url.endswith("/done/"), page.url


def log_pain(page: Page, pain: str) -> None:
    """The quick entry: stone, none is new, save."""
    page.goto("/diary/new/")
    choose(page, "pain", pain)
    choose(page, "signs", "none")
    page.locator("main form button.btn--primary").click()
    page.wait_for_url("**/diary/")
