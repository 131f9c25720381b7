"""What is printed, in a real browser: the sheet and the report are one page, whatever they hold."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from programs.calendar import session_day
from programs.engine.rules.escalations import ESCALATIONS
from progress.measuring import add_activity, rate_activities, say_overall
from progress.models import Alert, DiaryEntry, Goal, SessionRecord
from progress.views.report import PARTS
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
    version = give_program(pat, today - timedelta(days=21), minutes=30, days=days)
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
    # A whole week on a phone: three sessions of three numbers, seven of pain.
    monday = today - timedelta(days=today.weekday() + 7)
    page.goto(f"/diary/paper/?week={monday}")
    page.evaluate(COUNT)
    page.locator("input[type=number]").first.click()
    page.keyboard.type("43531444104352213")
    page.locator("label:has(input[name=signs][value=none])").click()
    page.locator("main form button.btn--primary").click()
    page.wait_for_url("**/diary/")
    sessions = SessionRecord.objects.filter(patient=pat).order_by("day")
    told = sessions.values_list("pain_before", "pain_after", "effort")
    assert list(told) == [(4, 3, 5), (3, 1, 4), (4, 4, 10)]
    assert DiaryEntry.objects.filter(patient=pat).count() == 7
    done = page.evaluate("JSON.parse(sessionStorage.counted)")
    assert done == {"keys": 17, "taps": 3}
    # Without the script a press of Tab goes with each number.
    for keys in (done["keys"], done["keys"] + 16):
        assert seconds_of(keys=keys, taps=done["taps"], numbers=16) < 45


# How long it takes by the keystroke-level model (Card, Moran and Newell), in seconds: a key on glass, a
# tap with its aim, a number read off paper, and a thought before each session, row, answer and press.
KEY, TAP, READ, THINK = 0.4, 1.3, 0.5, 1.35


def seconds_of(*, keys: int, taps: int, numbers: int) -> float:
    return keys * KEY + taps * TAP + numbers * READ + 6 * THINK


COUNT = """() => {
  const counted = { keys: 0, taps: 0 };
  const keep = () => (sessionStorage.counted = JSON.stringify(counted));
  addEventListener("keydown", () => { counted.keys += 1; keep(); }, true);
  addEventListener("pointerdown", () => { counted.taps += 1; keep(); }, true);
}"""


def test_a_report_with_everything_in_it_is_one_page_of_a4_and_of_letter(
    page: Page, library, sign_in
) -> None:
    """The most that each part shows, in the longest words that it shows in full."""
    pat = make_patient("pat@example.org", name="Alexandra-Katharina")
    now = timezone.now()
    today = session_day(pat, now)
    give_program(pat, today - timedelta(days=90), minutes=30, days=["mon", "wed", "fri"])
    note = (
        "Long drive to my sister and back. Stiff at first, but it eased after a walk in the park. "
    )
    for back in range(90):
        entry = {"pain": 4, "sleep": "broken", "mood": "so_so", "note": note * (back < 8)}
        felt_at = now - timedelta(days=back)
        DiaryEntry.objects.create(patient=pat, felt_at=felt_at, day=felt_at.date(), **entry)
    for number in range(6):
        Goal.objects.create(patient=pat, words=f"{number} walks to the shop and back", set_on=today)
    for rule in ("E4", "E6", "E7", "E8", "E9", "E11", "E14", "E22"):
        told = ESCALATIONS[rule]
        texts = {"therapist_text": told.therapist, "patient_text": told.patient}
        Alert.objects.create(patient=pat, rule=rule, priority=told.priority, **texts)
    for name in ("walk to the shop and back", "put on my socks", "stand and cook a meal"):
        add_activity(pat, name)
    for back in (28, 14, 0):
        ratings = dict.fromkeys(pat.activities.all(), 5)
        rate_activities(pat, uuid.uuid4(), today - timedelta(days=back), ratings)
        say_overall(pat, uuid.uuid4(), today - timedelta(days=back), 1)
    sign_in(page, pat)
    shown = "&".join(f"show={part}" for part in PARTS)
    page.goto(f"/progress/report/?range=3m&chosen=1&{shown}")
    assert page.locator(".report__part").count() == len(PARTS) - 1
    for size in ("A4", "Letter"):
        assert pages_of(page.pdf(format=size)) == 1, size
