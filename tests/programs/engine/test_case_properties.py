"""What must hold for any person and any order of events."""

import cProfile
import json
import os
import pstats
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.engine import Case, EventFaults, advance, begin, canonical, read_intake
from programs.engine.events import APP_EVENT
from programs.engine.progression import moved, work_of
from programs.engine.rules import MATRIX
from tests.programs.engine.people import CLEAR, anybody, cleared, value_of
from tests.programs.engine.standard import library
from tests.programs.engine.story import DAY_ONE, GOOD, Story

chances = st.integers(0, 10**9).map(random.Random)
SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
often = settings(
    max_examples=400 if SOAK else 25, deadline=None, suppress_health_check=list(HealthCheck)
)
FITTING = APP_EVENT | {
    "properties": {k: v for k, v in APP_EVENT["properties"].items() if k != "intake"}
}
LOCKING = {"rf1a_saddle_numbness": "yes"}


def any_event(rng: random.Random, day: int) -> dict:
    """Any event that fits the app's shape, of any kind, most fields by chance."""
    event = value_of(FITTING, rng)
    event["date"] = DAY_ONE.fromordinal(DAY_ONE.toordinal() + day).isoformat()
    for key in ("text", "lifts", "new_conditions"):
        event.pop(key, None)
    if event["kind"] == "intake":
        event["intake"] = cleared(rng)
    if rng.random() < 0.5:
        event.pop("screening", None)
    elif rng.random() < 0.7:
        event["screening"] = dict(CLEAR)
    event["slug"] = rng.choice(["bridge", "level", "cat-cow", "x"])
    event["to"] = rng.choice(["side-plank", "cobra", "y"])
    event["by"] = rng.choice(["therapist", "self", "doctor"])
    return event


def walk(rng: random.Random, person: dict, steps: int):
    case = begin(read_intake(person | {"today": DAY_ONE.isoformat()}), library())
    day = 0
    for _ in range(steps):
        day += rng.choice([0, 0, 1, 1, 2, 7, 16])
        event = any_event(rng, day)
        try:
            case, decision = advance(case, event, library())
        except EventFaults:
            continue
        yield case, decision, event


@often
@given(chances)
def test_any_event_advances_or_names_its_faults_and_nothing_barred_is_ever_shown(rng):
    person = cleared(rng) if rng.random() < 0.8 else anybody(rng)
    for case, decision, _event in walk(rng, person, 12):
        assert decision.action in decision.actions
        program = case.plan.program
        if case.is_locked or case.pause or case.awaits or case.plan.triage.level >= 2:
            assert program is None
        for item in program.exercises if program else ():
            assert item.variant in item.allowed_variants
            overridden = {(o.slug, o.condition) for o in case.overrides if o.until >= case.today}
            for condition in case.plan.active_conditions:
                cell = MATRIX[condition].get(item.slug)
                assert (
                    cell is None
                    or (item.slug, condition) in overridden
                    or (cell["code"] == "modify" and item.variant in cell["variants"])
                )


@often
@given(chances)
def test_a_case_put_away_and_taken_out_is_the_same(rng):
    for case, _decision, _event in walk(rng, cleared(rng), 8):
        text = canonical(case.to_json())
        back = Case.from_json(json.loads(text))
        assert back == case
        assert canonical(back.to_json()) == text


@often
@given(chances)
def test_a_red_flag_never_leaves_a_program_running(rng):
    cases = [case for case, _d, _e in walk(rng, cleared(rng), 6)]
    if not cases:
        return
    case = cases[-1]
    event = {"date": case.today.isoformat(), "kind": "pain", "screening": LOCKING}
    case, _decision = advance(case, event, library())
    assert case.plan.program is None
    for day in range(1, 30, 7):
        later = case.today.fromordinal(case.today.toordinal() + day).isoformat()
        told = {"date": later, "kind": "screening", "screening": dict(CLEAR)}
        case, _decision = advance(case, told, library())
        assert case.plan.program is None


@often
@given(st.integers(0, 3), st.lists(st.integers(0, 10), min_size=6, max_size=6), st.integers(1, 4))
def test_more_pain_never_gives_a_harder_next_session(level, pains, more):
    """The same three sessions, the last one with more pain during it: the next is no more work."""
    works = []
    for extra in (0, more):
        story = Story.at_level(level, minutes=20)
        for index in range(3):
            before, during = sorted(pains[2 * index : 2 * index + 2])
            if index == 2:
                during = min(10, during + extra)
            story.session(2 * index, pain_before=before, pain_during=during)
            story.morning(2 * index + 1, before)
        works.append(story.work())
    assert works[1] <= works[0]


@often
@given(st.integers(1, 3), st.integers(2, 40), st.sampled_from([10, 15, 20, 30]))
def test_work_never_rises_by_more_than_15_percent_in_a_week(level, sessions, minutes):
    story = Story.at_level(level, minutes=minutes)
    shown = {0: story.program}
    day = 0
    for _ in range(sessions):
        day += 2
        story.session(day, **(GOOD | {"pain_during": 3}))
        story.morning(day + 1)
        for each in (day, day + 1):
            shown[each] = story.program
        then = shown.get(day + 1 - 7)
        if then is None or {r.rule for r in then.advice} & {"deload"}:
            continue
        known = {item.slug for item in then.exercises}
        now = sum(moved(item) for item in story.program.exercises if item.slug in known)
        assert now <= 1.15 * work_of(then.exercises)[0] + 1e-9


@often
@given(chances)
def test_a_tick_is_idempotent_for_anybody(rng):
    for case, _decision, _event in walk(rng, cleared(rng), 5):
        tick = {"date": case.today.isoformat(), "kind": "tick"}
        once, _ = advance(case, tick, library())
        twice, decision = advance(once, tick, library())
        assert decision.changes == ()
        assert {**twice.to_json(), "chain": ""} == {**once.to_json(), "chain": ""}


def test_an_event_costs_under_five_milliseconds_of_work():
    """Counted as calls of the engine's own code, because clocks lie on a busy machine."""
    story = Story.at_level(2, minutes=20)
    story.good(0, 2, 4, 7, 9, 11)
    profile = cProfile.Profile()
    profile.enable()
    story.pain(12, 4, screening=dict(CLEAR))
    story.session(14)
    story.tick(20)
    profile.disable()
    assert pstats.Stats(profile).total_calls < 3 * 20_000
