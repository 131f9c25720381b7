"""Diary cases of the contract, faults, and the same bytes again."""

import copy
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from django.core.management import call_command

from programs.engine import (
    ADAPTATION,
    RULE_SET,
    Case,
    EventFaults,
    begin,
    canonical,
    make_plan,
    read_intake,
    replay,
    replay_diary,
)
from programs.engine.events import CASE
from programs.engine.intake import faults_in
from tests.programs.engine.standard import library
from tests.programs.engine.story import SHORT, answers
from tests.programs.engine.test_contract import CASES, HERE, PLAN_SCHEMA

DIARIES = [path for path in CASES if "diary" in path.name]
EVENTS_SCHEMA = json.loads((HERE / "events.schema.json").read_text())
ROOT = Path(__file__).resolve().parents[3]


def case_of(*events: dict, **changes) -> dict:
    return {
        "intake": answers(**changes),
        "start": {"level": 1, "week": 2, "baseline_average_pain": 4},
        "events": list(events),
    }


def diary(path: Path) -> tuple[dict, dict]:
    data = json.loads(path.read_text())
    return replay_diary(data["case"], library()), data["expect"]


def between(entry: dict) -> range:
    first, last = entry["events"]
    return range(first, last + 1)


def faults(told: dict, expect: dict) -> list[str]:
    """Where a diary's decisions are not what the case expects."""
    decisions, found = told["decisions"], []
    actions = [set(decision["actions"]) for decision in decisions]
    alerts = [{(a["rule"], a["priority"]) for a in decision["alerts"]} for decision in decisions]
    rules = [{rule for rule, _ in fired} for fired in alerts]
    for entry in expect.get("actions", ()):
        if not any(actions[index] & set(entry["any_of"]) for index in between(entry)):
            found.append(f"none of {entry} in {actions}")
    for entry in expect.get("alerts", ()):
        wanted = {(r, p) for r in entry["rules"] for p in entry["priorities"]}
        if not any(alerts[index] & wanted for index in between(entry)):
            found.append(f"no alert {entry} in {alerts}")
    every = set().union(*actions)
    found += [f"did {name}" for name in expect.get("forbidden_actions", ()) if name in every]
    fired = set().union(*rules)
    found += [f"fired {name}" for name in expect.get("forbidden_alerts", ()) if name in fired]
    for rule, first in expect.get("alerts_not_before", {}).items():
        if any(rule in fired for fired in rules[:first]):
            found.append(f"{rule} too early")
    levels = {decision["triage"] for decision in decisions}
    found += [f"triage {name}" for name in expect.get("forbidden_triage", ()) if name in levels]
    program, final = told["final_plan"]["program"], expect.get("final", {})
    if (program is None) != final.get("program_is_null", program is None):
        found.append(f"final program is {program}")
    if program and program["level"] not in final.get("level_in", [program["level"]]):
        found.append(f"final level {program['level']}")
    return found


@pytest.mark.parametrize("path", DIARIES, ids=lambda path: path.stem)
def test_a_diary_leads_where_the_case_expects(path):
    told, expect = diary(path)
    assert faults(told, expect) == []


@pytest.mark.parametrize("path", DIARIES, ids=lambda path: path.stem)
def test_what_is_printed_has_the_contracts_shape(path):
    told, _expect = diary(path)
    assert set(told) == {"plan", "decisions", "final_plan"}
    for plan in (told["plan"], told["final_plan"]):
        jsonschema.validate(plan, PLAN_SCHEMA)
    order = EVENTS_SCHEMA["description"].split("in the order ")[1].split(",")
    order = [name.strip().split(";")[0] for name in order][:10]
    for index, decision in enumerate(told["decisions"]):
        assert decision["event"] == index
        assert decision["action"] == min(decision["actions"], key=order.index)


def test_our_shape_of_a_case_is_that_of_the_schema():
    ours, theirs = (
        CASE["properties"]["events"]["items"],
        EVENTS_SCHEMA["properties"]["events"]["items"],
    )
    assert set(ours["properties"]) == set(theirs["properties"])
    assert ours["properties"]["kind"]["enum"] == theirs["properties"]["kind"]["enum"]
    assert ours["properties"]["symptoms"] == theirs["properties"]["symptoms"]
    assert ours["required"] == theirs["required"]


