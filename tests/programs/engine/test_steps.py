"""Sessions and what they lead to, told like case notes."""

from dataclasses import replace

import pytest

from programs.engine import advance
from programs.engine.feedback import done_from, has_room, suspects, verdict
from programs.engine.progression import bounds, easier_variant, held, moved, step_up
from programs.engine.renewing import ceiling_of
from programs.engine.rules import LEVELS
from programs.engine.stepping import room_of
from programs.engine.turn import Turn
from tests.programs.engine.standard import library
from tests.programs.engine.story import GOOD, HARD, Story, answers

EVENT = {"date": "2026-11-23", "kind": "session"} | GOOD | {"pain_next_morning": 3}


def told(level=1, *, caution=False, **fields):
    return done_from(EVENT | fields, 1, level, full=True, caution=caution)


@pytest.mark.parametrize(
    ("fields", "caution", "ok"),
    [
        ({}, False, True),
        ({"completed_fraction": 0.79}, False, False),
        ({"pain_during": 5}, False, True),
        ({"pain_during": 6}, False, False),
        ({"pain_during": 4}, True, True),
        ({"pain_during": 5}, True, False),
        ({"effort": 4}, False, True),
        ({"effort": 5}, False, False),
        ({"pain_before": 6, "pain_during": 7, "pain_next_morning": 7}, True, True),
        ({"pain_before": 6, "pain_during": 8, "pain_next_morning": 7}, False, False),
        ({"exercises": [{"slug": "bridge", "leg_spread": True}]}, False, False),
        ({"poor_sleep_from_pain": True}, False, False),
    ],
)
def test_when_a_session_counts_as_good(fields, caution, ok):
    assert verdict(told(caution=caution, **fields)) is ok


@pytest.mark.parametrize(
    "missing", ["completed_fraction", "pain_during", "effort", "pain_next_morning"]
)
def test_a_missing_answer_is_neither_good_nor_bad(missing):
    event = {key: value for key, value in EVENT.items() if key != missing}
    assert verdict(done_from(event, 1, 1, full=True, caution=False)) is None


@pytest.mark.parametrize("level", LEVELS)
def test_room_for_a_step_is_one_below_the_effort_of_the_level(level):
    most = LEVELS[level].effort_max - 1
    assert has_room(told(level, effort=most))
    assert not has_room(told(level, effort=most + 1))


def test_suspects_are_what_spread_or_hurt_or_was_skipped_worst_first():
    exercises = [
        {"slug": "cat-cow", "pain_during": 2},
        {"slug": "bridge", "pain_during": 5},
        {"slug": "cobra", "skipped": True},
        {"slug": "bird-dog", "pain_during": 2, "leg_spread": True},
    ]
    assert suspects([told(exercises=exercises)]) == ["bird-dog", "bridge", "cobra"]


def test_three_good_sessions_bring_one_step_and_not_before():
    story = Story.at_level(1)
    assert story.good(0, 2).action == "none"
    decision = story.good(4)
    assert decision.actions == ("progress",)
    assert [(c.slug, c.what, c.before, c.after, c.harder) for c in decision.changes] == [
        ("pelvic-tilt", "reps", 8, 10, True)
    ]
    assert decision.changes[0].reason.text.endswith(".")


def test_after_a_step_three_new_sessions_are_needed():
    story = Story.at_level(1)
    story.good(0, 2, 4)
    assert story.good(7, 9).action == "none"
    assert story.good(11).action == "progress"


def test_the_order_is_repetitions_then_hold_then_sets_then_the_next_variant():
    story = Story.at_level(3, minutes=30)
    spec = library().exercise("bridge")
    item, seen = replace(story.item("bridge"), sets=2), []
    turn = Turn(story.case, {}, library(), story.case.today)
    room = room_of(story.case, turn)
    for _ in range(12):
        wide = type(room)(room.moved * 9, room.held * 9, 60)
        harder = step_up([item], 0, spec, (3, 3), wide)
        if harder is None:
            break
        seen += [
            n
            for n in ("variant", "sets", "reps", "hold_seconds")
            if getattr(item, n) != getattr(harder, n)
        ][:1]
        item = harder
    assert seen == ["reps", "sets", "variant"]
    assert item.variant == "march"


