"""Section 7, rule by rule: what fires, with which priority, and what the program does."""

import pytest

from programs.engine.rules.escalations import ESCALATIONS
from tests.programs.engine.story import FULL, SHORT, Story, answers


@pytest.mark.parametrize(
    ("sign", "rule", "priority", "triage"),
    [
        ({"rf1a_saddle_numbness": "yes"}, "E1", "P1", "emergency"),
        ({"rf1b_bladder": "not_sure"}, "E1", "P1", "emergency"),
        ({"rf1c_bowel": "yes"}, "E1", "P1", "emergency"),
        ({"rf1d_sexual": "yes"}, "E1", "P1", "emergency"),
        ({"rf2_both_legs": "new_or_worse"}, "E1", "P1", "emergency"),
        ({"rf4_cord": "yes"}, "E1", "P1", "emergency"),
        ({"rf13_aneurysm_signs": "yes"}, "E1", "P1", "emergency"),
        ({"rf14_heart_or_brain": "now_or_last_24_hours"}, "E1", "P1", "emergency"),
        ({"rf3_weakness": "one_leg_new_or_worse"}, "E2", "P1", "urgent"),
        ({"rf3_weakness": "both_legs_or_rapid"}, "E2", "P1", "emergency"),
        ({"rf11_fever": "yes", "rf11_very_unwell": "no"}, "E3", "P1", "urgent"),
        ({"rf11_fever": "yes", "rf11_very_unwell": "yes"}, "E3", "P1", "emergency"),
        ({"rf9_weight_loss": "yes"}, "E3", "P2", "urgent"),
        ({"rf5_major_injury": "not_assessed"}, "E3", "P1", "emergency"),
        ({"rf2_both_legs": "stable_not_checked"}, "E3", "P2", "urgent"),
        (
            {"rf18_pregnant": "yes", "rf18_weeks": 20, "rf18_warning_sign": "yes"},
            "E16",
            "P1",
            "emergency",
        ),
    ],
)
def test_a_warning_sign_in_the_diary_locks_at_once(sign, rule, priority, triage):
    story = Story.at_level(1)
    decision = story.pain(0, 4, screening=SHORT | sign)
    assert decision.action == "lock"
    assert story.program is None
    assert (rule, priority) in story.alerts()
    assert decision.triage == story.case.plan.triage.level.key == triage
    assert [alert.program for alert in decision.alerts if alert.rule == rule] == ["lock"]


def test_a_warning_sign_in_pregnancy_sends_to_the_maternity_unit():
    story = Story.at_level(1)
    signs = {"rf18_pregnant": "yes", "rf18_weeks": 20, "rf18_warning_sign": "yes"}
    decision = story.pain(0, 4, screening=SHORT | signs)
    told = {alert.rule: alert.patient_text for alert in decision.alerts}
    assert "maternity unit" in told["E16"]
    assert set(told) == {"E16", "E18"}


def test_a_harmless_short_check_changes_nothing():
    story = Story.at_level(1)
    decision = story.pain(0, 4, screening=SHORT)
    assert (decision.action, decision.triage, decision.changes) == ("none", "clear", ())


@pytest.mark.parametrize(
    ("symptom", "priority", "triage"),
    [
        ("chest_tightness", "P1", "emergency"),
        ("breathless", "P1", "emergency"),
        ("faint", "P1", "emergency"),
        ("dizzy", "P2", "urgent"),
    ],
)
def test_e15_signs_in_a_session_stop_the_program(symptom, priority, triage):
    story = Story.at_level(1)
    decision = story.session(0, symptoms=[symptom])
    assert decision.action == "lock"
    assert ("E15", priority) in story.alerts()
    assert decision.triage == triage


