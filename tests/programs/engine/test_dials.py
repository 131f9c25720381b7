"""What the person and the therapist change by hand."""

import pytest

from programs.engine import EventFaults
from tests.programs.engine.story import FULL, Story, answers


def raised() -> Story:
    story = Story.at_level(1)
    story.good(0, 2, 4)
    assert story.item("pelvic-tilt").reps == 10
    return story


def test_undo_takes_the_last_step_back_and_does_not_offer_it_for_a_week():
    story = raised()
    decision = story.tell("undo", 6, slug="pelvic-tilt")
    assert story.item("pelvic-tilt").reps == 8
    assert [(c.slug, c.before, c.after, c.harder) for c in decision.changes] == [
        ("pelvic-tilt", 10, 8, False)
    ]
    story.good(7, 9, 11)
    assert story.item("pelvic-tilt").reps == 8
    later = raised()
    later.tell("undo", 6, slug="pelvic-tilt")
    later.good(8, 10, 12)
    assert later.item("pelvic-tilt").reps == 10


def test_undo_of_a_level_keeps_the_doses():
    story = Story.at_level(1, minutes=20)
    story.good(0, 2, 4, 7, 9, 11, 14)
    work = story.work()
    story.tell("undo", 16, slug="level")
    assert (story.case.level, story.work()) == (1, work)
    assert "level_up" not in story.good(16, 18).actions


def test_undo_of_nothing_says_so():
    decision = Story.at_level(1).tell("undo", 0, slug="bridge")
    assert (decision.action, decision.reasons[0].rule) == ("none", "undo-nothing")


def test_a_swap_stays_within_the_kind_and_the_work():
    story = Story.at_level(1)
    before = story.work()
    decision = story.tell("swap", 0, slug="bridge", to="side-plank")
    assert "side-plank" in story.slugs
    assert "bridge" not in story.slugs
    assert story.work() <= before
    assert {c.reason.rule for c in decision.changes} == {"swap"}
    assert not any(change.harder for change in decision.changes)


@pytest.mark.parametrize(
    ("changes", "to"),
    [
        ({}, "cobra"),
        ({}, "pelvic-tilt"),
        ({}, "handstand"),
        ({"conditions": ["shoulder_pain"]}, "side-plank"),
    ],
)
def test_a_swap_that_the_matrix_or_the_kind_bars_is_refused_with_a_reason(changes, to):
    story = Story.at_level(1, **changes)
    before = story.slugs
    decision = story.tell("swap", 0, slug="bridge", to=to)
    assert story.slugs == before
    assert decision.reasons[0].rule == "swap-refused"
    assert decision.reasons[0].text.endswith(".")


def test_other_days_and_fewer_minutes_and_back_again():
    story = Story.at_level(1)
    usual = story.work()
    decision = story.tell("days", 0, days=["tue", "thu"], minutes=10)
    assert story.program.days == ("tue", "thu")
    assert story.program.minutes <= 10
    assert "days" in {change.what for change in decision.changes}
    story.tell("days", 1, days=["tue", "thu"], minutes=15)
    assert story.work() == usual


def test_neighboring_days_ask_for_another_one():
    story = Story.at_level(1)
    story.tell("days", 0, days=["sun", "mon"])
    assert story.program.needs_another_day
    assert len(story.program.days) == 1


def test_an_override_opens_one_cell_until_its_day_and_not_longer():
    story = Story.at_level(1, conditions=["shoulder_pain"])
    told = {"slug": "side-plank", "condition": "shoulder_pain", "variants": ["wall"]}
    story.tell("override", 0, **told, by="tess", why="Tried it here", until="2026-12-02")
    story.tell("swap", 0, slug="bridge", to="side-plank")
    assert story.item("side-plank").variant == "wall"
    story.tick(9)
    assert "side-plank" in story.slugs
    story.tick(10)
    assert "side-plank" not in story.slugs


def test_an_override_never_opens_a_lock():
    story = Story(None, screening=answers()["screening"] | {"rf4_cord": "yes"})
    told = {"slug": "bridge", "condition": "high_pain", "variants": ["mini"]}
    story.tell("override", 0, **told, by="tess", why="x", until="2027-01-01")
    assert story.program is None


def test_answers_told_anew_score_the_direction_again():
    story = Story.at_level(1)
    new = answers(aggravated_by=["sitting", "bending"], eased_by=["standing_or_walking"])
    decision = story.tell("intake", 28, intake={**new, "today": "2026-12-21"})
    assert story.case.plan.direction == "flexion_aggravated"
    assert not {"childs-pose", "seated-forward-bend", "knee-to-chest"} & set(story.slugs)
    assert decision.triage == "clear"


def test_a_wish_for_two_sessions_is_heard_at_the_check_in():
    story = Story.at_level(1)
    story.tell("check_in", 6, sessions_wanted=2)
    assert story.program.sessions_per_week == 2


@pytest.mark.parametrize(
    "barrier", ["time", "pain", "forgot", "too_hard", "too_easy", "bored", "unsure", "other"]
)
def test_each_barrier_gets_one_suggestion(barrier):
    decision = Story.at_level(1).tell("check_in", 6, barrier=barrier)
    assert [r.rule for r in decision.reasons if r.rule.startswith("barrier-")] == [
        f"barrier-{barrier}"
    ]


