"""The check and a session by keyboard alone."""

import pytest
from playwright.sync_api import Page

from progress.models import SessionRecord
from tests.e2e.test_every_page import lived_in  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)


def press_until(page: Page, selector: str, key: str = "Tab", most: int = 80) -> None:
    """Moves the focus until it is on ``selector``."""
    for _ in range(most):
        if page.evaluate(
            "s => document.activeElement && document.activeElement.matches(s)", selector
        ):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} is not reached on {page.url}")


def test_a_session_by_keyboard_alone(page: Page, lived_in, sign_in):  # noqa: F811 - the fixture is imported by its name
    sign_in(page, lived_in["pat"])
    page.goto(f"/session/{lived_in['session'].token}/")
    for _ in range(10):
        if page.url.endswith("/finish/"):
            break
        press_until(page, '#step-form button[value="done"]')
        with page.expect_navigation():
            page.keyboard.press("Enter")
    press_until(page, '[name="pain_after"]')
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    press_until(page, '[name="effort"]')
    page.keyboard.press("ArrowRight")
    press_until(page, "main form button.btn--primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/done/")
    record = SessionRecord.objects.get(pk=lived_in["session"].pk)
    assert (record.pain_after, record.effort) == (3, 1)


def test_a_refused_screen_moves_the_focus_to_what_is_wrong(page: Page, lived_in):  # noqa: F811 - the fixture is imported by its name
    page.goto("/check/nerves/")
    press_until(page, "main form button.btn--primary")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.title().startswith("Error:")
    assert page.evaluate("document.activeElement.className").startswith("error-summary")