DAY = "2026-11-23"
BROKEN = [
    ({"events": [{"kind": "pain"}]}, "events[0].date: is missing"),
    ({"events": [{"date": DAY}]}, "events[0].kind: is missing"),
    ({"events": [{"date": "23.11.2026", "kind": "pain"}]}, "events[0].date: must be a date"),
    ({"events": [{"date": DAY, "kind": "tick"}]}, "events[0].kind: must be one of session"),
    ({"events": [{"date": DAY, "kind": "pain", "mood": 1}]}, "events[0].mood: is not known here"),
    (
        {"events": [{"date": DAY, "kind": "pain", "feeling": "same"}]},
        "events[0].feeling: is not known",
    ),
    (
        {"events": [{"date": DAY, "kind": "pain", "average_pain": 11}]},
        "events[0].average_pain: must be from 0 to 10",
    ),
    (
        {"events": [{"date": DAY, "kind": "session", "effort": True}]},
        "events[0].effort: must be a whole number",
    ),
    (
        {"events": [{"date": DAY, "kind": "pain", "screening": {"rf4_cord": "maybe"}}]},
        "events[0].screening.rf4_cord: must be one of no, yes, not_sure",
    ),
    (
        {"events": [{"date": DAY, "kind": "pain", "text": "x" * 2001}]},
        "events[0].text: must be at most 2000",
    ),
    (
        {"events": [{"date": "2026-11-22", "kind": "pain"}]},
        "events[0].date: must be 2026-11-23 or later",
    ),
    (
        {
            "events": [
                {"date": "2026-11-25", "kind": "pain"},
                {"date": "2026-11-24", "kind": "pain"},
            ]
        },
        "events[1].date: must be 2026-11-25 or later",
    ),
    (
        {"events": [{"date": "9999-12-31", "kind": "pain"}]},
        "events[0].date: must not be after 9998",
    ),
    ({"events": {}}, "events: must be a list"),
    ({"start": {"level": 4}}, "start.level: must be from 0 to 3"),
    ({"start": {"week": 0}}, "start.week: must be 1 or more"),
    ({"extra": 1}, "extra: is not known here"),
    ({"intake": {}}, "intake.today: is missing"),
]


@pytest.mark.parametrize(("changes", "line"), BROKEN)
def test_a_fault_names_its_path_and_what_is_allowed(changes, line):
    with pytest.raises(EventFaults) as error:
        replay_diary(case_of() | changes, library())
    assert any(str(fault).startswith(line) for fault in error.value.faults)


@pytest.mark.parametrize("data", [[], None, 3, "x", {}, {"intake": answers()}])
def test_anything_else_is_a_fault_and_never_a_traceback(data):
    with pytest.raises(EventFaults):
        replay_diary(data, library())


def test_an_event_with_nothing_but_its_kind_is_fine():
    kinds = EVENTS_SCHEMA["properties"]["events"]["items"]["properties"]["kind"]["enum"]
    told = replay_diary(case_of(*({"date": DAY, "kind": kind} for kind in kinds)), library())
    assert [decision["action"] for decision in told["decisions"]] == ["none"] * len(kinds)


def run(path: Path) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("replay_diary", str(path), stdout=out, stderr=err)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.mark.usefixtures("library")
def test_the_command_prints_the_same_bytes_twice(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(json.dumps(json.loads(DIARIES[0].read_text())["case"]))
    first, again = run(path), run(path)
    assert first == again
    assert first[0] == 0
    assert first[2] == ""
    assert set(json.loads(first[1])) == {"plan", "decisions", "final_plan"}


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b'{"intake": {}, "intake": {}}', ["intake: is given twice; give it once"]),
        (b"{", None),
        (b"\xff", None),
        (b"[" * 100_000, None),
        (b'{"intake": 1, "events": 2}', ["intake: must be an object", "events: must be a list"]),
    ],
)
def test_the_command_ends_with_2_and_a_line_for_each_fault(tmp_path, content, lines):
    path = tmp_path / "case.json"
    path.write_bytes(content)
    code, out, err = run(path)
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    assert lines is None or err.splitlines() == lines


