"""The sheet in a real browser: one page of A4, whatever the plan holds."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from programs.calendar import session_day
from tests.e2e.conftest import assert_large_targets, assert_reachable
from tests.factories.accounts import make_patient
from tests.factories.programs import give_program

pytestmark = pytest.mark.django_db(transaction=True)


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_a_plan_of_many_exercises_prints_on_one_page_and_its_week_is_typed_in(
    page: Page, library, sign_in
) -> None:
    pat = make_patient("pat@example.org", name="Alexandra-Katharina")
    today = session_day(pat, timezone.now())
    days = ["mon", "wed", "fri"]
    version = give_program(pat, today, minutes=30, days=days)
    sign_in(page, pat)
    page.goto("/plan/handout/")
    rows = page.locator(".sheet__table tbody").first.locator("tr")
    assert rows.count() == len(version.plan["program"]["exercises"])
    assert_reachable(page)
    # The largest plan that the rules make has seven exercises: the last rows are shown again.
    page.evaluate(
        """() => { const body = document.querySelector('.sheet__table tbody');
        while (body.rows.length < 7) body.append(body.rows[0].cloneNode(true)); }"""
    )
    assert pages_of(page.pdf(format="A4", prefer_css_page_size=True)) == 1
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/diary/paper/")
    assert_reachable(page)
    assert_large_targets(page)
