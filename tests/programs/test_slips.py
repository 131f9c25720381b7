"""Ways in which somebody could slip past the check, each written down as a case."""

import random
from datetime import timedelta

import pytest

from programs.adapting import tell_program
from programs.clearing import lifting_assessments
from programs.engine import Level, read_intake, triage, triage_so_far
from programs.intake_steps import answers_from, next_open
from programs.models import ClinicalRecord, Draft, Lock, ProgramVersion, Screening
from programs.planning import latest_version
from programs.questionnaire import questions_of
from programs.standing import record_clinical, standing_of
from tests.factories.accounts import PASSWORD
from tests.support.pages import parse, words
from tests.support.walk import walk

pytestmark = pytest.mark.django_db
NUMB = {"rf1a_saddle_numbness": "yes"}
SPINE_OPERATION = {
    "rf20_any_operation": "yes",
    "op_sites": ["spine"],
    "op_spine": "10",
    "op_spine_cleared": "yes",
}
FEVER = {"rf11_fever": "yes", "rf11_very_unwell": "no"}


def check(client, answers=None) -> str:
    """Walks the check and opens its result; the heading of that page."""
    walk(client, "/check/", answers)
    return words(parse(client.get("/check/result/", follow=True)).cssselect("h1")[0])


def begin(client, patient, answers=None, intake=None) -> None:
    """A patient with a plan made through the pages."""
    client.force_login(patient)
    check(client, answers)
    walk(client, "/intake/", intake)
    client.post("/intake/review/")


def state(patient) -> str:
    return standing_of(patient).state


def emergency(client, answers=None) -> None:
    walk(client, "/check/", answers or NUMB)
    client.post("/check/confirm/", {"right": "yes"})


def test_something_new_in_the_diary_asks_every_sign_anew(client, patient, library):
    begin(client, patient)
    client.post("/diary/new/", {"pain": "4", "signs": "new"})
    assert client.get("/check/", follow=True).request["PATH_INFO"] == "/check/about/"
    assert client.get("/check/result/").headers["Location"] == "/check/"
    assert state(patient) == "recheck"
    assert check(client) == "No warning signs"
    assert state(patient) == "running"


def test_after_four_weeks_the_old_answers_do_not_pass_for_new_ones(client, patient, library):
    begin(client, patient)
    today = ProgramVersion.objects.get().made_on
    for days in (29, 30):
        tell_program(patient, "tick", today + timedelta(days=days))
    assert state(patient) == "recheck"
    assert client.get("/check/", follow=True).request["PATH_INFO"] == "/check/about/"
    assert check(client) == "No warning signs"
    assert state(patient) == "running"


def test_a_fall_told_to_the_program_stays_after_the_next_check(client, patient, library):
    begin(client, patient)
    today = ProgramVersion.objects.get().made_on
    tell_program(patient, "pain", today, {"average_pain": 4, "symptoms": ["fall"]})
    client.post("/check/again/")
    check(client, {"rf24_dizziness__asked": "yes", "rf24_dizziness": "known_and_checked"})
    active = latest_version(patient).plan["active_conditions"]
    assert {"balance_falls", "dizziness"} <= set(active)


def test_pregnant_at_the_second_check_and_the_old_plan_does_not_go_on(client, patient, library):
    begin(client, patient)
    client.post("/check/again/")
    check(client, {"rf18_pregnant": "yes", "rf18_weeks": "20"})
    assert state(patient) == "held"
    assert "pregnancy_t2t3" in ProgramVersion.objects.first().plan["active_conditions"]


def test_not_sure_at_the_second_check_holds_the_plan(client, patient, library):
    begin(client, patient)
    client.post("/check/again/")
    check(client, {"rf7_back_shape": "not_sure"})
    assert state(patient) == "not_cleared"
    client.post("/check/injury/", {"none_of_these": "on"})
    client.get("/check/result/")
    assert state(patient) == "running"


