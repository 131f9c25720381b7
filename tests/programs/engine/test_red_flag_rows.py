"""Every row of the red-flag table, each answer of it: level, by when, and what stays open."""

import pytest

from programs.engine import make_plan, plan_as_json, read_intake
from tests.programs.engine.people import CLEAR
from tests.programs.engine.standard import library

NOW, TODAY, DAYS = ("emergency", "now"), ("urgent", "same_day"), ("urgent", "within_days")
CAUTION, CLEARED = ("caution", None), ("clear", None)
SPINE = {"site": "spine", "cleared": True}
OLD = {"rf1e_longstanding_unchanged_checked": "yes"}


def plan_of(answers: dict | None = None, without: tuple[str, ...] = (), **facts) -> dict:
    """The plan of a healthy person of 40 but for these answers and facts."""
    told = {key: value for key, value in {**CLEAR, **(answers or {})}.items() if key not in without}
    pain = {"now": 4, "average": 4, "worst": 5}
    base = {"today": "2026-11-24", "age": 40, "pain": pain, "days": ["mon", "thu"], "minutes": 15}
    person = base | {"onset_days": 100, "screening": told} | facts
    return plan_as_json(make_plan(read_intake(person), library()))


def found(plan: dict) -> tuple[tuple, list[str], bool]:
    triage = plan["triage"]
    return (triage["level"], triage["act_within"]), triage["not_cleared"], bool(plan["program"])


def operation(site: str, weeks: int, *, cleared: bool = True, **more) -> dict:
    item = {"site": site, "weeks_ago": weeks, "cleared": cleared, **more}
    return {"rf20_any_operation": "yes", "rf20_surgery": [item]}


def birth(weeks: int, **more) -> dict:
    return {
        "rf19_given_birth_last_12_weeks": "yes",
        "rf19_weeks_since_birth": weeks,
        "rf19_checked": "yes",
        **more,
    }


def pregnant(weeks: int, **more) -> dict:
    return {"rf18_pregnant": "yes", "rf18_weeks": weeks, **more}


STOPS = [
    *[({key: value}, NOW) for key in ("rf1a_saddle_numbness", "rf4_cord", "rf13_aneurysm_signs") for value in ("yes", "not_sure")],
    *[
        ({key: value, "rf1e_longstanding_unchanged_checked": old}, NOW)
        for key in ("rf1b_bladder", "rf1c_bowel", "rf1d_sexual")
        for value in ("yes", "not_sure")
        for old in ("no", "not_sure")
    ],
    ({"rf1a_saddle_numbness": "yes"} | OLD, NOW),
    ({"rf2_both_legs": "new_or_worse"}, NOW),
    ({"rf2_both_legs": "not_sure"}, NOW),
    ({"rf2_both_legs": "stable_not_checked"}, DAYS),
    ({"rf3_weakness": "one_leg_new_or_worse"}, TODAY),
    ({"rf3_weakness": "both_legs_or_rapid"}, NOW),
    ({"rf3_weakness": "one_leg_new_or_worse", "rf1b_bladder": "yes"} | OLD, NOW),
    ({"rf5_major_injury": "not_assessed"}, NOW),
    ({"rf7_back_shape": "yes"}, DAYS),
    ({"rf8_cancer": "pain_new_or_different"}, DAYS),
    ({"rf8_cancer": "pain_old_nobody_aware"}, DAYS),
    ({"rf8_cancer": "pain_old_clinician_aware", "rf3_weakness": "one_leg_new_or_worse"}, NOW),
    ({"rf9_weight_loss": "yes"}, DAYS),
    ({"rf10_never_eases": "yes"}, DAYS),
    ({"rf11_fever": "yes"}, TODAY),
    ({"rf11_fever": "yes", "rf11_very_unwell": "yes"}, NOW),
    ({"rf11_fever": "yes", "rf12_infection_risk": "risk_pain_stable"}, NOW),
    ({"rf11_fever": "yes", "rf3_weakness": "one_leg_new_or_worse"}, NOW),
    ({"rf11_fever": "yes", "rf1b_bladder": "yes"} | OLD, NOW),
    ({"rf11_fever": "yes"} | operation("spine", 20), NOW),
    ({"rf12_infection_risk": "risk_pain_new_or_worse"}, DAYS),
    ({"rf13b_known_aneurysm": "yes"}, DAYS),
    ({"rf14_heart_or_brain": "now_or_last_24_hours"}, NOW),
    ({"rf14_heart_or_brain": "not_sure"}, NOW),
    ({"rf14_heart_or_brain": "on_effort_last_3_months"}, TODAY),
    ({"rf15_calf": "yes"}, TODAY),
    ({"rf15_calf": "yes_with_breathlessness"}, NOW),
    ({"rf16_kidney": "yes"}, TODAY),
    ({"rf17_red_painful_eye": "yes", "rf17_pain_began_before_45": "yes"}, TODAY),
    (pregnant(20, rf18_warning_sign="yes"), NOW),
    (pregnant(20, rf18_warning_sign="not_sure"), NOW),
    (pregnant(20, rf18_told_not_to_exercise="yes"), DAYS),
    (birth(5), DAYS),
    (birth(8, rf19_checked="no"), DAYS),
    (birth(8, rf19_problem="yes"), TODAY),
    (operation("spine", 5), DAYS),
    (operation("spine", 26, cleared=False), DAYS),
    (operation("abdomen", 5), DAYS),
    (operation("abdomen", 8, cleared=False), DAYS),
    (operation("hip_replacement", 11), DAYS),
    (operation("hip_other", 11), DAYS),
    (operation("hip_replacement", 500, cleared=False), DAYS),
    (operation("abdomen", 20, fever_or_wound_leak=True), TODAY),
    ({"rf22_blood_pressure": "180_or_more"}, TODAY),
    ({"rf22_blood_pressure": "180_or_more_with_symptoms"}, NOW),
    ({"rf24_dizziness": "new_or_blackouts"}, TODAY),
    ({"rf25_blood_thinners_and_knock": "yes"}, TODAY),
    ({"rf26_told_not_to_exercise": "yes"}, DAYS),
    *[
        ({"rf27_any": "yes", "rf27_spine_disease": [item]}, DAYS)
        for item in ("unhealed_fracture", "tumour", "inflammatory_arthritis_neck")
    ],
]  # fmt: skip


