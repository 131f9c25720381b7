"""A real browser: Debian's Chromium, watched for errors, checked by axe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# The browser itself logs an answer with one of these as a failed load.
EXPECTED_FAILURES = ("422", "404", "403")
# Most journeys keep the service worker out; the browser says so.
EXPECTED_WORDS = "Service Worker registration blocked by Playwright"
# A journey that cuts the network itself.
WITHOUT_NETWORK = "net::ERR_INTERNET_DISCONNECTED"
# Said by the clock: on a busy machine a page takes longer than the browser thinks it should.
SAID_BY_THE_CLOCK = "was preloaded using link preload but not used"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "Chromium is not installed. On Debian: apt-get install chromium"
    return {
        "executable_path": chromium,
        "args": [
            "--no-sandbox",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-quic",
            "--no-first-run",
        ],
    }


@pytest.fixture
def browser_context_args(live_server: Any) -> dict[str, Any]:
    return {
        "base_url": live_server.url,
        "viewport": {"width": 390, "height": 844},
        "locale": "en-US",
        "timezone_id": "America/New_York",
        # The journeys of tests/e2e/test_offline.py let the worker in; elsewhere it would only cost time.
        "service_workers": "block",
    }


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page that fails its test on a script error, a refused source or a foreign request."""
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        expected = any(f"status of {code}" in message.text for code in EXPECTED_FAILURES)
        expected = expected or message.text == EXPECTED_WORDS or SAID_BY_THE_CLOCK in message.text
        expected = expected or WITHOUT_NETWORK in message.text
        if message.type in ("error", "warning") and not expected:
            faults.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("http://localhost", "http://127.0.0.1", "data:", "blob:"))
            else faults.append(f"foreign request: {request.url}")
        ),
    )
    yield page
    assert faults == []


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, Any], None]:
    """Signs a person in by cookie, without the form."""

    def by_cookie(page: Page, user: Any) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
        )

    return by_cookie


AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


# Colors in the middle of a change are nobody's colors. Figures move for ever and are not waited for.
SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime !== Infinity).map((one) => one.finished))"""


COLORS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def assert_reachable(page: Page, rules: dict[str, Any] = AXE_RULES) -> None:
    """axe finds nothing, nothing runs over the edge, and every target is large enough."""
    # A bar that sticks to the edge covers something at any scroll position; axe would measure the rest
    # of that. The focus is kept clear of it by scroll-padding.
    page.wait_for_load_state()  # an address that was waited for may be there before its styles
    page.evaluate("document.querySelector('.tabbar')?.style.setProperty('position', 'static')")
    page.evaluate(SETTLED)
    results = Axe().run(page, options=rules)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
    assert_no_overflow(page)


SQUEEZED = """() => [...document.querySelectorAll('main :is(p, li, dd)')]
  .filter((e) => e.offsetParent && !e.closest('.vh') && e.textContent.trim().length > 40 && e.clientWidth > 1)
  .filter((e) => e.clientWidth < 4 * parseFloat(getComputedStyle(e).fontSize))
  .map((e) => e.outerHTML.slice(0, 140))"""


def assert_no_overflow(page: Page) -> None:
    wide = page.evaluate(
        """() => {
          const limit = document.documentElement.clientWidth + 1;
          if (document.documentElement.scrollWidth <= limit) return [];
          return [...document.querySelectorAll('main *')]
            .map((e) => [e.getBoundingClientRect().right, e.outerHTML.slice(0, 120)])
            .filter(([right]) => right > limit).sort(([a], [b]) => b - a).slice(0, 8);
        }"""
    )
    assert wide == [], f"{page.url} runs over the edge at {page.viewport_size}"
    assert page.evaluate(SQUEEZED) == [], f"{page.url} has text a word wide at {page.viewport_size}"


SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
  .filter((e) => e.offsetParent && !e.closest('p, li > a, dd, td, .error, [data-inline]'))
  .filter((e) => !(e.tagName === 'A' && getComputedStyle(e).display === 'inline'))
  .map((e) => [e.closest('label') || e, e])
  .filter(([box]) => { const r = box.getBoundingClientRect();
    return r.width > 1 && r.height > 1 && r.height < 47.5; })
  .map(([, e]) => e.outerHTML.slice(0, 140))"""


def assert_large_targets(page: Page) -> None:
    """Controls are at least 48 px high; links within sentences are excepted."""
    assert page.evaluate(SMALL_TARGETS) == [], page.url
