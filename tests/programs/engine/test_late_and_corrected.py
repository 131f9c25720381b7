"""What is told late counts for its own day; what is corrected counts from then on, and lifts nothing."""

from datetime import date, timedelta
from typing import Any

import pytest

from programs.engine import EventFaults
from programs.engine.diary import week_mean
from tests.programs.engine.story import DAY_ONE, SHORT, Story


def on(day: int) -> str:
    return (DAY_ONE + timedelta(days=day)).isoformat()


def day_of(n: int) -> date:
    return DAY_ONE + timedelta(days=n)


def named(story: Story, kind: str, day: int, name: str, **fields: Any) -> Any:
    return story.tell(kind, day, id=name, **fields)


def correct(story: Story, day: int, name: str, **fields: Any) -> Any:
    return story.tell("corrected", day, of=name, id=f"corrected {name}", **fields)


def actions(decision: Any) -> set[str]:
    return set(decision.actions)


# Told late


def test_an_entry_told_late_counts_for_its_own_day():
    story = Story.at_level(1)
    story.pain(4, 3)
    story.pain(5, 7, on=on(1))
    assert [(p.date, p.score) for p in story.case.pains] == [(day_of(1), 7.0), (day_of(4), 3.0)]
    # Logged today: nobody is silent who writes up their week.
    assert story.case.last_log == day_of(5)


def test_a_morning_told_late_belongs_to_its_own_session_and_not_to_the_last_one():
    story = Story.at_level(1)
    story.session(0)
    story.session(2)
    story.morning(3, on=on(1), pain=4)
    assert [done.next_morning for done in story.case.sessions] == [4, None]


def test_a_much_sorer_morning_told_late_still_rests_the_suspect():
    story = Story.at_level(2)
    story.session(0)
    story.session(2)
    decision = story.morning(3, on=on(1), pain=7)
    assert {"level_down", "remove_exercise"} <= actions(decision)
    assert story.fired("next-day")


def test_a_sorer_morning_two_weeks_ago_rests_nothing_now_and_the_therapist_hears_of_it():
    story = Story.at_level(2)
    for day in (0, 2, 4, 7, 9, 11):
        story.session(day)
    level, slugs = story.case.level, story.slugs
    story.morning(12, on=on(1), pain=7)
    assert (story.case.level, story.slugs) == (level, slugs)
    assert story.fired("next-day")


def test_a_morning_two_points_up_lightens_no_session_after_the_next_one_was_done():
    story = Story.at_level(1)
    story.session(0)
    story.session(2)
    story.morning(3, on=on(1), pain=5)
    assert story.case.lighter == ()
    story.morning(3, pain=5)
    assert [item.rule for item in story.case.lighter] == ["next-day"]


def test_nine_told_late_pauses_unless_two_calmer_days_came_since():
    story = Story.at_level(1)
    story.pain(3, 5)
    assert "pause" in actions(story.pain(4, 9, on=on(2)))
    calmer = Story.at_level(1)
    calmer.pain(3, 5)
    calmer.pain(4, 5)
    calmer.pain(4, 9, on=on(2))
    assert calmer.case.pause is None


def test_eight_twice_is_counted_by_the_days_that_it_was_felt_on():
    apart = Story.at_level(1)
    apart.pain(6, 8)
    apart.pain(6, 8, on=on(1))
    assert not apart.fired("E5")
    near = Story.at_level(1)
    near.pain(6, 8)
    near.pain(6, 8, on=on(3))
    assert near.fired("E5")


def test_strong_pain_of_five_weeks_ago_pauses_nothing():
    story = Story.at_level(1)
    story.tick(35)
    assert "pause" not in actions(story.pain(36, 9, on=on(7)))
    assert "pause" in actions(story.pain(36, 9, on=on(8)))


