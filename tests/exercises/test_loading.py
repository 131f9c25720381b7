"""Loading the library: one line a fault, all or nothing, and a therapist's edit stays."""

import json
from pathlib import Path

import pytest
from django.core import serializers
from django.core.management import call_command

from exercises.library import KEYS, files_in
from exercises.loading import load
from exercises.models import Dose, Exercise, Note, Precaution, Step, Variant
from tests.conftest import FIXTURES, ROOT
from tests.factories.accounts import make_clinic, make_therapist

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty(db):
    Exercise.objects.all().delete()
    for model in KEYS:
        model.objects.all().delete()


def shipped() -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in files_in([ROOT / "fixtures"])]


def changed(edit) -> list[tuple[str, bytes]]:
    """The shipped files with ``edit`` done to the records of exercises.json."""
    files = dict(shipped())
    records = json.loads(files["exercises.json"])
    edit(records)
    return list((files | {"exercises.json": json.dumps(records).encode()}).items())


def find(records: list[dict], model: str, **fields) -> dict:
    return next(
        record["fields"]
        for record in records
        if record["model"] == f"exercises.{model}"
        and all(record["fields"].get(key) == value for key, value in fields.items())
    )


def dump() -> str:
    return "".join(serializers.serialize("json", model.objects.order_by("pk")) for model in KEYS)


def drop(records: list[dict], model: str, **fields) -> None:
    record = find(records, model, **fields)
    records[:] = [item for item in records if item["fields"] is not record]


BRIDGE = {"exercise": ["bridge"]}
FAULTS = [
    (
        lambda r: find(r, "dose", **BRIDGE, level=1, variant="").update(sets="two"),
        "exercises.json: dose bridge/1: sets: must be a whole number",
    ),
    (
        lambda r: find(r, "dose", **BRIDGE, level=0, variant="").update(reps=60),
        "exercises.json: dose bridge/0: reps: must be from 1 to 6 at level 0",
    ),
    (
        lambda r: find(r, "step", variant=["bridge", "full"], order=1).update(
            variant=["brigde", "full"]
        ),
        "exercises.json: step brigde/full/1: variant: ['brigde', 'full'] is not known; add it to the vocabulary or correct it",
    ),
    (
        lambda r: drop(r, "variant", **BRIDGE, key="mini"),
        "exercises.json: exercise bridge: variant mini is missing",
    ),
    (
        lambda r: r.append(next(x for x in r if x["model"] == "exercises.note")),
        "is given twice; keep one",
    ),
    (
        lambda r: find(
            r, "precaution", exercise=["childs-pose"], condition=["osteoporosis"]
        ).update(code="allow"),
        "exercises.json: precaution childs-pose/osteoporosis: code: is looser than the rule set; set it to exclude",
    ),
    (
        lambda r: drop(r, "precaution", exercise=["childs-pose"], condition=["osteoporosis"]),
        "exercises.json: exercise childs-pose: the precaution for osteoporosis is missing; the rule set has one",
    ),
    (
        lambda r: find(r, "precaution", exercise=["bridge"], condition=["osteoporosis"])[
            "variants"
        ].append("march"),
        "exercises.json: precaution bridge/osteoporosis: variants: march is barred by the rule set; take it out",
    ),
    (
        lambda r: find(r, "exercise", slug="bridge").update(color="red"),
        "exercises.json: exercise bridge: color: is not a field here",
    ),
    (
        lambda r: find(r, "exercise", slug="bridge").pop("summary"),
        "exercises.json: exercise bridge: summary: is missing",
    ),
    (
        lambda r: find(r, "exercise", slug="bridge").update(kind="dance"),
        "exercises.json: exercise bridge: kind: Value 'dance' is not a valid choice.",
    ),
    (
        lambda r: r.append({"model": "accounts.user", "fields": {}}),
        "model: accounts.user is not of the library; known are",
    ),
]


@pytest.mark.parametrize(("edit", "line"), FAULTS)
def test_a_fault_is_one_line_and_the_database_stays_as_it_was(edit, line):
    before = dump()
    report = load(changed(edit))
    assert [fault for fault in report.faults if line in fault], report.faults
    assert dump() == before


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"{not json", "broken.json: is not JSON: "),
        ("[{}]".encode("utf-16"), "broken.json: is not UTF-8 text (byte 0); save it as UTF-8"),
        (b"[" + b" " * (2 * 1024 * 1024) + b"]", "broken.json: is larger than 2 MB; split it"),
        (b'{"a": 1}', "broken.json: must be a list of records"),
        (b"[1]", 'broken.json: record 1: must be an object with "model" and "fields"'),
    ],
)
def test_a_file_that_is_no_library_is_refused(content, line):
    before = dump()
    report = load([("broken.json", content)])
    assert len(report.faults) == 1
    assert report.faults[0].startswith(line)
    assert dump() == before