def test_the_same_check_again_makes_no_new_version(client, patient, library):
    begin(client, patient)
    client.post("/check/again/")
    check(client)
    assert (state(patient), ProgramVersion.objects.count()) == ("running", 1)


def test_other_days_during_a_check_make_no_plan(client, patient, library):
    begin(client, patient)
    client.post("/check/again/")
    client.post("/plan/days/", {"days": ["mon"]})
    assert ProgramVersion.objects.count() == 1


def test_other_days_stay_when_an_answer_is_changed_later(client, patient, library):
    begin(client, patient)
    client.post("/plan/days/", {"days": ["tue", "sat"]})
    client.post("/intake/goals/", {"goal1": "dance"})
    assert Draft.objects.get().answers["days"] == ["tue", "sat"]


def test_an_emergency_is_not_dropped_with_the_visitors_answers(client, patient):
    Draft.objects.create(user=patient, replies={"check:about": {"age": 40}})
    emergency(client)
    client.force_login(patient)
    client.post("/arrive/", {"use": "no"})
    assert state(patient) == "emergency"


def test_an_emergency_comes_along_when_signing_in_leads_elsewhere(client, patient):
    emergency(client)
    client.post("/accounts/login/?next=/exercises/", {"login": patient.email, "password": PASSWORD})
    assert list(Lock.objects.values_list("patient", "rule")) == [(patient.pk, "RF1a")]
    assert client.get("/check/", follow=True).request["PATH_INFO"] == "/check/stop/"


def test_an_emergency_not_yet_read_back_is_read_back_in_the_account(client, patient):
    walk(client, "/check/", NUMB)
    client.force_login(patient)
    assert client.get("/arrive/", follow=True).request["PATH_INFO"] == "/check/confirm/"
    assert Lock.objects.count() == 0


def test_a_fever_told_before_signing_in_is_asked_about_again(client, patient, library):
    begin(client, patient)
    client.logout()
    check(client, FEVER)
    client.force_login(patient)
    client.post("/arrive/", {"use": "no"})
    assert state(patient) == "recheck"


def test_half_a_check_brought_along_holds_the_older_plan(client, patient, library):
    begin(client, patient)
    client.logout()
    walk_until_nerves = {"age": "52", "health": ["none"]}
    client.post(
        "/check/about/",
        walk_until_nerves
        | dict.fromkeys(
            (
                "rf18_pregnant",
                "rf19_given_birth_last_12_weeks",
                "rf20_any_operation",
                "rf27_any",
            ),
            "no",
        ),
    )
    client.force_login(patient)
    client.post("/arrive/", {"use": "yes"})
    assert state(patient) == "recheck"
    assert check(client) == "No warning signs"
    assert state(patient) == "running"


def test_before_the_yes_no_further_question_is_shown(client):
    walk(client, "/check/", NUMB)
    for path in ("/check/", "/check/legs/", "/check/result/", "/intake/"):
        assert client.get(path, follow=True).request["PATH_INFO"] == "/check/confirm/"
    assert client.get("/check/nerves/").status_code == 200


def test_changed_answers_do_not_hide_an_urgent_lock(client, patient, library):
    client.force_login(patient)
    check(client, FEVER)
    heading = "Please see someone today, before you exercise"
    client.post("/check/illness/", {"none_of_these": "on"})
    assert words(parse(client.get("/check/result/")).cssselect("h1")[0]) == heading
    assert client.get("/intake/", follow=True).request["PATH_INFO"] == "/check/result/"


def test_a_young_person_cannot_lift_the_age_rule_and_a_typing_error_can_be_cured(client, patient):
    client.force_login(patient)
    check(client, {"age": "17"})
    visit = {
        "profession": "doctor",
        "professional": "Dr Lee",
        "date": "2026-01-05",
        "outcome": "fine",
    }
    client.post("/plan/contact/", visit)
    check(client, {"age": "17"})
    assert list(Lock.objects.open().values_list("rule", flat=True)) == ["RF21"]
    client.post("/plan/contact/", visit)
    assert check(client, {"age": "71"}) == "No warning signs"


