"""Every page at every width, in both colors: reachable, inside its width, with large targets."""

import gzip
import random
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from programs.calendar import session_day
from programs.drafts import triage_of
from programs.intake_steps import answers_from
from programs.models import Draft
from programs.planning import build_program
from programs.standing import record_screening, standing_of
from progress.demo import exercise as done_session
from progress.demo import replies
from progress.diary import log_pain
from progress.recording import start_session
from tests.conftest import begin_with_the_library
from tests.e2e.conftest import (
    AXE_RULES,
    COLORS,
    assert_large_targets,
    assert_no_overflow,
    assert_reachable,
)
from tests.factories.accounts import link, make_clinic, make_patient, make_therapist

pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC = [
    "/",
    "/help-now/",
    "/privacy/",
    "/about/",
    "/accounts/login/",
    "/accounts/signup/",
    "/exercises/",
    "/exercises/?kind=stretch&position=chair",
    "/exercises/bird-dog/?variant=counter",
    "/check/",
    "/check/about/",
    "/check/nerves/",
    "/exercises/your-figure/",
    "/try/",
]
OWN = [
    "/today/",
    "/plan/",
    "/plan/days/",
    "/plan/letter/",
    "/check/result/",
    "/intake/review/",
    "/intake/pain/",
    "/intake/limits/",
    "/diary/",
    "/diary/new/",
    "/diary/?view=calendar",
    "/diary/paper/",
    "/check-in/",
    "/flare/",
    "/goals/",
    "/measures/",
    "/measures/activities/",
    "/measures/all-in-all/",
    "/plan/pause/",
    "/plan/handout/",
    "/offline/",
    "/progress/",
    "/progress/?range=all",
    "/settings/",
    "/settings/data/",
    "/settings/data/delete/",
    "/settings/data/looks/",
    "/progress/report/",
    "/progress/helps/",
]
THERAPISTS = ["/caseload/", "/settings/"]


@pytest.fixture
def lived_in(transactional_db):
    """A patient with a plan, sessions, a diary, and a therapist; a second one with an emergency."""
    begin_with_the_library()
    clinic = make_clinic("Hill Street Clinic")
    tess = make_therapist("tess@example.org", clinic)
    pat, ada = make_patient("pat@example.org"), make_patient("ada@example.org")
    link(pat, tess)
    link(ada, tess)
    rng, now = random.Random(1), timezone.now()
    today = session_day(pat, now)
    for person, told in (
        (pat, {}),
        (ada, {"check_nerves": {"rf1a_saddle_numbness": "yes"}}),
    ):
        given = replies(rng, **told)
        draft = Draft.objects.create(user=person, replies=given, answers=answers_from(given))
        record_screening(person, draft.answers, triage_of(draft))
        build_program(person, "answers", today - timedelta(days=20))
    version = pat.programs.get().versions.get()
    for back in (9, 7, 5):
        done_session(pat, version, today - timedelta(days=back), 4, rng)
    for back in range(20):
        log_pain(pat, uuid.uuid4(), 3 + back % 4, now - timedelta(days=back), note="a note")
    # What was told may have changed the plan: the session is of the plan as it is now.
    standing = standing_of(pat)
    assert standing.is_running, standing.state
    session = start_session(pat, standing.version, today, 3)
    return {"pat": pat, "tess": tess, "ada": ada, "session": session}


def check(page: Page, paths: list[str]) -> None:
    """Each page once, seen at three widths, light and dark; what color changes is looked at in both."""
    for path in paths:
        page.set_viewport_size({"width": 360, "height": 800})
        page.emulate_media(color_scheme="light")
        response = page.goto(path)
        assert response.status == 200, path
        assert_large_targets(page)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in ("dark", "light"):
                page.emulate_media(color_scheme=scheme)
                assert_reachable(page, COLORS if scheme == "dark" else AXE_RULES)
        page.set_viewport_size({"width": 768, "height": 800})
        assert_no_overflow(page)


def test_public_pages(page, lived_in):
    check(page, PUBLIC)


@pytest.mark.parametrize("part", range(3))
def test_a_patients_pages(page, lived_in, sign_in, part):
    sign_in(page, lived_in["pat"])
    token = lived_in["session"].token
    more = [f"/session/{token}/", f"/session/{token}/hurts/", f"/session/{token}/finish/"]
    check(page, (OWN + more)[part::3])


def test_a_therapists_pages_and_the_stop_page(page, lived_in, sign_in):
    sign_in(page, lived_in["tess"])
    more = [f"/caseload/{lived_in['pat'].pk}/", f"/patients/{lived_in['ada'].pk}/assessment/"]
    check(page, THERAPISTS + more)
    page.context.clear_cookies()
    sign_in(page, lived_in["ada"])
    check(page, ["/check/stop/", "/plan/", "/today/"])


def test_nothing_runs_over_the_edge_at_320_pixels_or_at_double_text(page, lived_in, sign_in):
    sign_in(page, lived_in["pat"])
    token = lived_in["session"].token
    for width, zoom in ((320, "100%"), (768, "200%")):
        page.set_viewport_size({"width": width, "height": 640})
        for path in [*PUBLIC, *OWN, f"/session/{token}/"]:
            page.goto(path)
            page.evaluate(
                "size => { document.documentElement.style.fontSize = size === '100%' ? '' : '36px'; }",
                zoom,
            )
            assert_no_overflow(page)


def test_the_first_visit_to_today_is_under_100_kilobytes(page, lived_in, sign_in):
    sign_in(page, lived_in["pat"])
    answers = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - it sets an attribute on it
    page.goto("/today/")
    page.wait_for_load_state("networkidle")
    bodies = [answer.body() for answer in answers]
    # The test server sends everything as it is, the production server compressed.
    total = sum(min(len(body), len(gzip.compress(body))) for body in bodies)
    assert len(bodies) >= 8
    assert total < 100 * 1024, total


def test_start_is_above_the_fold_on_a_small_phone(page, lived_in, sign_in):
    sign_in(page, lived_in["pat"])
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/today/")
    box = page.locator("main .btn--go").first.bounding_box()
    assert box["y"] + box["height"] <= 640 - 64