@pytest.mark.parametrize(("answers", "stop"), STOPS, ids=str)
def test_an_answer_that_stops(answers, stop):
    assert found(plan_of(answers)) == (stop, [], False)


GOES_ON = [
    *[({key: "yes"} | OLD, CAUTION) for key in ("rf1b_bladder", "rf1c_bowel", "rf1d_sexual")],
    ({"rf2_both_legs": "stable_checked"}, CAUTION),
    ({"rf3_weakness": "old_stable_assessed"}, CAUTION),
    ({"rf3_weakness": "old_stable_assessed", "rf8_cancer": "pain_old_clinician_aware"}, CAUTION),
    ({"rf5_major_injury": "assessed_and_cleared"}, CAUTION),
    ({"rf6_minor_injury": "yes"}, CLEARED),
    ({"rf6_minor_injury": "not_sure"}, CLEARED),
    ({"rf8_cancer": "pain_old_clinician_aware"}, CAUTION),
    ({"rf12_infection_risk": "risk_pain_stable"}, CAUTION),
    ({"rf17_pain_began_before_45": "not_sure"}, CLEARED),
    ({"rf17_pain_began_before_45": "yes", "rf17_red_painful_eye": "not_sure"}, CLEARED),
    ({"rf17_pain_began_before_45": "yes", "rf17_inflammatory_items": 2}, CLEARED),
    ({"rf17_pain_began_before_45": "yes", "rf17_inflammatory_items": 3}, CAUTION),
    ({"rf17_pain_began_before_45": "yes", "rf17_inflammatory_items": 4}, CAUTION),
    (birth(6), CAUTION),
    (birth(12), CAUTION),
    (operation("spine", 6), CAUTION),
    (operation("spine", 26), CAUTION),
    (operation("spine", 27), CLEARED),
    (operation("abdomen", 6), CAUTION),
    (operation("abdomen", 12), CAUTION),
    (operation("abdomen", 13), CLEARED),
    (operation("hip_replacement", 12), CAUTION),
    (operation("hip_other", 500), CAUTION),
    ({"rf22_blood_pressure": "160_179_or_not_controlled"}, CAUTION),
    ({"rf24_dizziness": "known_and_checked"}, CAUTION),
    ({"rf27_any": "yes", "rf27_spine_disease": ["healed_fracture"]}, CAUTION),
    ({"rf27_any": "yes", "rf27_spine_disease": ["scoliosis_surgery"]}, CAUTION),
]


@pytest.mark.parametrize(("answers", "level"), GOES_ON, ids=str)
def test_an_answer_that_goes_on(answers, level):
    triage = plan_of(answers)["triage"]
    assert ((triage["level"], triage["act_within"]), triage["not_cleared"]) == (level, [])