@pytest.mark.parametrize(
    ("symptom", "rule"),
    [
        ("chest_sign", "E15"),
        ("head_sign", "E15"),
        ("nerve_sign", "E2"),
        ("pregnancy_sign", "E16"),
    ],
)
def test_a_button_of_a_session_locks_until_somebody_was_seen_the_same_day(symptom, rule):
    story = Story.at_level(1)
    decision = story.tell("pain", 0, symptoms=[symptom])
    assert (decision.action, decision.triage) == ("lock", "urgent")
    assert story.alerts() == [(rule, "P1")]
    assert story.case.plan.triage.act_within == "same_day"


def test_chest_signs_after_dizziness_are_told_at_once_and_named_beside_it():
    story = Story.at_level(1)
    story.tell("pain", 0, symptoms=["dizzy"])
    for _twice in range(2):
        story.tell("pain", 0, symptoms=["chest_sign"])
    assert story.alerts() == [("E15", "P2"), ("E15", "P1")]
    [lock] = [item for item in story.case.locks if item.lifted is None]
    assert lock.text.startswith("You got dizzy. You had chest pain")
    assert lock.text.count("chest") == 1


def test_e15_rises_from_urgent_to_emergency_with_a_second_sign():
    story = Story.at_level(1)
    story.session(0, symptoms=["dizzy"])
    story.pain(1, 4, symptoms=["faint"])
    assert [a for a in story.alerts() if a[0] == "E15"] == [("E15", "P2"), ("E15", "P1")]
    assert story.case.plan.triage.level.key == "emergency"
    story.pain(2, 4, symptoms=["dizzy"])
    assert story.case.plan.triage.level.key == "emergency"


def test_e2_an_old_weak_leg_with_symptoms_further_down_is_seen_the_same_day():
    story = Story.at_level(
        1, screening=answers()["screening"] | {"rf3_weakness": "old_stable_assessed"}
    )
    decision = story.pain(0, 4, leg_symptoms_moved="further_down")
    assert decision.action == "lock"
    assert ("E2", "P1") in story.alerts()
    assert not story.fired("E4")


def test_e4_leg_symptoms_further_down_twice():
    story = Story.at_level(2)
    assert story.pain(0, 4, leg_symptoms_moved="further_down").action == "none"
    decision = story.pain(4, 4, leg_symptoms_moved="further_down")
    assert ("E4", "P2") in story.alerts()
    assert "level_down" in decision.actions
    assert decision.level_after == 1
    assert not {"standing-hamstring-stretch", "seated-forward-bend"} & set(story.slugs)


def test_e4_moving_up_the_leg_is_welcome():
    story = Story.at_level(1)
    story.pain(0, 4, leg_symptoms_moved="up")
    story.pain(1, 4, leg_symptoms_moved="up")
    assert story.alerts() == []


def test_e5_nine_once_pauses_and_is_urgent():
    story = Story.at_level(1)
    decision = story.pain(0, 9)
    assert decision.action == "pause"
    assert (story.alerts(), decision.triage, story.program) == ([("E5", "P2")], "urgent", None)


def test_e5_two_calm_entries_and_a_clear_check_end_the_pause_and_nothing_less():
    story = Story.at_level(1)
    story.pain(0, 9)
    story.pain(1, 8)
    story.pain(2, 5)
    story.tell("screening", 2, screening=SHORT)
    story.tick(3)
    assert story.program is None
    story.pain(3, 5)
    assert story.program is not None
    assert [item.rule for item in story.case.lighter] == ["pause-over"]


def test_e5_a_recorded_contact_ends_the_pause():
    story = Story.at_level(1)
    story.pain(0, 9)
    story.tell("assessed", 1, by="self", record="contact", lifts=["E5"])
    assert story.program is not None


def test_e6_far_above_baseline_three_days_in_a_row_and_e5_comes_before_it():
    story = Story.at_level(1)
    story.pains(range(6), 7)
    assert ("E6", "P2") in story.alerts()
    assert story.decisions[-1].action == "pause"
    assert "flare_plan" in story.decisions[-1].actions
    both = Story.at_level(1)
    both.pains(range(7), 8)
    rules = [rule for rule, _priority in both.alerts()]
    assert rules.index("E5") == 0
    assert rules.count("E5") == 1


