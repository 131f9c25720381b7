"""How big a step is, how short a session may be, and other numbers that stand outside the tables."""

from dataclasses import replace
from datetime import timedelta

import pytest

from programs.engine import make_plan, read_intake
from programs.engine.facts import facts_now
from programs.engine.gaps import stage_of
from programs.engine.progression import Room, step_up
from programs.engine.rules.adaptation import HOLD_STEPS, REPS_STEPS, STILL_STEPS
from tests.programs.engine.story import CLEAR, DAY_ONE, FULL, Story, answers, library

ROOM = Room(moved=10**6, held=10**6, minutes=60)


def stepped(slug: str, **dose: int):
    """What a step makes of the exercise at level 1, with room for any work."""
    spec = next(item for item in library().exercises if item.slug == slug)
    item = replace(Story.at_level(1).item(slug), **dose)
    return step_up([item], 0, spec, (1, 2), ROOM)


def test_a_step_is_two_repetitions_and_one_where_two_would_pass_the_bound():
    assert [stepped("cat-cow", reps=reps).reps for reps in (4, 6, 7)] == [6, 8, 8]
    assert stepped("cat-cow", reps=8) is None


def test_a_step_of_a_short_hold_is_two_seconds_and_then_one():
    full = {"reps": 6}
    assert [stepped("bird-dog", hold_seconds=s, **full).hold_seconds for s in (2, 3, 4)] == [
        4,
        5,
        5,
    ]


def test_the_sizes_of_steps_are_those_of_the_rule():
    assert (REPS_STEPS, HOLD_STEPS, STILL_STEPS) == ((2, 1), (2, 1), (5, 3, 2, 1))


@pytest.mark.parametrize(("minutes", "is_told"), [(4, True), (5, False)])
def test_less_than_five_minutes_are_told_that_a_session_needs_five(minutes, is_told):
    program = make_plan(read_intake(answers(minutes=minutes)), library()).program
    assert ("shortest-session" in {reason.rule for reason in program.advice}) is is_told
    assert len(program.exercises) == 3


@pytest.mark.parametrize("minutes", range(3, 10))
def test_under_ten_minutes_a_session_has_three_exercises_of_one_set_and_eight_minutes(minutes):
    story = Story(None, minutes=minutes)
    story.good(0, 2, 4, 7, 9, 11, 14, 16, 18)
    for program in (
        story.program,
        make_plan(read_intake(answers(minutes=minutes)), library()).program,
    ):
        assert len(program.exercises) == 3
        assert {item.sets for item in program.exercises} == {1}
        assert program.minutes <= 8


def test_from_ten_minutes_on_a_session_may_have_more_sets():
    program = make_plan(read_intake(answers(minutes=10)), library()).program
    assert max(item.sets for item in program.exercises) == 2
    assert program.minutes == 10


def test_whoever_comes_in_the_third_week_of_a_level_has_two_weeks_behind():
    assert Story.at_level(1, week=3).case.level_since == DAY_ONE - timedelta(days=14)
    assert Story.at_level(1).case.level_since == DAY_ONE


def test_the_weeks_of_a_pregnancy_go_on_by_themselves_up_to_the_last():
    pregnant = FULL | {
        "rf18_pregnant": "yes",
        "rf18_weeks": 42,
        "rf18_warning_sign": "no",
        "rf18_told_not_to_exercise": "no",
    }
    case = Story.at_level(0, screening=dict(CLEAR) | pregnant).case
    weeks = [
        facts_now(case, DAY_ONE + timedelta(days=days)).raw["screening"]["rf18_weeks"]
        for days in (6, 7, 21, 28, 300)
    ]
    assert weeks == [42, 43, 45, 45, 45]


def test_the_stages_of_time_away_begin_where_the_rule_says():
    assert [stage_of(days) for days in (7, 8, 14, 15, 28, 29)] == [0, 1, 1, 2, 2, 3]


def test_each_stage_of_time_away_is_taken_once_and_the_strictest_one_speaks():
    story = Story.at_level(2)
    story.good(0, 2)
    assert [rule for rule in told(story, 10) if rule.startswith("gap")] == ["gap-8-14"]
    assert told(story, 11) == []
    assert [rule for rule in told(story, 17) if rule.startswith("gap")] == ["gap-15-28"]
    assert story.case.level == 1
    assert [rule for rule in told(story, 31) if rule.startswith("gap")] == ["gap-over-28"]
    assert story.case.gap_stage == 3


def told(story: Story, day: int) -> list[str]:
    return [reason.rule for reason in story.tick(day).reasons if reason.rule.startswith("gap")]


def test_too_hard_takes_a_step_back_in_a_held_week_too():
    story = Story.at_level(1)
    story.good(0, 2, 4)
    before = {
        item.slug: (item.sets, item.reps, item.hold_seconds) for item in story.program.exercises
    }
    story.tell("check_in", 7, average_pain=4, feeling="worse", barrier="too_hard")
    after = {
        item.slug: (item.sets, item.reps, item.hold_seconds) for item in story.program.exercises
    }
    assert after != before
    assert all(after[slug] <= before[slug] for slug in after)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_after_8_to_14_days_away_a_first_plan_asks_for_70_percent_of_the_work_both_sides_counted(
    level,
):
    def work(days: int) -> int:
        history = {"level": level, "days_since_last_session": days}
        intake = read_intake(answers(minutes=30, history=history))
        return sum(
            item.sets * (item.reps or 1) * (4 + (item.hold_seconds or 0)) * (1 + item.per_side)
            for item in make_plan(intake, library()).program.exercises
        )

    assert work(8) == work(14) <= 0.7 * work(7)
    assert work(8) >= 0.5 * work(7)