@pytest.mark.parametrize("answer", ["not_sure", "missing"])
@pytest.mark.parametrize(
    "key",
    [
        "rf3_weakness",
        "rf5_major_injury",
        "rf7_back_shape",
        "rf8_cancer",
        "rf9_weight_loss",
        "rf10_never_eases",
        "rf11_fever",
        "rf12_infection_risk",
        "rf13b_known_aneurysm",
        "rf15_calf",
        "rf16_kidney",
        "rf18_pregnant",
        "rf22_blood_pressure",
        "rf24_dizziness",
        "rf25_blood_thinners_and_knock",
        "rf26_told_not_to_exercise",
    ],
)
def test_not_sure_or_missing_is_not_cleared(key, answer):
    without = (key,) if answer == "missing" else ()
    plan = plan_of({key: "not_sure"}, without)
    assert found(plan) == (CLEARED, [key], False)


@pytest.mark.parametrize(
    "key",
    [
        "rf1a_saddle_numbness",
        "rf1b_bladder",
        "rf2_both_legs",
        "rf4_cord",
        "rf13_aneurysm_signs",
        "rf14_heart_or_brain",
    ],
)
def test_a_missing_answer_to_an_emergency_question_counts_as_yes(key):
    assert found(plan_of(without=(key,)))[0] == NOW


@pytest.mark.parametrize("key", ["rf6_minor_injury", "rf17_pain_began_before_45"])
def test_a_missing_answer_has_no_exception(key):
    assert found(plan_of(without=(key,)))[1] == [key]


FRAGILE = [
    {"age": 65},
    *[
        {"conditions": [tick]}
        for tick in (
            "osteoporosis",
            "steroids_3_months",
            "fragility_fracture_not_spine",
            "healed_spine_fracture",
        )
    ],
]


@pytest.mark.parametrize("facts", FRAGILE, ids=str)
@pytest.mark.parametrize(("answer", "open_"), [("yes", []), ("not_sure", ["rf6_minor_injury"])])
def test_a_small_knock_and_fragile_bone(facts, answer, open_):
    level, not_cleared, program = found(plan_of({"rf6_minor_injury": answer}, **facts))
    assert (not_cleared, program) == (open_, False)
    assert (level == TODAY) == (answer == "yes")


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"age": 17}, DAYS),
        ({"age": 18}, CLEARED),
        ({"pain": {"now": 0, "average": 9, "worst": 10}}, TODAY),
        ({"pain": {"now": 9, "average": 2, "worst": 10}}, TODAY),
        ({"pain": {"now": 8, "average": 6, "worst": 10}}, CLEARED),
        ({"cannot_stand_or_walk": True}, TODAY),
        ({"conditions": ["weak_immune_system"]}, CAUTION),
        ({"conditions": ["injects_drugs"]}, CAUTION),
        ({"conditions": ["leg_symptoms_on_walking"]}, CAUTION),
        ({"conditions": ["spinal_stenosis"]}, CAUTION),
        ({"conditions": ["osteopenia"]}, CLEARED),
        ({"conditions": ["osteopenia"], "age": 65}, CAUTION),
    ],
    ids=str,
)
def test_facts_of_the_intake_that_count(facts, level):
    assert found(plan_of(**facts))[:2] == (level, [])


@pytest.mark.parametrize(
    ("weeks", "key"),
    [(12, "pregnancy_t1"), (13, "pregnancy_t2t3"), (45, "pregnancy_t2t3")],
)
def test_trimesters_exclude_each_other(weeks, key):
    plan = plan_of(pregnant(weeks))
    assert plan["active_conditions"] == [key]
    assert (plan["triage"]["ok_first"], plan["program"]["level"]) == ("needed", 1)


@pytest.mark.parametrize(
    ("days", "average", "keys"),
    [
        (13, 7, ["acute_severe"]),
        (14, 7, ["high_pain"]),
        (None, 8, ["acute_severe"]),
        (13, 6, []),
    ],
)
def test_strong_pain_is_acute_before_day_14(days, average, keys):
    pain = {"now": average, "average": average, "worst": 8}
    onset = {} if days is None else {"onset_days": days}
    base = {"today": "2026-11-24", "age": 40, "days": [], "minutes": 15, "screening": dict(CLEAR)}
    plan = plan_as_json(make_plan(read_intake(base | onset | {"pain": pain}), library()))
    assert plan["active_conditions"] == keys