def test_pain_that_got_in_the_way_holds_for_a_week():
    story = Story.at_level(1)
    assert story.tell("check_in", 6, barrier="pain").action == "hold"
    assert story.tell("check_in", 13, barrier="none").action != "hold"


def test_short_on_time_makes_sessions_shorter_notch_by_notch_and_not_below_the_shortest():
    story = Story.at_level(3, minutes=30)
    found = []
    for _week in range(5):
        story.tell("check_in", 6, barrier="time")
        found.append((story.case.answers["minutes"], story.program.minutes))
    assert [offered for offered, _minutes in found] == [20, 15, 10, 7, 7]
    assert all(5 <= minutes <= max(offered, 8) for offered, minutes in found)


def test_too_easy_says_how_many_good_sessions_are_still_to_come():
    story = Story.at_level(1)
    story.good(0, 2)
    said = story.tell("check_in", 6, barrier="too_easy").reasons
    assert "One more good session with effort to spare" in said[0].text


def test_a_lighter_week_on_request_at_any_level_and_once():
    story = Story.at_level(1)
    sets = {item.slug: item.sets for item in story.program.exercises}
    decision = story.tell("lighter_week", 2)
    assert {c.reason.rule for c in decision.changes} == {"lighter-week"}
    assert all(item.sets <= sets[item.slug] for item in story.program.exercises)
    assert story.tell("lighter_week", 4).changes == ()
    # No step up in it, and the sessions in it count for none after.
    assert "progress" not in story.good(4, 6, 7).actions
    story.tick(9)
    assert {item.slug: item.sets for item in story.program.exercises} == sets


def test_answers_told_anew_keep_a_fall_and_a_condition_that_an_entry_told():
    story = Story.at_level(1)
    story.pain(0, 4, symptoms=["fall"], new_conditions=["osteoporosis"])
    story.tell("intake", 1, intake=answers(conditions=["knee_pain"]))
    on = {"balance_falls", "osteoporosis", "knee_pain"}
    assert on <= set(story.case.plan.active_conditions)
    # Once somebody with a name has looked at it, the answers decide.
    story.tell("closed", 2, rule="E17")
    story.tell("intake", 2, intake=answers(conditions=["knee_pain"]))
    assert set(story.case.plan.active_conditions) & on == {"osteoporosis", "knee_pain"}
    story.tell("assessed", 3, by="doctor", lifts=["E18"])
    story.tell("intake", 3, intake=answers())
    assert not set(story.case.plan.active_conditions) & on


def test_an_undone_variant_comes_back_with_its_sets_though_it_is_held_longer():
    bends = {"aggravated_by": ["sitting", "bending"], "eased_by": ["standing_or_walking"]}
    story = Story({"level": 1}, **bends, minutes=18)
    for day in (0, 2, 4):
        story.session(day, effort=1)
        story.morning(day + 1)
    raised = next(step for step in story.case.raises if step.slug == "cobra")
    assert raised.before.sets == 2
    story.tell("undo", 5, slug="cobra")
    cobra = story.item("cobra")
    assert (cobra.variant, cobra.sets) == (raised.before.variant, 2)


def test_too_hard_at_the_check_in_takes_one_step_back():
    story = Story.at_level(1)
    before = story.work()
    assert story.tell("check_in", 6, barrier="too_hard").action == "regress"
    assert story.work() < before


@pytest.mark.parametrize(
    ("kind", "fields", "path"),
    [
        ("pain", {"average_pain": 11}, "average_pain"),
        ("pain", {"mood": 3}, "mood"),
        ("nonsense", {}, "kind"),
        ("swap", {"slug": "bridge"}, "to"),
        ("pause", {"reason": "lazy"}, "reason"),
        ("screening", {"screening": {"rf4_cord": "maybe"}}, "screening.rf4_cord"),
        ("screening", {"screening": {"rf99": "no"}}, "screening.rf99"),
        ("intake", {"intake": {}}, "intake.today"),
        ("assessed", {"by": "a friend"}, "by"),
    ],
)
def test_a_malformed_event_names_its_path_and_changes_nothing(kind, fields, path):
    story = Story.at_level(1)
    with pytest.raises(EventFaults) as error:
        story.tell(kind, 0, **fields)
    assert path in {fault.path for fault in error.value.faults}


def test_an_event_before_the_last_one_is_a_fault():
    story = Story.at_level(1)
    story.tick(5)
    with pytest.raises(EventFaults, match="2026-11-28 or later"):
        story.tick(4)


def test_the_library_can_be_taken_over_without_a_change():
    story = Story.at_level(1)
    assert story.tell("library", 1).changes == ()


def test_one_full_check_every_four_weeks_is_asked_for_and_stops_nothing():
    story = Story.at_level(1)
    story.good(*range(0, 28, 3))
    assert "full-check-due" in {reason.rule for reason in story.tick(28).reasons}
    assert story.program is not None
    story.tell("screening", 28, screening=FULL)
    assert "full-check-due" not in {reason.rule for reason in story.tick(29).reasons}
