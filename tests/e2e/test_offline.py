"""The network goes away in the middle: a session is finished, a diary is written, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Error, Page, expect

from backrelief.offline import person_key
from programs.calendar import session_day
from progress.models import DiaryEntry, SessionRecord
from tests.e2e.conftest import assert_reachable
from tests.e2e.steps import choose
from tests.factories.accounts import make_patient
from tests.factories.programs import give_program

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = """async () => {
  const kept = {};
  for (const name of await caches.keys()) {
    const keys = await (await caches.open(name)).keys();
    kept[name] = keys.map(({ url }) => new URL(url).pathname);
  }
  return kept;
}"""
# What was typed into the browser's own database, whoever it belongs to.
WAITING = """() => new Promise((done) => {
  const opened = indexedDB.open("backrelief-outbox");
  opened.onsuccess = () => {
    const count = opened.result.transaction("items").objectStore("items").count();
    count.onsuccess = () => { opened.result.close(); done(count.result); };
  };
})"""
DATABASES = "async () => (await indexedDB.databases()).map(({ name }) => name)"


@pytest.fixture
def page(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A page that lets the service worker in, and whose network may fail."""
    context = browser.new_context(**browser_context_args | {"service_workers": "allow"})
    yield context.new_page()
    context.close()


def until(page: Page, is_so: Callable[[], Any]) -> None:
    """Waits for something that only the page's own scripts bring about.

    It asks the page and not the database: in memory, that has one connection for both sides.
    """
    for _try in range(100):
        with suppress(Error):  # the page went on to another one while it was asked
            if is_so():
                return
        page.wait_for_timeout(150)
    raise AssertionError(f"it never came: {page.url}")


def own_pages(page: Page, person: Any) -> list[str]:
    """What the device keeps for this person, once it is whole."""
    kept = page.evaluate(KEPT)
    mine = [pages for name, pages in kept.items() if name.startswith(f"own-{person_key(person)}-")]
    return mine[0] if mine and "/stamp" in mine[0] else []


@pytest.fixture
def pat(library: None, live_server: Any) -> Any:
    person = make_patient("pat@example.org", time_zone="America/New_York")
    today = session_day(person, timezone.now())
    give_program(person, today, minutes=8, days=[f"{today:%a}".lower()])
    return person


def skip_to_the_end(page: Page, most: int = 80) -> None:
    for _press in range(most):
        if page.locator('[data-sheet="finish"]').is_visible():
            return
        page.locator('[data-do="skip"]').click()
    raise AssertionError("the session has no end")


def test_a_session_goes_on_without_network_and_signing_out_asks_first(
    page: Page, pat: Any, sign_in: Callable[[Page, Any], None]
) -> None:
    sign_in(page, pat)
    page.goto("/today/")
    page.locator('form[action$="/session/start/"] button.btn--go').first.click()
    page.wait_for_url("**/session/*/")
    here = page.evaluate("location.pathname")
    until(page, lambda: here in own_pages(page, pat))
    leaving = page.context.new_page()
    leaving.goto("/accounts/logout/")
    page.locator("[data-open-player]").click()
    page.locator('[data-do="skip"]').click()
    page.context.set_offline(True)
    page.locator('[data-do="skip"]').click()
    page.reload()
    expect(page.locator("dialog.player")).to_be_visible()
    skip_to_the_end(page)
    choose_in_player(page, "pain_after", "3")
    choose_in_player(page, "effort", "4")
    page.locator("[data-finish] button").click()
    expect(page.locator("[data-kept]")).to_be_visible()
    page.goto("/progress/")
    expect(page.locator("[data-done-today]")).to_be_visible()
    expect(page.locator("[data-net-text]")).to_contain_text("You are offline.")
    assert_reachable(page)
    page.goto("/diary/new/")
    choose(page, "pain", "4")
    choose(page, "signs", "none")
    page.locator("main form button.btn--primary").first.click()
    expect(page.locator("#messages")).to_contain_text("Saved here.")
    # Signing out would lose what waits: it is asked, and staying keeps it.
    leaving.locator("main form button.btn--primary").click()
    expect(leaving.locator("[data-unsent]")).to_be_visible()
    leaving.locator("[data-stay]").click()
    assert SessionRecord.objects.finished().count() == DiaryEntry.objects.count() == 0
    page.context.set_offline(False)
    page.goto("/today/")
    until(page, lambda: page.evaluate(WAITING) == 0)
    session = SessionRecord.objects.get()
    assert (session.pain_after, session.effort) == (3, 4)
    assert DiaryEntry.objects.get().pain == 4
    page.close()
    leaving.locator("main form button.btn--primary").click()
    leaving.wait_for_url(lambda url: "logout" not in url)
    until(leaving, lambda: leaving.evaluate(DATABASES) == [])
    assert [name for name in leaving.evaluate(KEPT) if not name.startswith("shell-")] == []


def choose_in_player(page: Page, name: str, value: str) -> None:
    page.locator(f'[data-finish] [name="{name}"][value="{value}"]').check(force=True)


def test_a_session_begins_without_network_and_the_next_person_sees_nothing_of_it(
    page: Page, pat: Any, sign_in: Callable[[Page, Any], None]
) -> None:
    sign_in(page, pat)
    page.goto("/today/")
    until(page, lambda: "/session/ahead/" in own_pages(page, pat))
    page.context.set_offline(True)
    page.goto("/today/")
    page.get_by_role("link", name="Start today's session").click()
    page.wait_for_url("**/session/ahead/")
    page.locator("[data-open-player]").click()
    for _part in range(12):
        page.locator('[data-do="skip"]').click()
    assert page.evaluate(WAITING) > 0
    # Somebody else signs in on this device before anything was sent.
    sam = make_patient("sam@example.org")
    page.context.clear_cookies()
    sign_in(page, sam)
    page.context.set_offline(False)
    page.goto("/today/")
    until(page, lambda: "/offline/" in own_pages(page, sam))
    assert own_pages(page, pat) == []
    page.context.set_offline(True)
    page.goto("/today/")
    assert page.locator("meta[name=person]").get_attribute("content") == person_key(sam)
    assert page.get_by_role("link", name="Start today's session").count() == 0
    page.context.set_offline(False)
    assert SessionRecord.objects.count() == 0
    # Pat's words waited for Pat.
    page.context.clear_cookies()
    sign_in(page, pat)
    page.goto("/today/")
    until(page, lambda: page.evaluate(WAITING) == 0)
    assert SessionRecord.objects.filter(patient=pat).count() == 1
    assert SessionRecord.objects.filter(patient=sam).count() == 0