def test_a_hard_day_of_last_week_is_no_flare_up_of_today():
    story = Story.at_level(1)
    decision = story.pain(9, 4, on=on(2), cannot_do_daily_tasks=True)
    assert story.case.flare is None
    # The clinician's visit and the hold come all the same.
    assert story.fired("E9")
    assert "hold" in actions(decision)
    assert "flare_plan" in actions(story.pain(9, 4, on=on(7), cannot_do_daily_tasks=True))


def test_two_days_of_more_pain_told_on_the_third_are_a_flare_up():
    story = Story.at_level(1)
    story.pains(range(4), 3)
    story.pain(6, 6, on=on(4))
    assert story.case.flare is None
    assert "flare_plan" in actions(story.pain(6, 6, on=on(5)))


def test_bad_nights_told_late_count_in_their_own_week():
    story = Story.at_level(1)
    for night in (1, 2, 3, 4):
        story.pain(12, 4, on=on(night), poor_sleep_from_pain=True)
    assert not story.fired("E9")
    story.pain(12, 4, on=on(5), poor_sleep_from_pain=True)
    assert story.fired("E9")


def test_a_session_told_late_stands_on_its_day_and_takes_no_second_step_for_the_gap():
    story = Story.at_level(1)
    story.good(0, 2)
    story.tick(12)
    lighter = story.case.lighter
    assert [item.sessions for item in lighter] == [2]
    story.session(12, on=on(5))
    assert [done.date for done in story.case.sessions] == [day_of(0), day_of(2), day_of(5)]
    # It was done before the lighter ones began, so it is none of them.
    assert story.case.lighter == lighter
    assert story.case.last_session == day_of(5)


def test_sessions_from_a_paper_week_are_no_time_away():
    story = Story.at_level(2)
    story.good(0)
    decision = story.session(16, on=on(9))
    assert "level_down" not in actions(decision)
    assert story.case.awaits == ""


def test_three_good_sessions_told_late_bring_no_step_after_a_bad_one():
    story = Story.at_level(1)
    story.session(9, completed_fraction=0.3)
    story.morning(10)
    for day in (2, 4, 6):
        story.session(10, on=on(day), pain_next_morning=3)
    decision = story.morning(10)
    assert "progress" not in actions(decision)


def test_red_told_late_counts_with_a_red_of_the_same_week():
    story = Story.at_level(2)
    red = [{"slug": "bridge", "pain_during": 7}]
    story.session(9, exercises=red)
    decision = story.session(10, on=on(4), exercises=[{"slug": "bird-dog", "pain_during": 8}])
    assert "level_down" in actions(decision)
    assert story.fired("E13")


@pytest.mark.parametrize("day", [1, 2])
def test_no_day_to_come_is_told(day):
    story = Story.at_level(1)
    with pytest.raises(EventFaults, match="on"):
        story.pain(0, 4, on=on(day))


# Corrected


def test_a_slip_of_the_finger_is_corrected_and_the_pause_stays_until_its_own_way_out():
    story = Story.at_level(1)
    named(story, "pain", 0, "a", average_pain=9)
    decision = correct(story, 0, "a", average_pain=2)
    assert (story.program, story.case.pause.rule) == (None, "E5")
    assert [item.rule for item in story.case.alerts] == ["E5"]
    assert {"corrected", "corrected-stays"} <= {reason.rule for reason in decision.reasons}
    # The numbers count as they are now: one more 8 is the first, not the second.
    assert [p.score for p in story.case.pains] == [2.0]
    assert not [note for note in story.case.notes if note.what == "strong_pain"]
    story.pain(1, 5)
    story.pain(2, 5)
    story.tell("screening", 2, screening=SHORT)
    assert story.program is not None


def test_a_number_corrected_upward_does_what_it_would_have_done():
    story = Story.at_level(1)
    named(story, "pain", 0, "a", average_pain=3)
    assert "pause" in actions(correct(story, 1, "a", on=on(0), average_pain=9))
    assert story.fired("E5")


