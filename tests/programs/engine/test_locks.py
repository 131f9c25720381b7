"""Locks open by a recorded assessment that names them and a full check after it, by nothing else."""

import pytest

from programs.engine import begin, canonical, make_plan, plan_as_json, read_intake
from tests.programs.engine.standard import library
from tests.programs.engine.story import FULL, SHORT, Story, answers

SIGN = SHORT | {"rf4_cord": "yes"}


def locked() -> Story:
    story = Story.at_level(1)
    story.pain(0, 4, screening=SIGN)
    return story


def test_a_later_harmless_answer_lifts_nothing():
    story = locked()
    story.tell("screening", 1, screening=FULL)
    story.pain(2, 2, screening=SHORT)
    story.tick(9)
    assert story.program is None
    assert story.case.plan.triage.level.key == "emergency"


def test_an_assessment_and_then_a_full_check_open_it():
    story = locked()
    story.tell("assessed", 1, lifts=["RF4"])
    assert story.program is None
    assert story.case.plan.triage.level.key == "caution"
    story.pain(2, 3, screening=SHORT)
    assert story.program is None
    story.tell("screening", 3, screening=FULL)
    assert story.program is not None
    assert story.case.locks == ()


def test_an_assessment_of_another_rule_opens_nothing():
    story = locked()
    story.tell("assessed", 1, lifts=["RF3"])
    story.tell("screening", 2, screening=FULL)
    assert story.program is None


def test_the_escalations_name_lifts_as_well():
    story = locked()
    story.tell("assessed", 1, lifts=["E1"])
    story.tell("screening", 2, screening=FULL)
    assert story.program is not None


def test_the_persons_own_record_lifts_urgent_and_never_an_emergency():
    own = {"by": "self", "record": "contact"}
    story = locked()
    story.tell("assessed", 1, lifts=["RF4"], **own)
    story.tell("screening", 2, screening=FULL)
    assert story.program is None
    urgent = Story.at_level(1)
    urgent.pain(0, 4, screening=SHORT | {"rf3_weakness": "one_leg_new_or_worse"})
    urgent.tell("assessed", 1, lifts=["RF3"], **own)
    urgent.tell("screening", 2, screening=FULL)
    assert urgent.program is not None
    assert [item.rule for item in urgent.case.alerts] == ["E2"]


def test_a_sign_that_was_assessed_and_stays_the_same_is_a_caution():
    story = locked()
    story.tell("assessed", 1, lifts=["RF4"])
    story.tell("screening", 2, screening=FULL | {"rf4_cord": "yes"})
    assert story.program is not None
    assert story.case.plan.triage.level.key == "caution"


def test_a_sign_that_comes_back_after_it_was_gone_locks_anew():
    story = locked()
    story.tell("assessed", 1, lifts=["RF4"])
    story.tell("screening", 2, screening=FULL)
    assert story.program is not None
    decision = story.pain(20, 4, screening=SIGN)
    assert decision.action == "lock"
    assert story.program is None


def test_two_signs_need_both_to_be_lifted():
    story = locked()
    story.pain(
        1, 4, screening=SHORT | {"rf4_cord": "no", "rf11_fever": "yes", "rf11_very_unwell": "no"}
    )
    story.tell("assessed", 2, lifts=["RF4"])
    story.tell("screening", 3, screening=FULL)
    assert story.program is None
    assert story.case.plan.triage.level.key == "urgent"
    story.tell("assessed", 4, lifts=["RF11"])
    story.tell("screening", 5, screening=FULL)
    assert story.program is not None


def test_a_first_screen_that_stops_is_a_lock_from_the_start():
    story = Story(None, screening=answers()["screening"] | {"rf5_major_injury": "not_assessed"})
    assert story.program is None
    story.tell("screening", 1, screening=FULL)
    assert story.program is None
    story.tell("assessed", 2, lifts=["RF5"])
    story.tell("screening", 3, screening=FULL)
    assert story.program is not None
    assert story.case.plan.program.level == 1