def test_the_command_exits_with_2_and_prints_the_lines(tmp_path, capsys):
    (tmp_path / "broken.json").write_text("{")
    with pytest.raises(SystemExit) as stopped:
        call_command("load_library", str(tmp_path))
    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith("broken.json: is not JSON")


def test_a_missing_file_exits_with_2(tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        call_command("load_library", str(tmp_path / "none.json"))
    assert (stopped.value.code, "No such file" in capsys.readouterr().err) == (2, True)


def test_an_empty_database_gets_everything_and_twice_changes_nothing(empty):
    first = load(shipped())
    assert (first.faults, len(first.added)) == ([], 890)
    before = dump()
    assert load(shipped()).lines == ["Nothing to change."]
    assert dump() == before


def test_a_dry_run_says_it_and_changes_nothing(empty):
    report = load(shipped(), dry_run=True)
    assert len(report.added) == 890
    assert not Exercise.objects.exists()


def test_a_difference_is_said_in_words():
    load(shipped())
    report = load(changed(lambda r: find(r, "dose", **BRIDGE, level=2, variant="").update(sets=2)))
    assert report.lines == ["changed: dose bridge/2, sets: 3 → 2"]
    assert Dose.objects.get(exercise__slug="bridge", level=2).sets == 2


def test_a_therapists_edit_stays_is_named_and_replace_overwrites_it():
    load(shipped())
    bridge = Exercise.objects.get(slug="bridge")
    old = bridge.summary
    bridge.summary = "Lift your hips as one piece."
    bridge._history_user = make_therapist("tess@example.org", make_clinic("Hill Street Clinic"))
    bridge.save()
    report = load(shipped())
    assert (report.changed, len(report.kept)) == ([], 1)
    assert report.kept[0].startswith("exercise bridge, summary: edited by tess@example.org on ")
    bridge.refresh_from_db()
    assert bridge.summary == "Lift your hips as one piece."
    load(shipped(), replace=True)
    bridge.refresh_from_db()
    assert bridge.summary == old


def test_a_note_that_the_file_drops_goes_and_one_that_a_therapist_added_stays():
    load(shipped())
    bridge = Exercise.objects.get(slug="bridge")
    Note.objects.create(exercise=bridge, kind="safety", order=90, text="Go slowly.")
    report = load(changed(lambda r: drop(r, "note", **BRIDGE, kind="benefit", order=1)))
    assert report.removed == ["note bridge/benefit/1"]
    assert [line.split(":")[0] for line in report.kept] == ["note bridge/safety/90"]
    assert bridge.notes.filter(order=90).exists()


@pytest.mark.parametrize("times", [1, 2])
def test_djangos_loaddata_works_any_number_of_times(empty, times):
    for _ in range(times):
        for path in FIXTURES:
            call_command("loaddata", str(path), verbosity=0)
    counts = [model.objects.count() for model in (Exercise, Variant, Step, Precaution)]
    assert counts == [11, 45, 222, 179]


def test_check_library_finds_what_is_missing_loosened_or_too_much(capsys):
    call_command("check_library")
    assert capsys.readouterr().out.endswith("11 exercises, 45 variants: no faults\n")
    Precaution.objects.filter(exercise__slug="bridge", condition__slug="pregnancy_t2t3").update(
        code="allow"
    )
    Dose.objects.filter(exercise__slug="bridge", level=0).update(reps=50)
    Note.objects.filter(exercise__slug="bridge", kind="feel").delete()
    with pytest.raises(SystemExit):
        call_command("check_library")
    assert capsys.readouterr().err.splitlines() == [
        "Bridge: dose level 0: reps: must be from 1 to 6 at level 0",
        "Bridge: precaution pregnancy_t2t3: code: is looser than the rule set; set it to exclude",
        "Bridge: note feel: is missing",
    ]


def test_check_library_names_what_differs_from_the_last_load(capsys):
    load(shipped())
    Exercise.objects.filter(slug="bridge").update(summary="Other words.")
    call_command("check_library")
    assert "differs from the last load: exercise bridge, summary: " in capsys.readouterr().out


def test_the_folder_of_fixtures_is_read_vocabulary_first():
    names = [Path(path).name for path in files_in([ROOT / "fixtures"])]
    assert names == ["vocabulary.json", "exercises.json", "knee-to-chest.json", "poses.json"]