def test_an_entry_that_is_taken_back_leaves_the_means_and_closes_no_alert():
    story = Story.at_level(1)
    for day in range(6):
        named(story, "pain", day, f"d{day}", average_pain=4)
    named(story, "pain", 6, "x", average_pain=4, cannot_do_daily_tasks=True)
    holds, alerts = story.case.holds, story.case.alerts
    correct(story, 6, "x")
    assert week_mean(story.case, day_of(6)) == 4
    assert len(story.case.pains) == 6
    assert (story.case.holds, story.case.alerts) == (holds, alerts)
    assert story.case.flare is not None


def test_a_correction_of_the_words_alone_opens_no_alert_a_second_time():
    story = Story.at_level(1)
    named(story, "pain", 0, "a", average_pain=4, cannot_do_daily_tasks=True)
    story.tell("closed", 1, rule="E9")
    correct(story, 1, "a", on=on(0), average_pain=4, cannot_do_daily_tasks=True, text="busy day")
    assert story.alerts().count(("E9", "P2")) == 1


def test_an_entry_moved_to_another_day_counts_there_and_no_more_where_it_was():
    story = Story.at_level(1)
    named(story, "pain", 3, "a", average_pain=6)
    named(story, "pain", 3, "b", average_pain=2)
    correct(story, 4, "a", on=on(1), average_pain=6)
    assert [(p.date, p.score) for p in story.case.pains] == [(day_of(1), 6.0), (day_of(3), 2.0)]


def test_a_morning_corrected_down_makes_the_session_good_and_brings_no_step_by_itself():
    story = Story.at_level(1)
    story.good(0, 2)
    story.session(4)
    named(story, "next_morning", 5, "m", pain_next_morning=5)
    assert "progress" not in actions(correct(story, 5, "m", pain_next_morning=3))
    assert story.case.sessions[-1].next_morning == 3


def test_a_morning_corrected_up_acts_once_and_not_twice():
    story = Story.at_level(2)
    story.session(0)
    named(story, "next_morning", 1, "m", pain_next_morning=6)
    level = story.case.level
    assert "level_down" not in actions(correct(story, 1, "m", pain_next_morning=8))
    assert story.case.level == level
    other = Story.at_level(2)
    other.session(0)
    named(other, "next_morning", 1, "m", pain_next_morning=4)
    assert "level_down" in actions(correct(other, 1, "m", pain_next_morning=8))


def test_a_calm_day_that_is_corrected_up_does_not_end_the_pause():
    story = Story.at_level(1)
    story.pain(0, 9)
    named(story, "pain", 1, "a", average_pain=5)
    correct(story, 1, "a", average_pain=8)
    story.pain(2, 5)
    story.tell("screening", 2, screening=SHORT)
    assert story.program is None


def test_a_calm_day_that_is_taken_back_does_not_end_the_pause():
    story = Story.at_level(1)
    story.pain(0, 9)
    named(story, "pain", 1, "a", average_pain=5)
    correct(story, 1, "a")
    story.pain(2, 5)
    story.tell("screening", 2, screening=SHORT)
    assert story.program is None


def test_strong_pain_that_was_dealt_with_is_no_news_when_its_words_change():
    story = Story.at_level(1)
    named(story, "pain", 0, "a", average_pain=9)
    story.tell("assessed", 1, by="doctor", record="contact", lifts=["E5"])
    assert story.program is not None
    for pain in (9, 8.5):
        correct(story, 1, "a", on=on(0), average_pain=pain, text="after the move")
        assert story.case.pause is None
    assert story.alerts().count(("E5", "P2")) == 1


def test_the_worst_day_of_a_flare_up_is_what_is_told_of_it_now():
    story = Story.at_level(2)
    story.pains(range(4), 3)
    story.tell("flare", 4)
    named(story, "pain", 4, "slip", average_pain=8)
    correct(story, 4, "slip", average_pain=4)
    # A day of 6 is worse than any now: the calm days begin anew.
    assert "flare_plan" in actions(story.pain(6, 6))


