"""The intake and the plan that comes of it, through the pages."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from programs.drafts import purge
from programs.engine import read_intake
from programs.intake_steps import INTAKE, STEPS
from programs.models import Draft, Lock, Program
from programs.planning import replays
from tests.programs.test_check import sign_up
from tests.support.pages import all_words, parse, queries, words
from tests.support.walk import walk

pytestmark = pytest.mark.django_db


def test_a_visitor_sees_a_plan_before_signing_up_and_keeps_it(client, library):
    walk(client, "/check/")
    assert walk(client, "/intake/")[-1] == "/intake/review/"
    preview = parse(client.get("/plan/preview/"))
    shown = all_words(preview, ".ex__name")
    assert len(shown) >= 4
    user = sign_up(client)
    assert client.get("/arrive/").headers["Location"] == "/plan/"
    assert all_words(parse(client.get("/plan/")), ".ex__name") == shown
    assert Draft.objects.get().user == user


def test_an_existing_account_is_asked_before_new_answers_replace_old_ones(client, patient, library):
    Draft.objects.create(user=patient, replies={"check:about": {"age": 40}})
    walk(client, "/check/")
    walk(client, "/intake/")
    client.force_login(patient)
    assert words(parse(client.get("/arrive/")).cssselect("h1")[0]) == "Use your new answers?"
    client.post("/arrive/", {"use": "no"})
    assert Draft.objects.get().replies == {"check:about": {"age": 40}}


def test_the_intake_waits_for_the_check(client):
    assert client.get("/intake/place/").headers["Location"] == "/check/"


def test_a_refused_screen_keeps_what_was_typed(client):
    walk(client, "/check/")
    walk(client, "/intake/")
    data = {"goal1": "walk the dog", "goal2": "x" * 121, "goal3": ""}
    response = client.post("/intake/goals/", data)
    assert response.status_code == 422
    assert parse(response).cssselect("[name=goal1]")[0].get("value") == "walk the dog"


def test_very_strong_pain_stops_before_the_rest_is_asked(client, patient):
    client.force_login(patient)
    walk(client, "/check/")
    assert walk(client, "/intake/", {"average": "9", "worst": "9"})[-1] == "/check/result/"
    client.get("/check/result/")
    assert list(Lock.objects.values_list("rule", "level")) == [("RF23", "urgent")]


def test_a_plan_can_be_replayed_byte_for_byte(client, patient, library):
    client.force_login(patient)
    walk(client, "/check/")
    walk(client, "/intake/")
    client.post("/intake/review/")
    version = Program.objects.get().versions.get()
    assert replays(version)
    assert version.plan["program"]["days"] == ["mon", "wed", "fri"]
    assert version.intake["goals"] == ["lift my grandchild again"]


def test_other_days_make_a_new_version(client, patient, library):
    client.force_login(patient)
    walk(client, "/check/")
    walk(client, "/intake/")
    client.post("/intake/review/")
    client.post("/plan/days/", {"days": ["tue", "wed", "sat"]})
    version = Program.objects.get().versions.first()
    assert (version.number, version.cause) == (2, "days changed")
    assert version.plan["program"]["days"] == ["tue", "sat"]
    assert "choose one more day" in words(parse(client.get("/plan/")))


def test_random_walks_always_make_an_intake_that_the_engine_reads(client):
    for seed in range(12):
        rng = random.Random(seed)
        client.cookies.clear()
        chosen = {
            "rf2_both_legs__asked": rng.choice(["no", "yes"]),
            "rf2_both_legs": "stable_checked",
            "rf8_cancer__asked": rng.choice(["no", "yes", "not_sure"]),
            "rf8_cancer": "pain_old_clinician_aware",
            "rf20_any_operation": rng.choice(["no", "yes"]),
            "op_sites": ["hip_replacement"],
            "op_hip_replacement": "60",
            "op_hip_replacement_cleared": "yes",
            "rf27_any": rng.choice(["no", "yes"]),
            "rf27_spine_disease": ["healed_fracture"],
            "rf18_pregnant": rng.choice(["no", "yes"]),
            "rf18_weeks": "20",
            "rf17_pain_began_before_45": rng.choice(["no", "yes"]),
            "inflammation": rng.sample(["night", "buttock", "family", "heel"], 2),
            "conditions": rng.sample(["knee_pain", "glaucoma", "neck_pain"], 2),
            "floor": rng.choice(["yes", "no"]),
            "onset": rng.choice(["3", "unknown", "500"]),
        }
        walk(client, "/check/", chosen)
        end = walk(client, "/intake/", chosen)[-1]
        draft = Draft.objects.latest("pk")
        read_intake(
            {"pain": {"now": 1, "average": 1, "worst": 1}, "days": [], "minutes": 15}
            | draft.answers
            | {"today": "2026-11-24"}
        )
        assert end in ("/intake/review/", "/check/result/")


def test_nothing_is_asked_in_two_places():
    names = [question.name for step in STEPS for question in step.questions]
    assert len(names) == len(set(names))


def test_the_intake_is_at_most_twelve_screens_and_four_minutes():
    """Minutes of reading: words ÷ 200, plus 3 seconds a control that is used."""
    texts, controls = [], 0
    for step in INTAKE:
        texts += [str(step.title), str(step.lede)]
        for question in step.questions:
            texts += [
                str(question.label),
                str(question.hint),
                *(str(label) for _key, label in question.choices),
                *(str(hint) for hint in question.hints.values()),
            ]
            controls += 1
    minutes = sum(len(text.split()) for text in texts) / 200 + controls * 3 / 60
    assert len(INTAKE) + 1 <= 12
    assert minutes <= 4


def test_a_visitors_answers_go_after_seven_days(client, patient):
    walk(client, "/check/")
    Draft.objects.create(user=patient)
    assert purge(timezone.now() + timedelta(days=6)) == 0
    assert purge(timezone.now() + timedelta(days=8)) == 1
    assert Draft.objects.get().user == patient


def test_pages_cost_the_same_with_many_versions(client, patient, library):
    client.force_login(patient)
    walk(client, "/check/")
    walk(client, "/intake/")
    client.post("/intake/review/")
    with queries() as one:
        client.get("/plan/")
    for days in (["mon"], ["tue"], ["mon", "thu"]):
        client.post("/plan/days/", {"days": days})
    with queries() as many:
        client.get("/plan/")
    assert len(one) == len(many) <= 12


@pytest.mark.parametrize("path", ["/plan/", "/plan/days/", "/plan/letter/", "/plan/contact/"])
def test_only_a_patient_has_a_plan(client, therapist, path):
    client.force_login(therapist)
    assert client.get(path).status_code == 404