def test_a_question_left_open_stops_without_a_lock_until_it_is_answered():
    story = Story.at_level(1)
    story.tell("screening", 0, screening=FULL | {"rf16_kidney": "not_sure"})
    assert story.program is None
    assert story.case.plan.triage.not_cleared == ("rf16_kidney",)
    assert story.alerts() == []
    story.tell("screening", 1, screening=FULL)
    assert story.program is not None


def test_a_hold_until_permission_is_satisfied_by_the_record():
    story = Story(None, conditions=["healed_spine_fracture"])
    assert story.case.plan.triage.ok_first == "needed"
    story.tell("assessed", 1, by="therapist", record="permission")
    assert story.case.plan.triage.ok_first == "satisfied"


def test_nothing_gets_harder_while_locked():
    story = Story.at_level(1)
    story.good(0, 2)
    story.pain(4, 4, screening=SIGN)
    story.session(4)
    assert story.morning(5).action == "none"
    assert story.program is None


def test_a_pregnancy_passes_into_the_second_trimester_by_the_calendar():
    pregnant = answers()["screening"] | {
        "rf18_pregnant": "yes",
        "rf18_weeks": 12,
        "rf18_warning_sign": "no",
        "rf18_told_not_to_exercise": "no",
    }
    story = Story(None, screening=pregnant, clearances=["maternity_team"])
    assert "pregnancy_t1" in story.case.plan.active_conditions
    story.tick(6)
    assert "bridge" in story.slugs
    decision = story.tick(7)
    assert "pregnancy_t2t3" in story.case.plan.active_conditions
    assert "bridge" not in story.slugs
    assert {c.reason.rule for c in decision.changes} <= {"calendar", "back-again"}


def test_new_strong_pain_leaves_its_row_when_days_and_pain_are_over():
    story = Story(None, onset_days=3, pain={"now": 7, "average": 7, "worst": 8})
    assert "acute_severe" in story.case.plan.active_conditions
    story.pains(range(5, 10), 3)
    assert "acute_severe" in story.case.plan.active_conditions
    story.pain(11, 3)
    assert "acute_severe" not in story.case.plan.active_conditions
    assert story.case.level <= 1
    assert story.program is not None


@pytest.mark.parametrize("onset", [0, None])
def test_new_strong_pain_has_its_row_for_fourteen_days_however_the_diary_eases(onset):
    strong = {"now": 8, "average": 8, "worst": 8}
    story = Story(pain=strong, **({} if onset is None else {"onset_days": onset}))
    if onset is None:
        told = {key: value for key, value in answers(pain=strong).items() if key != "onset_days"}
        story.case = begin(read_intake(told), library())
    story.pains(range(8, 14), 2)
    assert "acute_severe" in story.case.plan.active_conditions
    story.pain(14, 2)
    assert not {"acute_severe", "high_pain"} & set(story.case.plan.active_conditions)


def test_very_strong_pain_in_the_diary_is_fed_back_as_eight_its_own_rule_stops_the_sessions():
    story = Story.at_level(1)
    story.pains(range(5), 10)
    assert story.case.pause.rule == "E5"
    story.pains((5, 6), 7)
    story.tell("screening", 6, screening=SHORT)
    # The week's mean is still above 9: the way out of the pause counts, not a second stop.
    assert story.program is not None
    assert "high_pain" in story.case.plan.active_conditions


def test_strong_pain_that_stays_after_two_weeks_takes_the_row_of_high_pain():
    story = Story(None, onset_days=3, pain={"now": 7, "average": 7, "worst": 8})
    story.pains(range(5, 12), 7)
    assert {"high_pain", "acute_severe"} & set(story.case.plan.active_conditions) == {"high_pain"}


def test_a_case_begins_with_the_plan_that_the_answers_alone_give():
    intake = read_intake(answers())
    first = plan_as_json(begin(intake, library()).plan)
    assert canonical(first) == canonical(plan_as_json(make_plan(intake, library())))
