"""The worked cases of the contract, each checked by what its ``expect`` says."""

import json
from pathlib import Path

import jsonschema
import pytest

from programs.engine import make_plan, plan_as_json, read_intake
from tests.programs.engine.standard import library

HERE = Path(__file__).resolve().parents[2] / "contract"
PLAN_SCHEMA = json.loads((HERE / "plan.schema.json").read_text())
INTAKE_SCHEMA = json.loads((HERE / "intake.schema.json").read_text())
CASES = sorted((HERE / "examples").glob("*.json"))


def plan_for(intake: dict) -> dict:
    plan = plan_as_json(make_plan(read_intake(intake), library()))
    jsonschema.validate(plan, PLAN_SCHEMA)
    return plan


def faults(plan: dict, expect: dict) -> list[str]:
    """Where the plan is not what the case expects; null in ``expect`` means not checked."""
    triage, program = plan["triage"], plan["program"]
    excluded = {item["slug"] for item in plan["excluded"]}
    found = []

    def same(name: str, got: object) -> None:
        want = expect.get(name)
        if want is not None and got != want and not (isinstance(want, list) and got in want):
            found.append(f"{name}: {got}, not {want}")

    same("triage", triage["level"])
    same("ok_first", triage["ok_first"])
    if expect["triage"] in ("urgent", "emergency"):
        same("act_within", triage["act_within"])
    asked = {key.split("_")[0] for key in triage["not_cleared"]}
    if set(expect["not_cleared"]) - asked:
        found.append(f"not_cleared: {asked}")
    if (program is None) != expect["program_is_null"]:
        found.append(f"program is {program}")
    same("active_conditions", plan["active_conditions"])
    same("direction", plan["direction"])
    same("emphasis", plan["emphasis"])
    found += [f"not excluded: {slug}" for slug in expect["exclude"] if slug not in excluded]
    found += [f"excluded: {slug}" for slug in expect["must_not_exclude"] if slug in excluded]
    if program:
        for name in ("level", "sessions_per_week", "days", "therapist_review"):
            same(name, program[name])
        if expect["max_minutes"] and program["minutes"] > expect["max_minutes"]:
            found.append(f"minutes: {program['minutes']}")
        for item in program["exercises"]:
            if item["slug"] in expect["exclude"]:
                found.append(f"prescribed: {item['slug']}")
            if item["variant"] not in expect["variants"].get(item["slug"], [item["variant"]]):
                found.append(f"variant: {item['slug']} {item['variant']}")
            if set(expect["flags"].get(item["slug"], [])) - set(item["flags"]):
                found.append(f"flags: {item['slug']} {item['flags']}")
    return found


@pytest.mark.parametrize("path", [p for p in CASES if "diary" not in p.name], ids=lambda p: p.stem)
def test_a_plan_is_what_the_case_expects(path):
    case = json.loads(path.read_text())
    assert faults(plan_for(case["intake"]), case["expect"]) == []


@pytest.mark.parametrize("path", [p for p in CASES if "diary" in p.name], ids=lambda p: p.stem)
def test_the_first_plan_of_a_diary_case_runs(path):
    plan = plan_for(json.loads(path.read_text())["case"]["intake"])
    assert plan["triage"]["level"] == "clear"
    assert plan["program"]["level"] == 1
