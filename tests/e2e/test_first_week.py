"""A person's first week, lived day by day; and the way from landing to a finished session without JavaScript."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import Browser, Page

from backrelief.accounts.models import User
from exercises.models import Exercise
from progress.models import DiaryEntry, SessionRecord
from tests.conftest import ROOT
from tests.e2e.conftest import assert_reachable
from tests.e2e.steps import answer_all, do_session, log_pain, sign_up
from tests.factories.accounts import make_clinic, make_therapist

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


@pytest.fixture
def shipped_library(transactional_db: None) -> None:
    call_command("load_library", str(ROOT / "fixtures"), verbosity=0)


def day(offset: int) -> time_machine.travel:
    return time_machine.travel(MONDAY.replace(day=MONDAY.day + offset), tick=True)


def test_a_whole_week(page: Page, shipped_library: None) -> None:
    with day(0):
        page.goto("/")
        page.get_by_role("link", name="Check if it's right for me").first.click()
        answer_all(page, look=assert_reachable)
        assert_reachable(page)
        page.get_by_role("link", name="Go on to your plan").click()
        answer_all(page, look=assert_reachable)
        assert_reachable(page)
        page.get_by_role("button", name="Show me my plan").click()
        assert_reachable(page)
        names = page.locator(".ex__name").all_inner_texts()
        page.get_by_role("link", name="Keep this plan").click()
        sign_up(page, "pat@example.org")
        page.wait_for_url("**/plan/")
        assert page.locator(".ex__name").all_inner_texts() == names
        do_session(page)
        assert_reachable(page)
    user = User.objects.get(email="pat@example.org")
    assert user.time_zone == "America/New_York"
    with day(1):
        log_pain(page, "4")
        page.goto("/today/")
        assert page.locator('form[action$="/session/start/"]').count() == 0
        assert "Rest" in page.locator("main").inner_text()
    with day(2):
        log_pain(page, "3")
        do_session(page, pain_after="2")
    edit_by_a_therapist()
    with day(4):
        page.goto("/exercises/bridge/")
        assert "Lift your hips as one piece." in page.locator(".lede").inner_text()
        log_pain(page, "3")
        page.goto("/progress/")
        assert_reachable(page)
        rings = page.locator("svg.chart--narrow .c-dot").get_attribute("d")
        assert rings.count("M") == 3
        page.locator("#numbers-table summary").click()
        numbers = page.locator("#numbers-table tbody tr").last.locator("th, td").all_inner_texts()
        assert numbers == ["Nov 23, 2026", "3.3", "3 to 4", "3", "2 of 3", "3"]
    assert SessionRecord.objects.owned_by(user).finished().count() == 2
    assert DiaryEntry.objects.owned_by(user).count() == 3


def edit_by_a_therapist() -> None:
    """Tess changes a sentence; clinic staff load the fixtures again, and it stays."""
    therapist = make_therapist("tess@example.org", make_clinic("Hill Street Clinic"))
    bridge = Exercise.objects.get(slug="bridge")
    bridge.summary = "Lift your hips as one piece."
    bridge._history_user = therapist
    bridge.save()
    call_command("load_library", str(ROOT / "fixtures"), verbosity=0)
    bridge.refresh_from_db()
    assert bridge.summary == "Lift your hips as one piece."


def test_from_landing_to_a_finished_session_without_javascript(
    browser: Browser, live_server, shipped_library: None
) -> None:
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 360, "height": 640}
    )
    page = context.new_page()
    with day(0):
        page.goto("/")
        page.get_by_role("link", name="Check if it's right for me").first.click()
        # Without scripts the names of the inputs come from the markup all the same.
        answer_without_script(page)
        page.get_by_role("link", name="Go on to your plan").click()
        answer_without_script(page)
        page.get_by_role("button", name="Show me my plan").click()
        page.get_by_role("link", name="Keep this plan").click()
        sign_up(page, "pat@example.org")
        do_session(page)
    record = SessionRecord.objects.get()
    assert (record.pain_after, record.effort, record.note) == (3, 3, "went well")
    assert all(item.sets_done == item.sets_planned for item in record.exercises.all())
    context.close()


def answer_without_script(page: Page) -> None:
    """As ``answer_all``; locators work without the page's own scripts."""
    answer_all(page)