@pytest.mark.usefixtures("library")
def test_the_command_names_a_file_that_is_not_there(tmp_path):
    code, _out, err = run(tmp_path / "none.json")
    assert (code, len(err.splitlines())) == (2, 1)


EVENTS = [
    {
        "date": "2026-11-23",
        "kind": "session",
        "completed_fraction": 1.0,
        "pain_before": 3,
        "pain_during": 7,
    },
    {"date": "2026-11-24", "kind": "next_morning", "pain_next_morning": 5},
    {"date": "2026-11-25", "kind": "pain", "average_pain": 6, "screening": SHORT},
    {"date": "2026-11-26", "kind": "flare"},
    {"date": "2026-11-30", "kind": "undo", "slug": "bridge"},
    {"date": "2026-12-20", "kind": "tick"},
    {"date": "2026-12-21", "kind": "pain", "screening": {"rf4_cord": "yes"}},
    {"date": "2026-12-22", "kind": "assessed", "lifts": ["RF4"]},
]


def test_the_whole_history_gives_the_same_bytes_again():
    intake = read_intake(answers())
    one, decided = replay(intake, EVENTS, library())
    two, again = replay(intake, copy.deepcopy(EVENTS), library())
    assert canonical(one.to_json()) == canonical(two.to_json())
    assert decided == again


def test_a_stored_case_goes_on_as_one_that_was_never_put_away():
    intake = read_intake(answers())
    kept, _ = replay(intake, EVENTS, library())
    for cut in range(len(EVENTS) + 1):
        case, _ = replay(intake, EVENTS[:cut], library())
        back = Case.from_json(json.loads(canonical(case.to_json())))
        assert back == case
    assert canonical(kept.to_json()) == canonical(Case.from_json(kept.to_json()).to_json())


def test_the_digest_changes_with_the_plan_and_only_with_it():
    case = begin(read_intake(answers()), library())
    first = case.plan.digest
    assert first == make_plan(read_intake(answers()), library()).digest
    same, _ = replay(read_intake(answers()), [{"date": DAY, "kind": "tick"}], library())
    assert same.plan.digest == first
    other, _ = replay(read_intake(answers()), EVENTS[:1], library())
    assert other.plan.digest != first


def test_the_names_of_the_rules():
    """First plans read no new table: their rule set keeps its name, and stored digests stay valid."""
    assert RULE_SET == "backrelief-2026.1"
    assert begin(read_intake(answers()), library()).adaptation == ADAPTATION
    digest = "sha256:2a"  # the digest of a plan made before there was any adaptation
    assert make_plan(read_intake(answers()), library()).digest.startswith("sha256:") != digest


def test_another_process_and_another_hash_seed_give_the_same_bytes():
    script = (
        "import json, sys; sys.path.insert(0, '.');"
        "from programs.engine import *; from tests.programs.engine.standard import library;"
        "from tests.programs.engine.story import answers; from tests.programs.engine.test_replay import EVENTS;"
        "print(canonical(replay(read_intake(answers()), EVENTS, library())[0].to_json()))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=os.environ
            | {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "backrelief.settings_test"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0]) > 5_000


def test_the_shape_agrees_with_the_schema_on_single_events():
    validator = jsonschema.Draft202012Validator(
        EVENTS_SCHEMA["properties"]["events"]["items"], format_checker=jsonschema.FormatChecker()
    )
    shape = CASE["properties"]["events"]["items"]
    for changes in (
        {},
        {"effort": 11},
        {"effort": 3.0},
        {"symptoms": ["fall"]},
        {"symptoms": ["tired"]},
        {"exercises": [{}]},
        {"exercises": [{"slug": "bridge", "hurt": 1}]},
        {"measure": {"name": "odi"}},
        {"measure": {"name": "peg", "score": 3, "note": "x"}},
        {"lifts": [1]},
        {"leg_symptoms_moved": "down"},
    ):
        event = {"date": DAY, "kind": "session", **changes}
        assert (faults_in(event, shape) == []) == validator.is_valid(event), changes