def test_a_harder_variant_begins_with_no_more_work_than_before():
    story = Story.at_level(3, minutes=30)
    for slug in story.slugs:
        spec, item = library().exercise(slug), story.item(slug)
        most = bounds(spec, item.variant, 3, 3)
        full = replace(item, sets=most.sets)
        harder = step_up([full], 0, spec, (3, 3), Wide)
        if harder and harder.variant != full.variant:
            assert moved(harder) <= moved(full)
            assert held(harder) <= held(full)


class Wide:
    """Room for anything."""

    @staticmethod
    def takes_work(_items):
        return True

    takes_time = takes_work


def test_a_person_at_their_ceiling_gets_no_dose_of_the_level_above():
    spec = library().exercise("pelvic-tilt")
    assert bounds(spec, "floor", 1, 3).reps == 10
    assert bounds(spec, "floor", 1, 1).reps == 8


def test_no_step_while_the_next_morning_is_a_little_sorer():
    story = Story.at_level(1)
    story.good(0, 2)
    story.session(4)
    assert story.morning(5, 4).action == "hold"


def test_two_of_three_hard_sessions_take_every_exercise_one_step_back():
    story = Story.at_level(1)
    story.session(0, **HARD)
    before = story.work()
    decision = story.session(2, **HARD)
    assert decision.actions == ("regress",)
    assert story.work() < before
    assert not any(change.harder for change in decision.changes)


def test_hard_sessions_take_only_the_exercise_back_that_hurt():
    story = Story.at_level(1)
    sore = [{"slug": "bridge", "pain_during": 5}, {"slug": "cat-cow", "pain_during": 3}]
    story.session(0, **HARD | {"exercises": sore})
    decision = story.session(2, **HARD | {"exercises": sore})
    assert {change.slug for change in decision.changes} == {"bridge"}


def test_a_step_back_takes_the_last_step_up_back_first():
    story = Story.at_level(1)
    story.good(0, 2, 4)
    assert story.item("pelvic-tilt").reps == 10
    hurt = HARD | {"exercises": [{"slug": "pelvic-tilt", "pain_during": 5}]}
    story.session(7, **hurt)
    story.session(9, **hurt)
    assert story.item("pelvic-tilt").reps == 8


def test_mixed_sessions_hold():
    story = Story.at_level(1)
    story.good(0)
    story.session(2, **HARD)
    story.morning(3)
    assert story.good(4).action == "hold"


def test_red_on_bridge_makes_it_easier_with_half_the_sets():
    story = Story.at_level(1)
    decision = story.session(0, exercises=[{"slug": "bridge", "pain_during": 7}])
    assert decision.actions == ("regress",)
    assert (story.item("bridge").variant, story.item("bridge").sets) == ("mini", 1)


def test_red_on_the_easiest_variant_halves_the_sets_then_rests_it_once():
    story = Story.at_level(0, minutes=10)
    red = [{"slug": "standing-hamstring-stretch", "pain_during": 5}]
    story.session(0, pain_before=1, exercises=red)
    assert story.item("standing-hamstring-stretch").sets == 1
    other = Story.at_level(0, minutes=10)
    other.session(0, pain_before=1, exercises=[{"slug": "bridge", "pain_during": 5}])
    assert "bridge" not in other.slugs
    other.session(2)
    assert "bridge" in other.slugs


def test_second_red_on_bridge_takes_it_out_and_tells_the_therapist():
    story = Story.at_level(1)
    red = [{"slug": "bridge", "pain_during": 7}]
    story.session(0, exercises=red)
    decision = story.session(9, exercises=red)
    assert "remove_exercise" in decision.actions
    assert ("E13", "P3") in story.alerts()
    assert "bridge" not in story.slugs
    assert [i.slug for i in story.case.plan.not_chosen if i.reasons[0].rule == "E13"] == ["bridge"]


def test_red_twice_in_a_week_goes_one_level_down():
    story = Story.at_level(2)
    story.session(0, exercises=[{"slug": "bridge", "pain_during": 7}])
    decision = story.session(2, exercises=[{"slug": "cat-cow", "pain_during": 7}])
    assert {"level_down", "remove_exercise"} <= set(decision.actions)
    assert decision.level_after == 1
    assert decision.action == "level_down"


