"""Time away, flare-ups and breaks: nothing lost, nothing doubled, back in small steps."""

import pytest

from programs.engine import advance
from tests.programs.engine.standard import library
from tests.programs.engine.story import DAY_ONE, FULL, SHORT, Story


def after(days: int, level: int = 2) -> Story:
    story = Story.at_level(level, minutes=20)
    story.good(0)
    story.tell("gap", days)
    return story


@pytest.mark.parametrize("days", [3, 7])
def test_up_to_a_week_away_goes_on_as_planned(days):
    story = after(days)
    assert story.decisions[-1].action == "none"
    assert story.decisions[-1].reasons[-1].rule == "gap-1-7"
    assert story.work() == Story.at_level(2, minutes=20).work()


@pytest.mark.parametrize("days", [8, 14])
def test_one_to_two_weeks_away_keep_the_level_with_two_lighter_sessions(days):
    story, usual = after(days), Story.at_level(2, minutes=20).work()
    assert story.case.level == 2
    assert 0.5 * usual < story.work() <= 0.7 * usual
    story.session(days)
    story.session(days + 2)
    assert story.work() == usual


@pytest.mark.parametrize("days", [15, 28])
def test_two_to_four_weeks_away_go_one_level_down_after_a_full_check(days):
    story = after(days)
    assert {"level_down", "hold"} <= set(story.decisions[-1].actions)
    assert (story.case.level, story.program) == (1, None)
    story.tell("screening", days, screening=SHORT)
    assert story.program is None
    story.tell("screening", days, screening=FULL)
    assert story.program.level == 1


def test_more_than_four_weeks_away_start_again_at_foundation():
    story = after(29, level=3)
    story.tell("screening", 29, screening=FULL)
    assert story.program.level == 1
    assert all(item.sets <= 2 for item in story.program.exercises)


def test_the_days_tell_the_same_whether_or_not_each_of_them_is_asked():
    watched, alone = Story.at_level(2), Story.at_level(2)
    for story in (watched, alone):
        story.good(0)
    for day in range(2, 20):
        watched.tick(day)
    alone.tick(19)
    assert watched.case.level == alone.case.level == 1
    doses = [
        [(i.slug, i.variant, i.sets, i.reps, i.hold_seconds) for i in story.case.standing]
        for story in (watched, alone)
    ]
    assert doses[0] == doses[1]


def test_a_tick_twice_on_a_day_is_the_same_as_once():
    story = Story.at_level(2, week=4)
    story.good(0)
    for day in (2, 7, 8, 14, 15, 16, 29):
        story.tick(day)
        once = story.case
        decision = story.tick(day)
        assert (decision.changes, decision.alerts, decision.actions) == ((), (), ("none",))
        assert {**story.case.to_json(), "chain": ""} == {**once.to_json(), "chain": ""}


def test_the_calm_plan_of_a_flare_up_is_three_easy_moves_of_one_set():
    story = Story.at_level(2, minutes=20)
    decision = story.tell("flare", 0)
    assert decision.action == "flare_plan"
    assert len(story.program.exercises) == 3
    assert {item.sets for item in story.program.exercises} == {1}
    assert story.program.level == 0
    assert story.program.sessions_per_week == 2
    assert "flare-days-1-3" in {reason.rule for reason in story.program.advice}


def test_the_way_back_is_one_level_down_with_shorter_sessions_until_two_are_done():
    story = Story.at_level(2, minutes=20)
    minutes = story.program.minutes
    story.tell("flare", 0)
    story.tick(3)
    assert story.program.level == 1
    assert story.program.minutes <= 0.7 * minutes
    assert story.program.sessions_per_week == 2
    story.good(4, 6)
    assert story.case.flare is None
    assert story.program.sessions_per_week == 3
    assert story.case.level == 1


def test_a_worse_day_begins_the_calm_days_anew():
    story = Story.at_level(2)
    story.pain(0, 6)
    story.tell("flare", 0)
    story.pain(2, 7)
    story.tick(4)
    assert story.program.level == 0
    story.tick(5)
    assert story.program.level == 1


def test_two_days_of_more_pain_are_a_flare_up_one_is_not():
    story = Story.at_level(1)
    story.pains(range(4), 4)
    assert story.pain(4, 6).action == "none"
    assert "flare_plan" in story.pain(5, 6).actions


def test_one_long_flare_up_is_not_counted_three_times():
    story = Story.at_level(1)
    story.pains(range(4), 3)
    for day in range(4, 50):
        story.pain(day, 5)
    assert len(story.case.flares) == 1


def test_no_step_up_during_a_flare_up():
    story = Story.at_level(1)
    story.good(0, 2)
    story.tell("flare", 3)
    assert "progress" not in story.good(4).actions


def test_a_break_loses_nothing_and_ends_on_its_day():
    story = Story.at_level(1)
    story.good(0)
    standing = story.case.standing
    until = DAY_ONE.replace(day=DAY_ONE.day + 5).isoformat()
    assert story.tell("pause", 1, reason="holiday", until=until).action == "pause"
    assert story.program is None
    story.tick(4)
    assert story.program is None
    story.tick(5)
    assert story.program is not None
    assert story.case.standing == standing


def test_after_an_illness_two_days_well_come_first():
    story = Story.at_level(1)
    story.tell("pause", 0, reason="illness")
    assert story.tell("resume", 2).action == "pause"
    story.tick(3)
    assert story.program is None
    story.tick(4)
    assert story.program is not None


def test_a_break_by_choice_cannot_end_a_pause_for_strong_pain():
    story = Story.at_level(1)
    story.pain(0, 9)
    story.tell("pause", 1, reason="holiday")
    story.tell("resume", 2)
    assert story.program is None


def test_gap_and_flare_up_together_take_one_level_only():
    story = Story.at_level(3)
    story.good(0)
    story.tell("flare", 2)
    story.tell("gap", 15)
    assert story.case.level == 2


def test_a_session_with_no_work_done_is_still_told(tmp_path):
    story = Story.at_level(1)
    case, decision = advance(story.case, {"date": "2026-11-23", "kind": "session"}, library())
    assert decision.action == "none"
    assert case.last_session == DAY_ONE


def test_a_flare_up_that_has_not_settled_in_two_weeks_is_told_though_its_way_back_is_done():
    story = Story.at_level(2)
    story.pains(range(5), 3)
    story.tell("flare", 5)
    for day in (9, 11):
        story.session(day)
    assert story.case.flare is None
    for day in (13, 15, 17, 19):
        story.pain(day, 6)
    assert [a for a in story.alerts() if a[0] == "flare-not-settled"] == [
        ("flare-not-settled", "P3")
    ]


def test_a_check_that_is_old_by_the_time_somebody_comes_back_is_asked_again():
    story = Story.at_level(1)
    story.good(0)
    story.tick(16)
    story.tell("screening", 17, screening=FULL)
    assert story.program is not None
    story.tick(40)
    assert (story.program, story.case.awaits) == (None, "gap")