def test_e6_is_told_on_a_holiday_too_and_beside_e5():
    story = Story.at_level(1)
    story.tell("pause", 0, reason="holiday")
    story.pains(range(1, 7), 7)
    assert story.fired("E6")
    assert story.case.pause.rule == "E6"
    both = Story.at_level(1)
    both.pains(range(7), 8)
    assert [rule for rule, _priority in both.alerts()][:2] == ["E5", "E6"]
    assert both.case.pause.rule == "E5"


def test_e6_takes_no_calm_day_from_a_pause_that_is_on():
    story = Story.at_level(1)
    story.pains(range(5), 8)
    story.pain(5, 7)
    story.pain(6, 7)
    assert story.fired("E6")
    assert len(story.case.pause.calm_days) == 2


def test_e7_a_week_above_baseline_brings_the_calm_plan_and_one_level_down():
    story = Story.at_level(2)
    decisions = story.pains(range(7), 6)
    assert [("E7" in {a.rule for a in d.alerts}) for d in decisions].index(True) == 6
    assert {"flare_plan"} <= {action for d in decisions for action in d.actions}
    assert story.case.level == 1


def test_the_baseline_is_the_mean_of_the_first_two_weeks_and_stays():
    story = Story()
    story.pains(range(7), 2)
    story.pains(range(7, 14), 4)
    assert story.case.baseline is None
    story.pain(14, 8)
    assert story.case.baseline == 3
    story.pains(range(15, 22), 9)
    assert story.case.baseline == 3


def test_e7_needs_entries_on_four_days():
    story = Story.at_level(1)
    for day in (0, 3, 6):
        story.pain(day, 6)
    assert not story.fired("E7")


@pytest.mark.parametrize(("name", "scores"), [("peg", (3, 5)), ("psfs", (7, 5)), ("rmdq", (6, 11))])
def test_e8_a_measure_clearly_worse_holds(name, scores):
    story = Story.at_level(1)
    for day, score in enumerate(scores):
        decision = story.tell("measure", day, measure={"name": name, "score": score})
    assert decision.actions == ("hold",)
    assert story.alerts() == [("E8", "P3")]


def test_e9_daily_tasks_not_possible():
    story = Story.at_level(1)
    decision = story.pain(0, 4, cannot_do_daily_tasks=True)
    assert {"hold", "flare_plan"} <= set(decision.actions)
    assert ("E9", "P2") in story.alerts()


def test_e9_five_bad_nights_of_seven_and_each_told_once():
    story = Story.at_level(1)
    for day in range(7):
        story.pain(day, 4, poor_sleep_from_pain=day in (0, 1, 3, 4, 6))
    assert [d.action for d in story.decisions] == ["none"] * 6 + ["hold"]
    assert story.alerts() == [("E9", "P2")]


def test_e10_new_pain_no_better_in_two_weeks_goes_on():
    story = Story(None, onset_days=20)
    story.good(0, 3, 6, 9, 12)
    story.pain(14, 4)
    assert ("E10", "P4") in story.alerts()
    assert story.program is not None


def test_e11_once_and_never_again():
    story = Story.at_level(1)
    for week in range(12):
        story.good(7 * week)
        story.pain(7 * week + 2, 4)
    assert [rule for rule, _ in story.alerts()].count("E11") == 1


def test_e12_is_silent_where_one_measure_meets_its_mark():
    story = Story.at_level(1)
    story.tell("measure", 0, measure={"name": "psfs", "score": 3})
    for week in range(13):
        story.good(7 * week)
        story.tell("measure", 7 * week + 2, measure={"name": "psfs", "score": 6})
        story.pain(7 * week + 2, 4)
    assert not story.fired("E12")