def test_pain_that_no_exercise_explains_halves_the_next_session():
    story = Story.at_level(2)
    before = story.work()
    decision = story.session(0, pain_during=7)
    assert decision.actions == ("regress",)
    assert story.work() <= before / 2


def test_symptoms_down_the_leg_take_the_exercise_out_and_time_does_not_bring_it_back():
    story = Story.at_level(1)
    decision = story.session(0, exercises=[{"slug": "bird-dog", "leg_spread": True}])
    assert "remove_exercise" in decision.actions
    assert ("leg-rule", "P3") in story.alerts()
    story.good(3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42)
    assert "bird-dog" not in story.slugs
    story.tell("assessed", 44, by="therapist", lifts=["leg-rule"])
    story.tick(45)
    assert story.item("bird-dog").sets == 1


def test_much_sorer_next_day_rests_the_suspect_a_week_and_goes_a_level_down():
    story = Story.at_level(2)
    story.session(0, exercises=[{"slug": "bridge", "pain_during": 5}])
    decision = story.morning(1, 6)
    assert set(decision.actions) == {"level_down", "remove_exercise"}
    assert "bridge" not in story.slugs
    assert ("next-day", "P3") in story.alerts()
    story.tick(8)
    assert story.item("bridge").sets == 1


def test_sleep_lost_after_a_session_counts_like_much_sorer():
    story = Story.at_level(2)
    story.session(0)
    assert story.morning(1, 3, poor_sleep_from_pain=True).action == "level_down"


def test_two_points_sorer_makes_only_the_next_session_lighter():
    story = Story.at_level(2)
    before = story.work()
    story.session(0)
    story.morning(1, 5)
    assert story.work() <= 0.8 * before
    story.session(2)
    assert story.work() == before


def test_level_up_after_two_good_weeks_raises_the_ceiling_only():
    story = Story.at_level(1, minutes=20)
    story.good(0, 2, 4, 7, 9, 11)
    before = story.work()
    decision = story.good(14)
    assert decision.actions == ("level_up",)
    assert decision.level_after == 2
    assert story.work() == before


@pytest.mark.parametrize(
    ("condition", "most"),
    [("healed_spine_fracture", 1), ("heart_condition_awaiting_advice", 1), ("glaucoma", 2)],
)
def test_nobody_rises_above_their_ceiling_without_a_release(condition, most):
    story = Story(None, conditions=[condition], clearances=["therapist"], minutes=20)
    easy = {"pain_before": 2, "pain_during": 2, "effort": 1}
    for day in range(0, 80, 2):
        if day == 30:
            story.tell("screening", day, screening={"rf1a_saddle_numbness": "no"})
        story.session(day, **easy)
        story.morning(day + 1, 2)
    assert story.case.level == most


def test_a_therapists_release_opens_the_ceiling():
    story = Story.at_level(2, conditions=["glaucoma"], minutes=20)
    story.good(*range(0, 20, 2))
    assert story.case.level == 2
    story.tell("assessed", 21, by="therapist", lifts=["ceiling"])
    story.good(22, 24, 26, 30, 32, 37, 39, 41, 43, 45)
    assert story.case.level == 3


def test_every_fifth_week_is_lighter_from_build_on_and_then_over():
    story = Story.at_level(2, week=4)
    story.good(0, 3, 5)
    usual = story.work()
    decision = story.tick(7)
    assert story.work() < 0.7 * usual
    assert {change.reason.rule for change in decision.changes} == {"deload"}
    story.good(8, 10, 12)
    story.tick(14)
    assert story.work() == usual


def test_a_change_within_a_lighter_week_names_its_own_reason():
    story = Story.at_level(2, week=4)
    story.good(0, 3, 5)
    story.tick(7)
    decision = story.tell("pause", 8, reason="holiday")
    assert decision.changes
    assert "deload" not in {change.reason.rule for change in decision.changes}


def test_no_step_up_in_a_lighter_week():
    story = Story.at_level(2, week=5)
    assert story.good(0, 2, 4).action in ("none", "hold")


def test_a_session_of_somebody_without_a_program_is_kept_and_changes_nothing():
    story = Story(None, screening={"rf4_cord": "yes"})
    assert story.session(0).action == "none"
    assert story.program is None
    assert len(story.case.sessions) == 1