def test_a_lock_stays_whatever_is_corrected():
    story = Story.at_level(1)
    named(story, "pain", 0, "a", average_pain=3, screening=SHORT | {"rf4_cord": "yes"})
    for fields in ({}, {"average_pain": 1}, {"average_pain": 1, "screening": SHORT}):
        correct(story, 1, "a", on=on(0), **fields)
        assert story.case.is_locked
        assert story.case.plan.triage.level == 3


def test_what_was_never_heard_is_heard_with_its_correction():
    story = Story.at_level(1)
    correct(story, 3, "before the program", on=on(2), average_pain=6)
    assert [p.score for p in story.case.pains] == [6.0]


def test_the_ending_of_a_left_session_makes_it_whole():
    story = Story.at_level(1)
    exercises = [{"slug": "bridge", "pain_during": 2}]
    named(story, "session", 0, "s", pain_before=2, exercises=exercises)
    correct(story, 0, "s", completed_fraction=1.0, effort=3, pain_after=3, pain_during=3)
    done = story.case.sessions[0]
    assert (done.completed, done.effort, done.during) == (1.0, 3, 3)


def test_of_two_endings_the_harder_effort_and_the_stronger_pain_count():
    story = Story.at_level(1)
    named(story, "session", 0, "s", pain_before=2, completed_fraction=1.0, effort=3, pain_after=2)
    correct(story, 0, "s", effort=8, pain_after=9, pain_during=9)
    done = story.case.sessions[0]
    assert (done.effort, done.during, done.red) == (8, 9, ("",))
    assert story.case.pause.rule == "E5"
    milder = correct(story, 0, "s", effort=1, pain_after=0)
    assert "pause" not in actions(milder)
    assert story.case.sessions[0].effort == 8


def test_late_pain_belongs_to_the_session_that_it_names():
    story = Story.at_level(1)
    named(story, "session", 0, "mon")
    named(story, "session", 2, "wed")
    story.tell("hurt", 3, of="mon", exercises=[{"slug": "bridge", "pain_during": 8}])
    assert [done.red for done in story.case.sessions] == [("bridge",), ()]


def test_symptoms_down_the_leg_told_later_turn_a_week_of_rest_into_waiting_for_a_check():
    story = Story.at_level(2)
    named(story, "session", 0, "s", exercises=[{"slug": "bridge", "pain_during": 5}])
    story.morning(1, pain=7)
    assert [(o.slug, o.rule) for o in story.case.out] == [("bridge", "next-day")]
    story.tell("hurt", 2, of="s", exercises=[{"slug": "bridge", "leg_spread": True}])
    assert [(o.slug, o.rule, o.until) for o in story.case.out] == [("bridge", "leg-rule", None)]
    story.tick(20)
    assert story.item("bridge") is None


def test_a_measure_that_is_corrected_is_compared_anew():
    story = Story.at_level(1)
    story.tell("measure", 0, id="m1", measure={"name": "peg", "score": 4})
    named(story, "measure", 7, "m2", measure={"name": "peg", "score": 5})
    correct(story, 7, "m2", measure={"name": "peg", "score": 6})
    assert story.fired("E8")
    correct(story, 7, "m1", on=on(0))
    assert [score.score for score in story.case.scores] == [6.0]


# The short check


def test_none_is_new_keeps_every_earlier_answer_and_answers_nothing_that_was_open():
    screening = {**SHORT, "rf3_weakness": "old_stable_assessed"}
    story = Story.at_level(1, screening={**Story().case.answers["screening"], **screening})
    before = story.case.answers
    decision = story.pain(0, 4, none_new=True)
    assert story.case.answers == before
    assert decision.triage == "caution"


def test_none_is_new_is_no_clear_check_for_a_pause_after_strong_pain():
    story = Story.at_level(1)
    story.pain(0, 9)
    story.pain(1, 5, none_new=True)
    story.pain(2, 5, none_new=True)
    assert story.program is None