def lift(patient, therapist, *rules, today, by="therapist") -> ClinicalRecord:
    return record_clinical(
        patient,
        therapist,
        today,
        kind="assessment",
        by=by,
        professional="T",
        date=today,
        lifts=rules,
    )


def test_numbness_that_was_assessed_and_comes_back_is_an_emergency_again(
    client, patient, therapist, library
):
    client.force_login(patient)
    emergency(client)
    lift(patient, therapist, "RF1a", today=Screening.objects.first().at.date())
    assert check(client, NUMB) == "You can exercise, with some care"
    client.post("/check/again/")
    check(client)
    client.post("/check/again/")
    assert walk(client, "/check/", NUMB)[-1] == "/check/confirm/"


def test_numbness_told_as_new_after_the_assessment_is_an_emergency_again(
    client, patient, therapist, library
):
    client.force_login(patient)
    emergency(client)
    lift(patient, therapist, "RF1a", today=Screening.objects.first().at.date())
    check(client, NUMB)
    client.post("/diary/new/", {"pain": "4", "signs": "new"})
    assert walk(client, "/check/", NUMB)[-1] == "/check/confirm/"


def test_an_old_cancer_that_was_looked_at_stays_lifted(client, patient, therapist, library):
    cancer = {"rf8_cancer__asked": "yes", "rf8_cancer": "pain_old_nobody_aware"}
    client.force_login(patient)
    check(client, cancer)
    lift(patient, therapist, "RF8", today=Screening.objects.first().at.date(), by="doctor")
    for _ in range(2):
        assert check(client, cancer) == "You can exercise, with some care"
        client.post("/diary/new/", {"pain": "4", "signs": "new"})
    assert [item["lifts"] for item in lifting_assessments(patient)] == [["RF8"]]


def allow(patient, therapist, today) -> None:
    record_clinical(
        patient, therapist, today, kind="permission", by="therapist", professional="T", date=today
    )


def test_a_permission_for_a_pregnancy_does_not_release_an_operation(
    client, patient, therapist, library
):
    begin(client, patient, {"rf18_pregnant": "yes", "rf18_weeks": "12"})
    today = ProgramVersion.objects.first().made_on
    assert state(patient) == "held"
    allow(patient, therapist, today)
    assert state(patient) == "running"
    client.post("/check/again/")
    check(client, {"rf18_pregnant": "yes", "rf18_weeks": "13"})
    assert state(patient) == "running"
    client.post("/check/again/")
    check(client, SPINE_OPERATION)
    assert state(patient) == "held"
    allow(patient, therapist, today)
    assert state(patient) == "running"


def screening() -> dict:
    return Draft.objects.latest("pk").answers["screening"]


def test_a_weak_immune_system_is_asked_how_the_pain_is_and_not_twice_about_the_risk(client):
    seen = walk(
        client,
        "/check/",
        {"health": ["weak_immune_system"], "rf12_infection_risk": "risk_pain_new_or_worse"},
    )
    assert "/check/illness-more/" in seen
    assert not parse(client.get("/check/illness/")).cssselect("[name=rf12_infection_risk__asked]")
    heading = "Please see someone in the next few days, before you exercise"
    assert words(parse(client.get("/check/result/")).cssselect("h1")[0]) == heading


@pytest.mark.parametrize(
    ("name", "rule", "within"),
    [
        ("rf15_calf", "RF15", "same_day"),
        ("rf3_weakness", "RF3", "same_day"),
        ("rf8_cancer", "RF8", "within_days"),
        ("rf12_infection_risk", "RF12", "within_days"),
    ],
)
def test_yes_to_a_sign_and_not_sure_of_its_kind_is_urgent(client, patient, name, rule, within):
    client.force_login(patient)
    check(client, {f"{name}__asked": "yes", name: "not_sure"})
    assert list(Lock.objects.values_list("rule", "screening__act_within")) == [(rule, within)]