def test_the_ladder_goes_down_in_the_same_place_first():
    spec = library().exercise("bird-dog")
    every = [v.key for v in spec.variants]
    assert easier_variant(spec, "single_limb", every).key == "forearm_leg"
    assert easier_variant(spec, every[0], every) is None


def test_advance_leaves_the_case_it_was_given_alone():
    story = Story.at_level(1)
    before = story.case
    plain = before.to_json()
    advance(before, {"date": "2026-11-25", "kind": "session", **GOOD}, library())
    assert before.to_json() == plain


def test_three_exercises_stay_three_after_one_of_them_hurt():
    story = Story.at_level(0, minutes=8)
    decision = story.session(0, exercises=[{"slug": "cat-cow", "leg_spread": True}])
    assert story.slugs == ["pelvic-tilt", "bridge", "bird-dog"]
    assert {c.slug: c.reason.text for c in decision.changes}["bird-dog"] == (
        "It takes the place of one that we left out: a first set, to see how it feels."
    )


def test_nobodys_sessions_end_without_a_therapist_being_told():
    story = Story.at_level(1, minutes=8)
    for day in (0, 1, 2):
        story.session(day, exercises=[{"slug": story.slugs[-1], "leg_spread": True}])
    assert story.program is None
    assert ("E13", "P2") in story.alerts()


def test_no_level_up_on_the_morning_after_a_red_session():
    story = Story.at_level(1)
    story.pains(range(3), 3)
    story.good(3, 5, 7, 9)
    story.pains(range(11, 15), 3)
    story.session(15, exercises=[{"slug": "bridge", "pain_during": 7}])
    assert story.morning(16).action != "level_up"
    assert story.case.level == 1


def test_an_exercise_that_rests_comes_back_after_the_flare_up_and_not_in_it():
    story = Story.at_level(2)
    story.session(0, exercises=[{"slug": "bridge", "pain_during": 5}])
    story.morning(1, 7)
    assert story.item("bridge") is None
    story.tell("flare", 6)
    story.tick(9)
    assert "bridge" in {out.slug for out in story.case.out}
    story.tick(21)
    assert "bridge" not in {out.slug for out in story.case.out}


def test_an_exercise_that_rests_waits_for_the_end_of_a_hold_too():
    story = Story.at_level(2)
    story.session(0, exercises=[{"slug": "bridge", "pain_during": 5}])
    story.morning(1, 7)
    story.tell("check_in", 3, feeling="worse")
    story.tick(9)
    assert "bridge" in {out.slug for out in story.case.out}
    story.tell("check_in", 10, feeling="same")
    story.tick(11)
    assert "bridge" not in {out.slug for out in story.case.out}


def test_an_undo_is_never_more_than_there_is_now():
    story = Story.at_level(1)
    story.good(0, 2, 4)
    tilt = next(item for item in story.case.standing if item.slug == "pelvic-tilt")
    less = tuple(replace(item, sets=1) if item is tilt else item for item in story.case.standing)
    story.case = replace(story.case, standing=less)
    story.tell("undo", 5, slug="pelvic-tilt")
    assert story.item("pelvic-tilt").sets == 1


def test_an_undo_never_leads_back_to_a_variant_that_is_barred_now():
    story = Story.at_level(1)
    story.good(0, 2, 4)
    step = next(item for item in story.case.raises if item.slug == "pelvic-tilt")
    gone = replace(step, before=replace(step.before, variant="wall"))
    raises = tuple(gone if item is step else item for item in story.case.raises)
    barred = tuple(
        replace(item, allowed_variants=("floor",)) if item.slug == "pelvic-tilt" else item
        for item in story.case.standing
    )
    story.case = replace(story.case, raises=raises, standing=barred)
    story.tell("undo", 5, slug="pelvic-tilt")
    assert story.item("pelvic-tilt").variant == "floor"


def test_a_caution_from_the_check_alone_has_its_ceiling_at_build():
    cautious = {**answers()["screening"], "rf5_major_injury": "assessed_and_cleared"}
    assert ceiling_of(Story.at_level(1, screening=cautious).case) == 2
    assert ceiling_of(Story.at_level(1).case) == 3
