"""A therapist's decision against a caution: with who, why and until when, and never against a lock."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from programs.adapting import tell_program
from programs.models import ClinicalRecord, Lock, Program
from programs.planning import latest_version
from programs.standing import standing_of
from tests.factories.accounts import make_therapist
from tests.factories.programs import give_program
from tests.support.pages import hrefs, one, parse, words

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
GOOD = {"variants": ["chair_half"], "why": "Bends well on the couch.", "until": "2027-01-31"}


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def url(library, client, patient, therapist, linked):
    give_program(patient, MONDAY, days=["mon", "wed"])
    client.force_login(therapist)
    return f"/patients/{patient.pk}/override/seated-forward-bend/flexion_aggravated/"


def excluded(patient) -> set[str]:
    return {item["slug"] for item in latest_version(patient).plan["excluded"]}


def test_an_exercise_is_allowed_with_who_why_and_until(client, url, patient):
    assert url in hrefs(parse(client.get(f"/caseload/{patient.pk}/")))
    assert client.post(url, GOOD).headers["Location"] == f"/caseload/{patient.pk}/"
    assert "seated-forward-bend" not in excluded(patient)
    (kept,) = Program.objects.get().state["overrides"]
    assert (kept["by"], kept["why"], kept["until"]) == ("Tess", GOOD["why"], "2027-01-31")
    page = words(parse(client.get(f"/caseload/{patient.pk}/")))
    assert "Bends well on the couch." in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"why": ""},
        {"variants": []},
        {"until": "2026-11-23"},
        {"until": "2028-01-01"},
        {"until": ""},
    ],
)
def test_nothing_is_allowed_without_variant_reason_and_day(client, url, patient, wrong):
    assert client.post(url, GOOD | wrong).status_code == 422
    assert "seated-forward-bend" in excluded(patient)


def test_what_no_condition_leaves_out_cannot_be_allowed(client, url, patient):
    for slug, condition in (("bridge", "flexion_aggravated"), ("seated-forward-bend", "glaucoma")):
        assert client.get(f"/patients/{patient.pk}/override/{slug}/{condition}/").status_code == 404


def test_nobody_else_may(client, url, patient, clinic):
    for person in (patient, make_therapist("omar@example.org", clinic)):
        client.force_login(person)
        assert client.post(url, GOOD).status_code == 404
        assert client.post(f"/patients/{patient.pk}/release/", {"why": "x"}).status_code == 404
    assert "seated-forward-bend" in excluded(patient)


def test_an_override_opens_no_lock(client, url, patient):
    Lock.objects.create(patient=patient, level="emergency", rule="RF1a", text="Numb.")
    client.post(url, GOOD)
    assert standing_of(patient).state == "emergency"


def test_a_ceiling_is_released_with_a_reason_on_record(client, url, patient):
    assert client.post(f"/patients/{patient.pk}/release/", {"why": " "}).status_code == 422
    client.post(f"/patients/{patient.pk}/release/", {"why": "Steady for months."})
    assert Program.objects.get().state["released"] == ["ceiling"]
    assert ClinicalRecord.objects.get().outcome == "Steady for months."


def test_what_sent_pain_down_the_leg_comes_back_after_a_look_and_not_before(client, url, patient):
    leg = [{"slug": "bridge", "leg_spread": True}]
    tell_program(patient, "session", MONDAY, {"exercises": leg}, "session:1")
    page = parse(client.get(f"/patients/{patient.pk}/assessment/"))
    assert "Give back what sent symptoms down the leg: Bridge" in words(one(page, "main form"))
    record = {"kind": "assessment", "by": "therapist", "professional": "Tess"}
    seen = record | {"date": "2026-11-23", "lifts": ["leg-rule"], "outcome": "Nothing found."}
    client.post(f"/patients/{patient.pk}/assessment/", seen)
    asked = {item["slug"]: item for item in latest_version(patient).plan["program"]["exercises"]}
    assert asked["bridge"]["sets"] == 1
    # A look at an exercise asks for no new check.
    assert standing_of(patient).is_running