def test_cancer_in_the_past_and_a_weak_leg_is_an_emergency_though_the_pain_is_unsure(client):
    answers = {
        "rf8_cancer__asked": "yes",
        "rf8_cancer": "not_sure",
        "rf3_weakness__asked": "yes",
        "rf3_weakness": "one_leg_new_or_worse",
    }
    assert walk(client, "/check/", answers)[-1] == "/check/confirm/"


def test_old_bladder_trouble_does_not_clear_new_bowel_trouble(client):
    old = {"rf1b_bladder": "yes", "rf1e_longstanding_unchanged_checked": "yes"}
    walk(client, "/check/", old)
    no = dict.fromkeys(("rf1a_saddle_numbness", "rf1b_bladder", "rf1d_sexual"), "no")
    response = client.post("/check/nerves/", no | {"rf1c_bowel": "yes"})
    assert response.headers["Location"] == "/check/nerves-more/"
    assert "rf1e_longstanding_unchanged_checked" not in screening()


def test_an_operation_cannot_be_named_without_when_and_whether_it_is_cleared(client):
    walk(client, "/check/", {**SPINE_OPERATION, "op_spine_cleared": "yes"})
    response = client.post("/check/about-operations/", {"op_spine": ""})
    assert response.status_code == 422
    assert len(parse(response).cssselect(".error-summary li")) == 2
    assert screening()["rf20_surgery"] == [
        {"site": "spine", "weeks_ago": 10, "cleared": True, "fever_or_wound_leak": False}
    ]


def test_an_operation_taken_back_counts_no_more(client):
    walk(client, "/check/", SPINE_OPERATION)
    walk(client, "/check/about/")
    assert screening()["rf20_surgery"] == []


def test_a_spine_illness_that_is_not_on_the_list_leads_on(client):
    walk(client, "/check/", {"rf27_any": "yes", "rf27_spine_disease": ["none"]})
    assert (screening()["rf27_any"], screening()["rf27_spine_disease"]) == ("no", [])


def test_a_pregnant_person_is_told_at_once_that_an_ok_comes_first(client, patient):
    client.force_login(patient)
    heading = check(client, {"rf18_pregnant": "yes", "rf18_weeks": "12"})
    assert heading == "You can exercise, with some care"
    assert "will wait for an OK" in words(parse(client.get("/check/result/")))
    assert Screening.objects.get().level == "caution"


@pytest.mark.parametrize(("ticks", "has_letter"), [(3, False), (4, True)])
def test_the_letter_is_for_four_signs_of_inflammation(client, ticks, has_letter):
    signs = ["night", "buttock", "movement", "heel"][:ticks]
    walk(client, "/check/", {"rf17_pain_began_before_45": "yes", "inflammation": signs})
    page = words(parse(client.get("/check/result/")))
    assert ("A letter for your doctor" in page, "HLA-B27" in page) == (has_letter, not has_letter)


def answer(question, rng: random.Random):
    """Any answer to a question, as its form keeps it."""
    if question.kind == "yes_no":
        return rng.choice(["yes", "no", "no", "not_sure"])
    if question.kind == "number":
        return rng.randint(question.low, min(question.high, 60))
    keys = [key for key, _label in question.choices]
    if question.kind == "choice":
        return rng.choice(keys)
    return [rng.choice(keys)]


def test_nothing_stays_open_that_no_screen_asks():
    """What a finished form still lacks is on the list that the result page shows."""
    for seed in range(200):
        rng, replies = random.Random(seed), {}
        while step := next_open("check", replies):
            replies[step.key] = {q.name: answer(q, rng) for q in questions_of(step, replies)}
        answers = answers_from(replies)
        pain = {"now": 1, "average": 1, "worst": 1}
        whole = answers | {"today": "2026-11-24", "pain": pain, "days": [], "minutes": 15}
        shown = triage_so_far(answers["screening"], answers)
        real = triage(read_intake(whole | {"onset_days": 400}))
        assert (seed, real.not_cleared, stops(real)) == (seed, shown.not_cleared, stops(shown))


def stops(found) -> Level | None:
    return found.level if found.level >= Level.URGENT else None