FIT = {"pain": {"now": 1, "average": 3, "worst": 4}, "lifestyle": {"exercise_days_per_week": 2}}


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        (FIT, 2),
        (FIT | {"age": 64}, 2),
        (FIT | {"age": 65}, 1),
        (FIT | {"age": 74}, 1),
        (FIT | {"age": 75}, 0),
        (FIT | {"pain": {"now": 1, "average": 4, "worst": 4}}, 1),
        (FIT | {"lifestyle": {"exercise_days_per_week": 1}}, 1),
        (FIT | {"conditions": ["osteoporosis"]}, 1),
        (FIT | {"conditions": ["knee_pain"]}, 2),
        (FIT | {"conditions": ["cannot_get_down_to_floor"]}, 0),
        (FIT | {"conditions": ["falls_or_unsteady"]}, 0),
        (FIT | {"conditions": ["diastasis"]}, 0),
        (FIT | {"history": {"level": 3, "days_since_last_session": 29, "rescreened": True}}, 1),
    ],
    ids=str,
)
def test_the_level_to_start_at(facts, level):
    assert plan_of(**facts)["program"]["level"] == level


@pytest.mark.parametrize("offered", range(1, 31))
def test_the_minutes_offered_are_kept(offered):
    program = plan_of(minutes=offered)["program"]
    if offered < 10:
        assert 5 <= program["minutes"] <= 8
        assert [item["sets"] for item in program["exercises"]] == [1, 1, 1]
        short = [item["rule"] for item in program["advice"] if item["rule"] == "shortest-session"]
        assert bool(short) == (offered < 5)
    else:
        assert program["minutes"] <= min(offered, 15)


@pytest.mark.parametrize(
    ("offered", "wanted", "days", "needs"),
    [
        (["sun", "mon"], 2, ["mon"], True),
        (["mon", "tue"], 2, ["mon"], True),
        (["sun", "mon", "wed"], 3, ["mon", "wed"], True),
        (["mon", "wed", "sun"], 2, ["wed", "sun"], False),
        (["mon", "wed", "fri", "sun"], 3, ["mon", "wed", "fri"], False),
        (["sat"], 3, ["sat"], False),
        ([], 3, [], True),
    ],
)
def test_sunday_and_monday_are_neighbours(offered, wanted, days, needs):
    program = plan_of(days=offered, sessions_wanted=wanted)["program"]
    assert program["needs_another_day"] == needs
    assert len(program["days"]) == len(days)
    assert program["days"] == days or offered == ["sun", "mon", "wed"]


def test_cat_cow_with_one_barred_half_stays_and_with_both_goes():
    bending = {"aggravated_by": ["sitting", "bending"], "conditions": ["disc_herniation"]}
    plan = plan_of(**bending)
    assert "cat-cow" not in {item["slug"] for item in plan["excluded"]}
    both = plan_of(**(bending | {"conditions": ["disc_herniation", "spondylolisthesis"]}))
    assert "cat-cow" in {item["slug"] for item in both["excluded"]}


def test_cobra_starts_low_where_bending_hurts():
    """The row says: start lying or on the forearms."""
    plan = plan_of(**FIT, aggravated_by=["sitting", "bending"])
    cobra = [i for i in plan["program"]["exercises"] if i["slug"] == "cobra"]
    assert plan["program"]["level"] == 2
    assert [item["variant"] for item in cobra] == ["prone_lie"]


ONLY_IF = [
    ({"leg_symptoms": "below_knee"}, "cobra", "lying_on_front"),
    ({"leg_symptoms": "below_knee"}, "childs-pose", "curling_up"),
    ({"leg_symptoms": "below_knee"}, "knee-to-chest", "sitting_or_leaning_forward"),
    ({"onset_days": 3, "marked_trouble_moving": True}, "cobra", "lying_on_front"),
    ({"onset_days": 3, "marked_trouble_moving": True}, "childs-pose", "curling_up"),
    ({"onset_days": 3, "marked_trouble_moving": True}, "knee-to-chest", "curling_up"),
    ({"pain": {"now": 7, "average": 7, "worst": 8}}, "cobra", "lying_on_front"),
]


@pytest.mark.parametrize(("facts", "slug", "position"), ONLY_IF, ids=str)
def test_only_if_it_eases_waits_for_the_person_to_say_so(facts, slug, position):
    held = {
        item["slug"]: [reason["rule"] for reason in item["reasons"]]
        for item in plan_of(**facts)["not_chosen"]
    }
    assert held[slug] == ["only-if-it-eases"]
    told = plan_of(**facts, eased_by=[position])
    rules = [r["rule"] for i in told["not_chosen"] if i["slug"] == slug for r in i["reasons"]]
    assert "only-if-it-eases" not in rules
