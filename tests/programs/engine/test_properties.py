"""What must hold for everybody, tried on random people."""

import os
import random
import subprocess
import sys
from pathlib import Path

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.engine import canonical, make_plan, plan_as_json, read_intake
from programs.engine.intake import faults_in
from programs.engine.rules import CONDITIONS, LEVELS, MATRIX, STRENGTH
from programs.engine.schedule import WEEK
from tests.programs.engine.people import SHAPES, anybody, cleared
from tests.programs.engine.standard import library
from tests.programs.engine.test_contract import PLAN_SCHEMA

people = st.integers(0, 10**9).map(random.Random)
often = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def plan_of(person: dict) -> dict:
    return plan_as_json(make_plan(read_intake(person), library()))


def slugs(items: list[dict]) -> set[str]:
    return {item["slug"] for item in items}


@often
@given(people)
def test_anybody_gets_a_plan_or_is_told_why_not(rng):
    plan = plan_of(anybody(rng))
    jsonschema.validate(plan, PLAN_SCHEMA)
    triage = plan["triage"]
    assert plan["program"] or triage["reasons"] or triage["not_cleared"]


@often
@given(people)
def test_a_stop_never_leaves_a_program(rng):
    plan = plan_of(anybody(rng))
    if plan["triage"]["level"] in ("urgent", "emergency") or plan["triage"]["not_cleared"]:
        assert plan["program"] is None
    assert (plan["triage"]["act_within"] == "now") == (plan["triage"]["level"] == "emergency")


@often
@given(people)
def test_adding_a_condition_never_brings_an_exercise_or_a_variant_back(rng):
    person = cleared(rng)
    more = rng.choice(SHAPES["conditions"]["items"]["enum"])
    wider = person | {"conditions": sorted({*person["conditions"], more})}
    before, after = plan_of(person), plan_of(wider)
    assert slugs(before["excluded"]) <= slugs(after["excluded"])
    if before["program"] and after["program"]:
        allowed = {i["slug"]: set(i["allowed_variants"]) for i in before["program"]["exercises"]}
        for item in after["program"]["exercises"]:
            assert set(item["allowed_variants"]) <= allowed.get(
                item["slug"], set(item["allowed_variants"])
            )


@often
@given(people)
def test_no_barred_exercise_or_variant_at_any_level(rng):
    person = cleared(rng)
    person["history"] = {"level": rng.randint(0, 3), "days_since_last_session": 2}
    plan = plan_of(person)
    for item in (plan["program"] or {"exercises": []})["exercises"]:
        for condition in plan["active_conditions"]:
            cell = MATRIX[condition].get(item["slug"])
            assert cell is None or (
                cell["code"] == "modify" and item["variant"] in cell["variants"]
            )


@often
@given(people)
def test_strength_comes_first(rng):
    plan = plan_of(cleared(rng))
    if plan["program"]:
        chosen = slugs(plan["program"]["exercises"]) & set(STRENGTH)
        usable = set(STRENGTH) - slugs(plan["excluded"])
        assert len(chosen) >= min(2, len(usable))


@often
@given(people)
def test_minutes_and_sets_stay_within_what_was_offered(rng):
    person = cleared(rng)
    program = plan_of(person)["program"]
    if not program:
        return
    if person["minutes"] < 10:
        assert 5 <= program["minutes"] <= 8
        assert (len(program["exercises"]), {i["sets"] for i in program["exercises"]}) == (3, {1})
    else:
        assert program["minutes"] <= min(person["minutes"], LEVELS[program["level"]].minutes)
        assert 3 <= len(program["exercises"]) <= LEVELS[program["level"]].most_exercises


@often
@given(people)
def test_there_is_always_a_rest_day_between_sessions(rng):
    person = cleared(rng)
    program = plan_of(person)["program"]
    if program and person["days"]:
        days = sorted(WEEK.index(day) for day in program["days"])
        assert set(program["days"]) <= set(person["days"])
        assert all((b - a) % 7 not in (1, 6) for a in days for b in days if a != b)
        assert len(days) == program["sessions_per_week"] <= (2 if program["level"] == 0 else 3)


@often
@given(people)
def test_nobody_starts_above_their_cap(rng):
    plan = plan_of(cleared(rng))
    if plan["program"]:
        caps = [CONDITIONS[key].start_cap for key in plan["active_conditions"]]
        assert plan["program"]["level"] <= min([2, *caps])


@often
@given(people)
def test_every_reason_has_words_for_the_person(rng):
    plan = plan_of(cleared(rng))
    groups = [plan["excluded"], plan["not_chosen"], (plan["program"] or {}).get("exercises", [])]
    for item in (item for group in groups for item in group):
        assert item["reasons"]
        assert all(
            reason["rule"] and reason["text"].endswith((".", "!")) for reason in item["reasons"]
        )


@often
@given(people)
def test_a_random_intake_is_read_as_the_schema_reads_it(rng):
    person = anybody(rng)
    field = rng.choice(sorted(person))
    broken = person | {field: rng.choice([None, "x", -1, [1, 1], {"y": 1}, 10**6, True, 1.5])}
    allowed = jsonschema.Draft202012Validator(
        __import__("json").loads(
            (Path(__file__).parents[2] / "contract/intake.schema.json").read_text()
        ),
        format_checker=jsonschema.FormatChecker(),
    )
    assert (faults_in(broken) == []) == allowed.is_valid(broken)


def test_the_same_answers_give_the_same_bytes_in_another_process():
    script = (
        "import random, sys; sys.path.insert(0, '.');"
        "from programs.engine import *; from tests.programs.engine.people import cleared;"
        "from tests.programs.engine.standard import library;"
        "people = [cleared(random.Random(seed)) for seed in range(40)];"
        "print([canonical(plan_as_json(make_plan(read_intake(p), library()))) for p in people])"
    )
    root = Path(__file__).resolve().parents[3]
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=root,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0]) > 40_000


def test_a_thousand_people_are_planned_quickly():
    plans = [plan_of(cleared(random.Random(seed))) for seed in range(1000)]
    assert len({canonical(plan) for plan in plans}) > 900
    assert sum(plan["program"] is not None for plan in plans) > 500
