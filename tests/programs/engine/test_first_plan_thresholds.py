"""The numbers that a first plan hangs on, each just below and just at: a number that moves is seen."""

from typing import Any

import pytest

from programs.engine import Library, make_plan, read_intake
from programs.engine.conditions import active_conditions, direction_of
from programs.engine.dosage import choose_level, minutes_of
from programs.engine.rules import CONDITIONS, LEVELS
from programs.engine.screening import triage
from tests.programs.engine.standard import library
from tests.programs.engine.story import answers


def plan(**changes: Any) -> Any:
    return make_plan(read_intake(answers(**changes)), library())


def conditions(**changes: Any) -> set[str]:
    intake = read_intake(answers(**changes))
    return set(active_conditions(intake, direction_of(intake).direction))


def direction(**changes: Any) -> tuple[str, str]:
    found = direction_of(read_intake(answers(**changes)))
    return found.direction, found.emphasis


def screened(**changes: str | int | list) -> dict[str, Any]:
    return {"screening": answers()["screening"] | changes}


def coming_back(**history: int) -> Any:
    intake = read_intake(answers(history={"level": 2, "rescreened": True, **history}))
    active = active_conditions(intake, direction_of(intake).direction)
    return choose_level(intake, active, triage(intake))


WORSE, EASES = "aggravated_by", "eased_by"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({WORSE: ["sitting"]}, "none"),
        ({WORSE: ["sitting", "bending"]}, "flexion_aggravated"),
        ({WORSE: ["sitting", "bending", "standing"]}, "none"),
        (
            {WORSE: ["sitting", "bending", "standing"], EASES: ["lying_on_front"]},
            "flexion_aggravated",
        ),
        ({WORSE: ["standing"]}, "none"),
        ({WORSE: ["standing", "arching_reaching_up"]}, "extension_aggravated"),
        ({WORSE: ["standing", "arching_reaching_up", "sitting"]}, "none"),
        (
            {WORSE: ["standing", "arching_reaching_up", "sitting"], EASES: ["curling_up"]},
            "extension_aggravated",
        ),
    ],
)
def test_two_signs_and_two_more_than_the_other_way_give_a_direction(changes, expected):
    assert direction(**changes)[0] == expected


STIFF, EPISODES = "stiff_in_most_directions", "frequent_short_episodes"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"traits": [STIFF]}, "general"),
        ({"traits": [STIFF], "lifestyle": {"sitting_hours_per_day": 7}}, "general"),
        ({"traits": [STIFF], "lifestyle": {"sitting_hours_per_day": 8}}, "mobility"),
        ({"traits": [EPISODES]}, "general"),
        ({"traits": [EPISODES], WORSE: ["small_sudden_moves"]}, "stability"),
    ],
)
def test_two_signs_give_an_emphasis(changes, expected):
    assert direction(**changes)[1] == expected


def pain(average: int) -> dict[str, int]:
    return {"now": average, "average": average, "worst": average}


@pytest.mark.parametrize(
    ("changes", "key", "is_on"),
    [
        ({"pain": pain(6), "onset_days": 13}, "acute_severe", False),
        ({"pain": pain(7), "onset_days": 13}, "acute_severe", True),
        ({"pain": pain(7), "onset_days": 14}, "acute_severe", False),
        ({"pain": pain(6), "onset_days": 14}, "high_pain", False),
        ({"pain": pain(7), "onset_days": 14}, "high_pain", True),
        ({"conditions": ["osteopenia"], "age": 64}, "osteoporosis", False),
        ({"conditions": ["osteopenia"], "age": 65}, "osteoporosis", True),
        (screened(rf18_pregnant="yes", rf18_weeks=12), "pregnancy_t1", True),
        (screened(rf18_pregnant="yes", rf18_weeks=13), "pregnancy_t2t3", True),
    ],
)
def test_a_condition_is_on_from_its_number_on(changes, key, is_on):
    assert (key in conditions(**changes)) is is_on


@pytest.mark.parametrize(
    ("site", "weeks", "key", "is_on"),
    [
        ("spine", 26, "spinal_surgery", True),
        ("spine", 27, "spinal_surgery", False),
        ("abdomen", 12, "abdominal_surgery", True),
        ("abdomen", 13, "abdominal_surgery", False),
    ],
)
def test_an_operation_counts_for_so_many_weeks(site, weeks, key, is_on):
    surgery = [{"site": site, "weeks_ago": weeks, "cleared": True}]
    assert (key in conditions(**screened(rf20_surgery=surgery))) is is_on


FIT = {"pain": pain(3), "lifestyle": {"exercise_days_per_week": 2}, "age": 64}


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, 2),
        ({"pain": pain(4)}, 1),
        ({"lifestyle": {"exercise_days_per_week": 1}}, 1),
        ({"age": 65}, 1),
        ({"age": 74}, 1),
        ({"age": 75}, 0),
    ],
)
def test_who_starts_at_which_level(changes, level):
    assert plan(**(FIT | changes)).program.level == level


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ({"days_since_last_session": 7}, (2, 1.0, None, False)),
        ({"days_since_last_session": 8}, (2, 0.7, None, False)),
        ({"days_since_last_session": 14}, (2, 0.7, None, False)),
        ({"days_since_last_session": 15}, (1, 1.0, None, False)),
        ({"days_since_last_session": 28}, (1, 1.0, None, False)),
        ({"days_since_flare_peak": 3, "minutes": 20}, (0, 1.0, 12, True)),
        ({"days_since_flare_peak": 4, "minutes": 20}, (1, 1.0, 12, False)),
        ({"days_since_flare_peak": 14, "minutes": 20}, (1, 1.0, 12, False)),
        ({"days_since_flare_peak": 15, "minutes": 20}, (2, 1.0, None, False)),
    ],
)
def test_coming_back_after_so_many_days(history, expected):
    choice = coming_back(**history)
    assert (choice.level, choice.volume, choice.minutes_cap, choice.calm) == expected


