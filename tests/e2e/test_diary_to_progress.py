"""From the morning after a session through the diary, the measures and the goals to the charts."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from progress.models import DiaryEntry, Goal, MeasureResult
from tests.e2e.conftest import assert_large_targets, assert_no_overflow, assert_reachable
from tests.e2e.steps import choose
from tests.factories.accounts import make_patient
from tests.factories.programs import give_program
from tests.factories.progress import finished_session

pytestmark = pytest.mark.django_db(transaction=True)
TUESDAY = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


def test_a_morning_in_the_diary_and_what_comes_of_it(
    page: Page, library: None, sign_in: Callable[[Page, Any], None]
) -> None:
    with time_machine.travel(TUESDAY, tick=True):
        pat = make_patient("pat@example.org", time_zone="America/New_York")
        day = TUESDAY.date()
        version = give_program(pat, day - timedelta(days=20), goals=["walk the dog"])
        finished_session(pat, version, day - timedelta(days=1))
        sign_in(page, pat)
        answer_the_morning(page, pat)
        tap_twice(page)
        write_an_entry(page)
        find_it(page)
        rate_what_matters(page, pat)
        look_at_the_charts(page)


def look(page: Page) -> None:
    assert_reachable(page)
    assert_large_targets(page)
    page.set_viewport_size({"width": 320, "height": 700})
    assert_no_overflow(page)
    page.set_viewport_size({"width": 390, "height": 844})


def answer_the_morning(page: Page, pat: Any) -> None:
    page.goto("/today/")
    assert_reachable(page)
    page.get_by_role("button", name="3", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("Saved: 3 of 10.")
    assert page.locator("#morning").count() == 0
    entry = DiaryEntry.objects.get()
    assert (entry.pain, entry.is_next_morning) == (3, True)


def tap_twice(page: Page) -> None:
    """The common entry, counted in taps."""
    before, taps = DiaryEntry.objects.count(), 0
    form = page.locator("section[aria-labelledby=check-in] form")
    for tapped in (form.locator(".stone").nth(2), form.get_by_role("button", name="None is new")):
        tapped.click()
        taps += 1
    expect(page.locator("#messages")).to_contain_text("Saved.")
    assert DiaryEntry.objects.count() == before + 1
    assert taps == 2


def write_an_entry(page: Page) -> None:
    page.goto("/diary/new/")
    for summary in page.locator(".folds summary").all():
        summary.click()
    choose(page, "pain", "2")
    choose(page, "signs", "none")
    choose(page, "areas", "low-back")
    choose(page, "did", "walked")
    page.fill("textarea[name=note]", "Weeding on a cushion.")
    look(page)
    stone = "node => getComputedStyle(node).backgroundColor"
    shown = [page.locator(".stone__n").nth(n).evaluate(stone) for n in (2, 3)]
    assert shown[0] != shown[1], "the number that was chosen must be seen"
    filled = page.locator(".z-low").evaluate("node => getComputedStyle(node).fillOpacity")
    assert filled == "0.85"
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/diary/")
    look(page)


def find_it(page: Page) -> None:
    page.goto("/diary/?q=cushion")
    assert page.locator(".rows > li").count() == 1
    look(page)
    page.get_by_role("link", name="Calendar").click()
    expect(page.locator("[aria-current=date]")).to_contain_text("24")
    look(page)


def rate_what_matters(page: Page, pat: Any) -> None:
    page.goto("/measures/activities/")
    look(page)
    page.get_by_role("button", name="walk the dog").click()
    page.get_by_role("link", name="Rate them now").click()
    look(page)
    page.locator("input[type=radio][value='4']").check(force=True)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/measures/")
    look(page)
    assert MeasureResult.objects.get().score == 4
    page.goto("/goals/")
    look(page)
    page.locator("button[value=reached]").click()
    expect(page.locator("#messages")).to_contain_text("Well done.")
    assert Goal.objects.get().status == "reached"


def look_at_the_charts(page: Page) -> None:
    page.goto("/progress/")
    look(page)
    page.get_by_role("link", name="1 year").click()
    page.wait_for_url("**/progress/?range=1y")
    expect(page.locator(".segmented [aria-current]")).to_have_text("1 year")
    page.reload()
    expect(page.locator(".segmented [aria-current]")).to_have_text("1 year")
    walk_along(page)
    page.locator("#numbers-table summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#numbers-table tbody tr").last).to_contain_text("2 to 3")
    assert "Reached: walk the dog" in page.locator("main").inner_text()
    page.goto("/progress/report/")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


def walk_along(page: Page) -> None:
    """The arrow keys read the points out, in the words of the table, and mark them in the picture."""
    reader = page.locator("#reader")
    reader.focus()
    page.keyboard.press("Home")
    row = page.locator("#numbers-table tbody tr").first
    for cell in row.locator("th, td").all_text_contents():
        expect(reader).to_have_attribute("aria-valuetext", re.compile(re.escape(cell)))
    first = page.locator(".chart--narrow .c-cursor").first.get_attribute("x1")
    page.keyboard.press("ArrowRight")
    assert page.locator(".chart--narrow .c-cursor").first.get_attribute("x1") != first
