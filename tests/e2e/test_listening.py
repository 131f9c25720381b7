"""The week, a step back, a worse day and a fall, in a real browser: reachable, and nothing lost."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from programs.adapting import tell_program
from programs.calendar import diary_day
from tests.conftest import ROOT
from tests.e2e.conftest import assert_large_targets, assert_reachable
from tests.e2e.steps import choose
from tests.factories.accounts import make_patient
from tests.factories.programs import give_program

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pat(transactional_db):
    """Two weeks in, with three good sessions behind and a step up to read of."""
    call_command("load_library", str(ROOT / "fixtures"), verbosity=0)
    patient = make_patient("pat@example.org")
    # The day of the entries that follow: after midnight it is ahead of the session's day.
    today = diary_day(patient, timezone.now())
    give_program(patient, today - timedelta(days=13), days=["mon", "wed", "fri"])
    good = {"completed_fraction": 1.0, "pain_before": 2, "pain_during": 2, "effort": 3}
    for back in (12, 10, 7):
        day = today - timedelta(days=back)
        tell_program(patient, "session", day, good, f"session:{back}")
        morning = {"pain_next_morning": 2}
        tell_program(patient, "next_morning", day + timedelta(days=1), morning, f"morning:{back}")
    return patient


def test_undo_the_week_and_a_worse_day(page, pat, sign_in):
    sign_in(page, pat)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/today/")
    assert_reachable(page)
    assert_large_targets(page)
    page.locator("#news form[action='/plan/undo/'] button").first.click()
    expect(page.locator("#messages")).to_contain_text("Taken back.")
    page.goto("/check-in/")
    assert_reachable(page)
    assert_large_targets(page)
    choose(page, "feeling", "same")
    choose(page, "barrier", "too_hard")
    page.locator("main form button.btn--primary").click()
    page.wait_for_url("**/check-in/done/")
    assert_reachable(page)
    page.goto("/flare/")
    assert_reachable(page)
    choose(page, "signs", "none")
    page.locator("main form button.btn--primary").click()
    page.wait_for_url("**/flare/plan/")
    assert_reachable(page)
    for path in ("/plan/", "/plan/pause/", "/crisis/"):
        page.goto(path)
        assert_reachable(page)
        assert_large_targets(page)


def test_after_a_fall_the_questions_about_injuries_come_before_the_next_session(page, pat, sign_in):
    sign_in(page, pat)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/diary/new/")
    choose(page, "pain", "3")
    choose(page, "signs", "fall")
    assert_reachable(page)
    assert_large_targets(page)
    page.locator("main form button.btn--primary").click()
    page.wait_for_url("**/check/")
    expect(page.locator("#messages")).to_contain_text("Your entry is saved.")
    page.goto("/today/")
    expect(page.locator("form[action='/session/start/']")).to_have_count(0)
    expect(page.locator("#news")).to_contain_text("You told us about a fall.")
    assert_reachable(page)
    page.goto("/diary/")
    expect(page.locator(".badge--care")).to_have_text("I had a fall")
