"""The network goes away in the middle: a session is finished, a diary is written, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Error, Locator, Page, expect

from backrelief.offline import person_key
from programs.calendar import diary_day, session_day
from programs.standing import standing_of
from progress.models import DiaryEntry, SessionRecord
from tests.e2e.conftest import assert_reachable
from tests.e2e.steps import choose
from tests.factories.accounts import make_patient
from tests.factories.programs import give_program
from tests.factories.progress import finished_session

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
WAITS = "async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)"
DATABASES = "async () => (await indexedDB.databases()).map(({ name }) => name)"


@pytest.fixture
def page(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A page that lets the service worker in, and whose network may fail."""
    context = browser.new_context(**browser_context_args | {"service_workers": "allow"})
    yield context.new_page()
    context.close()


def until(page: Page, is_so: Callable[[], Any]) -> None:
    """Waits for something that only the page's own scripts bring about."""
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


def begin(page: Page, person: Any) -> None:
    """From today's page into the session, until the device keeps it."""
    page.goto("/today/")
    page.locator('form[action$="/session/start/"] button.btn--go').first.click()
    page.wait_for_url("**/session/*/")
    here = page.evaluate("location.pathname")
    until(page, lambda: here in own_pages(page, person))


def test_a_session_goes_on_without_network_and_signing_out_asks_first(
    page: Page, pat: Any, sign_in: Callable[[Page, Any], None]
) -> None:
    sign_in(page, pat)
    begin(page, pat)
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
    expect(page.locator("[data-sheet=kept]")).to_be_visible()
    # The page was kept before the end: it does not begin anew.
    page.reload()
    expect(page.locator("[data-sheet=kept]")).to_be_visible()
    page.goto("/progress/")
    expect(page.locator("[data-line=done]")).to_be_visible()
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
    page.goto("/offline/")
    expect(page.locator("[data-offline-home]")).to_be_visible()
    leaving.locator("main form button.btn--primary").click()
    leaving.wait_for_url(lambda url: "logout" not in url)
    page.wait_for_url(lambda url: "/offline/" not in url)
    until(leaving, lambda: leaving.evaluate(DATABASES) == [])
    assert [name for name in leaving.evaluate(KEPT) if not name.startswith("shell-")] == []


def shells(page: Page) -> list[str]:
    return [name for name in page.evaluate(KEPT) if name.startswith("shell-")]