def test_after_more_than_four_weeks_the_start_is_anew():
    history = {"level": 2, "days_since_last_session": 29, "rescreened": True}
    assert plan(**FIT, history=history).program.level == 1


@pytest.mark.parametrize(("minutes", "exercises"), [(5, 3), (9, 3), (10, 3), (14, 4), (15, 4)])
def test_minutes_decide_how_many_exercises(minutes, exercises):
    program = plan(minutes=minutes).program
    assert len(program.exercises) == exercises
    assert program.minutes <= max(minutes, 8)


def test_a_mini_session_is_one_set_each_and_eight_minutes_at_most():
    program = plan(minutes=9).program
    assert {item.sets for item in program.exercises} == {1}
    assert 5 <= program.minutes <= 8
    # From ten minutes on it is a usual session at the doses of the level.
    reps = {m: {i.slug: i.reps for i in plan(**FIT, minutes=m).program.exercises} for m in (9, 10)}
    assert (reps[9]["bridge"], reps[10]["bridge"]) == (6, 8)


def test_the_time_is_warm_up_and_cool_down_and_what_is_done():
    # 120 s to warm up, 60 s to cool down: 3 minutes, rounded up to whole ones.
    assert minutes_of(()) == 3


def test_the_table_of_levels():
    rows = {
        level: (
            rule.most_exercises,
            rule.minutes,
            rule.effort_max,
            rule.rest_seconds,
            rule.sessions,
        )
        for level, rule in LEVELS.items()
    }
    assert rows == {
        0: (4, 10, 3, 30, 2),
        1: (6, 15, 4, 30, 3),
        2: (7, 20, 5, 45, 3),
        3: (8, 30, 6, 60, 3),
    }


# Start cap and ceiling of each condition; without a CAUTION nothing but the cap holds.
CAPS = {
    "osteoporosis": (1, 2),
    "vertebral_fracture": (0, 1),
    "flexion_aggravated": (2, 3),
    "radicular_leg_pain": (1, 2),
    "extension_aggravated": (2, 3),
    "spondylolisthesis": (1, 2),
    "acute_severe": (0, 2),
    "high_pain": (0, 2),
    "knee_pain": (3, 3),
    "wrist_pain": (3, 3),
    "shoulder_pain": (3, 3),
    "hip_replacement": (1, 2),
    "pregnancy_t1": (1, 2),
    "pregnancy_t2t3": (1, 2),
    "postpartum": (0, 2),
    "uncontrolled_bp": (0, 1),
    "glaucoma": (1, 2),
    "dizziness": (0, 2),
    "neck_pain": (3, 3),
    "balance_falls": (0, 2),
    "floor_difficulty": (0, 3),
    "abdominal_surgery": (0, 2),
    "spinal_surgery": (0, 1),
}


def test_the_table_of_caps_and_ceilings():
    assert {key: (row.start_cap, row.ceiling) for key, row in CONDITIONS.items()} == CAPS


@pytest.mark.parametrize(("days", "runs"), [(14, True), (15, False)])
def test_after_more_than_two_weeks_away_a_full_check_comes_first(days, runs):
    history = {"level": 1, "days_since_last_session": days, "rescreened": False}
    assert (plan(history=history).program is not None) is runs


@pytest.mark.parametrize(("usable", "looks"), [(5, True), (6, False)])
def test_with_five_exercises_or_fewer_a_therapist_looks(usable, looks):
    slugs = ["pelvic-tilt", "bridge", "bird-dog", "side-plank", "cat-cow", "torso-twist"][:usable]
    few = Library(tuple(item for item in library().exercises if item.slug in slugs))
    program = make_plan(read_intake(answers()), few).program
    assert program.therapist_review is looks


def test_a_caution_comes_back_to_build_at_most():
    history = {"level": 3, "days_since_last_session": 2, "rescreened": True}
    cautious = screened(rf5_major_injury="assessed_and_cleared")
    assert plan(**cautious, history=history, minutes=30).program.level == 2
    assert plan(history=history, minutes=30).program.level == 3


def test_the_way_back_from_a_flare_up_is_two_sessions_a_week():
    history = {"level": 2, "days_since_flare_peak": 5, "minutes": 20, "rescreened": True}
    program = plan(history=history, days=["mon", "wed", "fri"], sessions_wanted=3).program
    assert program.sessions_per_week == 2


def test_a_mini_session_has_two_for_strength_and_one_more():
    slugs = [item.slug for item in plan(minutes=9).program.exercises]
    assert slugs == ["cat-cow", "pelvic-tilt", "bridge"]


@pytest.mark.parametrize(("signs", "advice"), [(3, "blood test"), (4, "spondyloarthritis")])
def test_three_signs_of_inflammation_ask_for_a_blood_test_and_four_for_a_check(signs, advice):
    asked = screened(rf17_pain_began_before_45="yes", rf17_inflammatory_items=signs)
    found = plan(**asked, onset_days=120).triage.findings
    assert advice in next(item.reason.text for item in found if item.reason.rule == "RF17")