def test_e14_third_flare_up_in_eight_weeks_holds():
    story = Story.at_level(1)
    for day in (0, 18, 36):
        story.good(day + 8, day + 10)
        decision = story.tell("flare", day + 15)
    assert "hold" in decision.actions
    assert ("E14", "P3") in story.alerts()


def test_e16_doming_twice_holds_once_is_only_noted():
    story = Story.at_level(1)
    assert story.session(0, symptoms=["doming"]).action == "none"
    decision = story.session(2, symptoms=["heaviness"])
    assert "hold" in decision.actions
    assert ("E16", "P2") in story.alerts()


def test_e17_a_fall_holds_and_takes_the_unsupported_ways_out():
    story = Story.at_level(1)
    decision = story.pain(0, 4, symptoms=["fall"])
    assert decision.actions[0] in ("hold", "remove_exercise")
    assert ("E17", "P2") in story.alerts()
    assert "balance_falls" in story.case.plan.active_conditions
    assert story.case.level == 1


def test_a_fall_told_after_a_break_keeps_each_change_with_its_own_reason():
    story = Story.at_level(1)
    story.good(0, 2, 4)
    decision = story.pain(12, 4, symptoms=["fall"])
    why = {(item.slug, item.what): item.reason.rule for item in decision.changes}
    assert why["bird-dog", "flags"] == "E17"
    assert {rule for (_slug, what), rule in why.items() if what == "sets"} == {"gap-8-14"}


def test_e18_a_new_condition_runs_the_matrix_again_with_its_start_cap():
    story = Story.at_level(2)
    assert "torso-twist" not in {i.slug for i in story.case.plan.excluded}
    decision = story.tell("pain", 0, new_conditions=["osteoporosis"])
    assert ("E18", "P3") in story.alerts()
    assert story.case.level == 1
    assert "level_down" in decision.actions
    assert {"childs-pose", "seated-forward-bend"} <= {i.slug for i in story.case.plan.excluded}
    assert decision.triage == "caution"


def test_e18_a_condition_by_its_matrix_name_counts_too():
    story = Story.at_level(1)
    story.tell("pain", 0, new_conditions=["balance_falls"])
    assert "balance_falls" in story.case.plan.active_conditions


def test_e18_something_that_only_the_check_can_sort_waits_for_it():
    story = Story.at_level(1)
    story.tell("pain", 0, new_conditions=["pregnancy"])
    assert story.program is None
    pregnant = FULL | {
        "rf18_pregnant": "yes",
        "rf18_weeks": 20,
        "rf18_warning_sign": "no",
        "rf18_told_not_to_exercise": "no",
    }
    story.tell("screening", 1, screening=pregnant)
    assert story.program is not None
    assert story.case.plan.triage.ok_first == "needed"
    assert "bridge" in {i.slug for i in story.case.plan.excluded}


def test_e18_answers_that_name_something_new_are_told_and_the_same_ones_are_no_news():
    story = Story.at_level(1)
    pregnant = FULL | {
        "rf18_pregnant": "yes",
        "rf18_weeks": 12,
        "rf18_warning_sign": "no",
        "rf18_told_not_to_exercise": "no",
    }
    decision = story.tell("screening", 1, screening=pregnant)
    assert [(alert.rule, alert.priority) for alert in decision.alerts] == [("E18", "P3")]
    assert "pregnancy_t1" in decision.alerts[0].therapist_text
    assert "You told us about something new" in " ".join(item.text for item in decision.reasons)
    later = story.tell("screening", 9, screening=pregnant | {"rf18_weeks": 13})
    assert later.alerts == ()
    assert "pregnancy_t2t3" in story.case.plan.active_conditions


def test_e19_two_weeks_of_silence_once():
    story = Story.at_level(1)
    story.good(0)
    for day in range(2, 30):
        story.tick(day)
    assert [a for a in story.alerts() if a[0] == "E19"] == [("E19", "P4")]