def renew_the_app(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new version comes out in the middle of a session: it waits, and the session runs on."""
    for module in ("backrelief.offline", "progress.views.offline"):
        monkeypatch.setattr(f"{module}.app_version", lambda: "renewed")
    place = page.locator("[data-number]").inner_text()
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    until(page, lambda: page.evaluate(WAITS))
    beside = page.context.new_page()
    beside.goto("/today/")  # another page asks it to take over
    page.wait_for_function(
        "place => document.querySelector('[data-number]').innerText !== place", arg=place
    )
    beside.wait_for_timeout(500)
    assert page.evaluate(WAITS)
    assert len(shells(page)) == 2
    beside.close()


def test_very_strong_pain_before_the_start_is_kept_and_obeyed_without_network(
    page: Page, pat: Any, sign_in: Callable[[Page, Any], None]
) -> None:
    sign_in(page, pat)
    begin(page, pat)
    page.context.set_offline(True)
    choose(page, "pain_before", "9")
    page.locator("[data-open-player]").click()
    expect(page.locator("[data-sheet=signs]")).to_be_visible()
    expect(page.locator("[data-sheet=signs] [data-away]")).to_be_visible()
    assert_reachable(page)
    page.reload()
    expect(page.locator("[data-sheet=signs]")).to_be_visible()
    page.goto("/today/")
    expect(page.locator("[data-line=stopped]")).to_be_visible()
    assert page.locator("[data-line=open], [data-line=start]").locator("visible=true").count() == 0
    page.context.set_offline(False)
    page.goto("/diary/")
    until(page, lambda: page.evaluate(WAITING) == 0)
    session = SessionRecord.objects.get()
    assert (session.pain_before, session.was_stopped) == (9, True)
    assert standing_of(pat).state == "recheck"


def test_two_devices_in_one_session_make_one_record_also_while_the_app_is_renewed(
    page: Page,
    pat: Any,
    sign_in: Callable[[Page, Any], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first ending counts, and the second one is told on the last page."""
    sign_in(page, pat)
    begin(page, pat)
    assert page.context.browser
    other = page.context.browser.new_context(base_url=page.url.split("/session/")[0]).new_page()
    sign_in(other, pat)
    other.goto(page.url)
    for device in (page, other):
        device.locator("[data-open-player]").click()
    renew_the_app(page, monkeypatch)
    for device, pain in ((page, "3"), (other, "6")):
        skip_to_the_end(device)
        choose_in_player(device, "pain_after", pain)
        choose_in_player(device, "effort", "4")
        device.locator("[data-finish] button").click()
        device.wait_for_url("**/done/")
        until(device, device.locator("#how").is_visible)
    expect(other.locator("#second")).to_contain_text("The second time your pain was 6")
    other.context.close()
    # No session is open any more: the new version takes over, is whole, and the old one goes.
    page.goto("/today/")
    until(page, lambda: not page.evaluate(WAITS))
    page.goto("/diary/")
    until(page, lambda: shells(page) == ["shell-renewed"] and "/stamp" in own_pages(page, pat))
    session = SessionRecord.objects.get()
    assert (session.pain_after, session.events.filter(kind="finish").count()) == (3, 2)


def write_entry(page: Page, pain: str) -> None:
    choose(page, "pain", pain)
    choose(page, "signs", "none")
    page.locator("main form button.btn--primary").first.click()


def open_diary(page: Page, person: Any) -> None:
    """The form, once the page's own scripts watch over it and the device keeps what it needs."""
    page.goto("/diary/new/")
    until(page, lambda: "/offline/" in own_pages(page, person))


def test_an_entry_waits_for_its_own_person_when_the_sign_in_is_over_or_somebody_elses(
    page: Page, pat: Any, sign_in: Callable[[Page, Any], None]
) -> None:
    sign_in(page, pat)
    open_diary(page, pat)
    page.context.clear_cookies()
    write_entry(page, "4")
    expect(page.locator("#messages")).to_contain_text("Saved here.")
    expect(page.locator("[data-net-text]")).to_contain_text("Sign in to send it.")
    other = page.context.new_page()
    sign_in(other, make_patient("sam@example.org"))
    write_entry(page, "5")
    until(page, lambda: page.evaluate(WAITING) == 2)
    assert DiaryEntry.objects.count() == 0
    other.close()
    page.context.clear_cookies()
    sign_in(page, pat)
    page.goto("/diary/")
    until(page, lambda: page.evaluate(WAITING) == 0)
    assert sorted(DiaryEntry.objects.values_list("patient", "pain")) == [(pat.pk, 4), (pat.pk, 5)]


# The network answers once more, and is gone a moment later.
LAST_ANSWER = """() => {
  Object.defineProperty(navigator, "onLine", { value: true });
  const person = document.querySelector("meta[name=person]").content;
  window.fetch = async () => Response.json({ person });
}"""


def test_an_entry_that_was_on_its_way_when_the_network_went_is_kept_and_sent_once(
    page: Page, pat: Any, sign_in: Callable[[Page, Any], None]
) -> None:
    sign_in(page, pat)
    open_diary(page, pat)
    page.context.set_offline(True)
    page.evaluate(LAST_ANSWER)
    write_entry(page, "4")
    expect(page.locator("[data-offline-home]")).to_be_visible()
    expect(page.locator("#messages")).to_contain_text("Saved here.")
    page.goto("/offline/")
    expect(page.locator("[data-net-text]")).to_contain_text("One thing is saved here.")
    page.context.set_offline(False)
    page.goto("/diary/")
    until(page, lambda: page.evaluate(WAITING) == 0)
    assert DiaryEntry.objects.get().pain == 4


def on_the_morning_after(page: Page, person: Any, sign_in: Callable[[Page, Any], None]) -> Locator:
    """Where it is the day after a session, at whatever time this runs; then the network goes."""
    ahead = 12 - timezone.now().hour
    person.time_zone = f"Etc/GMT{-ahead:+d}"  # these count the other way round
    person.save()
    yesterday = diary_day(person, timezone.now()) - timedelta(days=1)
    version = give_program(person, yesterday, days=[f"{yesterday:%a}".lower()])
    finished_session(person, version, yesterday)
    sign_in(page, person)
    page.goto("/today/")
    until(page, lambda: "/offline/" in own_pages(page, person))
    page.context.set_offline(True)
    return page.locator("[aria-labelledby=morning]")


def test_the_one_tap_of_the_morning_after_is_kept_without_network(
    page: Page, pat: Any, sign_in: Callable[[Page, Any], None]
) -> None:
    morning = on_the_morning_after(page, pat, sign_in)
    morning.get_by_role("button", name="4", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("Saved here.")
    expect(morning).to_be_hidden()
    page.context.set_offline(False)
    page.goto("/diary/")
    until(page, lambda: page.evaluate(WAITING) == 0)
    entry = DiaryEntry.objects.get()
    assert (entry.pain, entry.is_next_morning) == (4, True)


def test_what_is_new_on_the_morning_after_is_told_in_the_diary_without_network(
    page: Page, pat: Any, sign_in: Callable[[Page, Any], None]
) -> None:
    morning = on_the_morning_after(page, pat, sign_in)
    morning.get_by_role("button", name="I had a fall").click()
    page.wait_for_url("**/diary/new/")
    expect(page.locator("main form [name=pain]").first).to_be_attached()


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
    # Pat's words wait for Pat, also once Sam has signed out here.
    page.goto("/accounts/logout/")
    page.locator("main form button.btn--primary").click()
    page.wait_for_url(lambda url: "logout" not in url)
    assert page.evaluate(WAITING) > 0
    sign_in(page, pat)
    page.goto("/today/")
    until(page, lambda: page.evaluate(WAITING) == 0)
    assert SessionRecord.objects.filter(patient=pat).count() == 1
    assert SessionRecord.objects.filter(patient=sam).count() == 0