@pytest.mark.parametrize(
    "text",
    [
        "I want to die",
        "i dont want to live anymore like this",
        "Sometimes I think about killing myself.",
        "I can’t go on",
        "What's the point of living with this pain",
        "they would be better off without me",
        "I feel hopeless",
        "There is no way out for me",
        "I wish I could go to sleep and never wake up",
        "thinking of ending it all",
        "I keep thinking about how to hurt myself",
        "no reason to live",
        "I am not suicidal but I can't take it anymore",
        "life isn't worth living",
        "I took too many of my pills",
        "I have been cutting myself",
        "SUICIDE",
        "I wish I was dead",
        "I am such a burden",
        "i just want it to be over",
    ],
)
def test_e20_words_of_despair_bring_crisis_help_at_once(text):
    story = Story.at_level(1)
    decision = story.pain(0, 4, text=text)
    assert ("E20", "P1") in story.alerts()
    assert "hold" in decision.actions
    assert any("crisis line" in alert.patient_text for alert in decision.alerts)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Slept well, back a bit stiff.",
        "I hurt myself lifting a box years ago",
        "I'm not suicidal.",
        "no thoughts of suicide",
        "I am desperate for a coffee",
        "jumped off the bus too early",
        "I can't go on a walk in this rain",
        "The dog died last spring",
        "my phone is dead",
        "deadlift felt fine",
        "I'm dying to get back to the garden",
        "hopeless at the side plank",
        "I ended the session early",
    ],
)
def test_e20_everyday_words_do_not_cry_wolf(text):
    story = Story.at_level(1)
    assert story.pain(0, 4, text=text).alerts == ()


def test_e21_much_worse_overall_holds():
    story = Story.at_level(1)
    decision = story.tell("measure", 0, measure={"name": "overall_change", "score": -2})
    assert (decision.actions, story.alerts()) == (("hold",), [("E21", "P3")])


def test_e22_three_weeks_of_hold_ask_for_a_look_together():
    story = Story.at_level(1)
    for day in (0, 7, 14, 21):
        story.tell("check_in", day, average_pain=4, feeling="worse")
        story.session(day + 1)
    assert story.alerts()[-1] == ("E22", "P3")
    other = Story.at_level(1)
    for day in (0, 7, 14, 21):
        other.tell("check_in", day, average_pain=4, feeling="worse" if day != 14 else "same")
        other.session(day + 1)
    assert not other.fired("E22")


def test_one_open_alert_a_rule_and_a_later_harmless_answer_closes_none():
    story = Story.at_level(1)
    story.pain(0, 4, text="I want to die")
    story.pain(1, 4, text="I want to die")
    story.pain(2, 2, text="All good today")
    assert story.alerts() == [("E20", "P1")]
    assert [item.rule for item in story.case.alerts] == ["E20"]
    story.tell("assessed", 3, by="therapist", record="contact", lifts=["E20"])
    assert story.case.alerts == ()
    story.pain(4, 4, text="I want to die")
    assert story.alerts() == [("E20", "P1"), ("E20", "P1")]


def test_holds_end_at_the_next_check_in_or_with_a_review():
    story = Story.at_level(1)
    story.tell("measure", 0, measure={"name": "overall_change", "score": -3})
    story.good(1, 3)
    assert story.good(5).action == "hold"
    story.tell("check_in", 7, average_pain=4)
    assert story.case.holds == ()
    again = Story.at_level(1)
    again.tell("measure", 0, measure={"name": "overall_change", "score": -3})
    again.tell("assessed", 1, by="therapist", lifts=["E21"])
    assert again.case.holds == ()


def test_every_rule_of_the_table_has_words_for_both():
    for rule, row in ESCALATIONS.items():
        assert row.patient.endswith("."), rule
        assert row.therapist.endswith("."), rule
        assert row.priority in ("P1", "P2", "P3", "P4")
        assert row.program
    assert {f"E{n}" for n in range(1, 23)} <= set(ESCALATIONS)
