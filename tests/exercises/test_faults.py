"""A broken library file: its exact line, and a database that stays as it was."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from exercises.loading import load
from exercises.models import Dose, Exercise
from tests.factories.exercises import edited_files, fields_of, whole_library

pytestmark = pytest.mark.django_db

BRIDGE = {"exercise": ["bridge"]}
DOSE = {**BRIDGE, "level": 1, "variant": ""}
OSTEOPOROSIS = {**BRIDGE, "condition": ["osteoporosis"]}
NOT_TEXT = "summary: has a character that is no text; take it out"
NO_LIST = "must be a list of texts, each of them once"
PLACES = "Name at least one of: floor, bed, chair, standing."

# Model, the record to break, what the file says instead, the record's name, and the line.
BROKEN = {
    "a range that falls": (
        ("dose", DOSE, {"sets": 2, "sets_max": 1}),
        "dose bridge/1: sets_max: must be sets or more; correct one of them",
    ),
    "a dose without a number": (
        ("dose", DOSE, {"reps": None, "reps_max": None, "hold_seconds": None, "hold_max": None}),
        "dose bridge/1: reps: give repetitions, a hold in seconds, or both",
    ),
    "no sets": (("dose", DOSE, {"sets": 0}), "dose bridge/1: sets: must be from 1 to 2 at level 1"),
    "a place that is none": (
        ("variant", {**BRIDGE, "key": "mini"}, {"positions": ["moon"]}),
        f"variant bridge/mini: positions: {PLACES}",
    ),
    "no place": (
        ("variant", {**BRIDGE, "key": "mini"}, {"positions": []}),
        "variant bridge/mini: positions: This field cannot be blank.",
    ),
    "a list in a list": (
        ("variant", {**BRIDGE, "key": "mini"}, {"positions": [["floor"]]}),
        f"variant bridge/mini: positions: {NO_LIST}",
    ),
    "the same tick twice": (
        ("precaution", OSTEOPOROSIS, {"variants": ["mini", "mini"]}),
        f"precaution bridge/osteoporosis: variants: {NO_LIST}",
    ),
    "a rung that the rules do not give": (
        ("variant", {**BRIDGE, "key": "mini"}, {"rung": "harder"}),
        "exercise bridge: variant mini must be on the rung easier, not harder",
    ),
    "a change without a variant": (
        ("precaution", OSTEOPOROSIS, {"variants": []}),
        "precaution bridge/osteoporosis: variants: must name at least one variant for a change",
    ),
    "a flag left out": (
        ("precaution", OSTEOPOROSIS, {"flags": []}),
        "precaution bridge/osteoporosis: flags: the rule set asks for no_round; add it",
    ),
    "an unknown source": (
        ("precaution", OSTEOPOROSIS, {"references": [["R999"]]}),
        "precaution bridge/osteoporosis: references: ['R999'] is not known; "
        "add it to the vocabulary or correct it",
    ),
    "a source that is no key": (
        ("precaution", OSTEOPOROSIS, {"references": [[{}]]}),
        "precaution bridge/osteoporosis: references: [{}] is not known; "
        "add it to the vocabulary or correct it",
    ),
    "half a character": (
        ("exercise", {"slug": "bridge"}, {"summary": "a\ud800b"}),
        f"exercise bridge: {NOT_TEXT}",
    ),
    "a control character": (
        ("exercise", {"slug": "bridge"}, {"summary": "a\x00b"}),
        f"exercise bridge: {NOT_TEXT}",
    ),
    "too long": (
        ("exercise", {"slug": "bridge"}, {"summary": "x" * 201}),
        "exercise bridge: summary: Ensure this value has at most 200 characters (it has 201).",
    ),
    "an empty text": (
        ("exercise", {"slug": "bridge"}, {"breathing": ""}),
        "exercise bridge: breathing: This field cannot be blank.",
    ),
    "a picture by the back door": (
        ("exercise", {"slug": "bridge"}, {"picture": "../secret-key"}),
        "exercise bridge: picture: can't come from a file; use the admin",
    ),
}


@pytest.mark.parametrize(("change", "line"), BROKEN.values(), ids=BROKEN)
def test_a_broken_record_gets_exactly_one_line_and_nothing_is_written(change, line):
    model, known, values = change
    before = whole_library()
    report = load(edited_files(lambda records: fields_of(records, model, **known).update(values)))
    assert report.faults == [f"exercises.json: {line}"]
    assert whole_library() == before


def test_a_dose_for_a_variant_that_does_not_exist_names_those_that_do():
    extra = {**DOSE, "variant": "moon", "sets": 1, "reps": 1}
    files = edited_files(lambda r: r.append({"model": "exercises.dose", "fields": extra}))
    assert load(files).faults == [
        "exercises.json: dose bridge/1/moon: variant: names no variant; "
        "known are squeeze, mini, full, march"
    ]


def test_several_faults_are_all_named_at_once():
    def edit(records):
        fields_of(records, "dose", **DOSE).update(sets="two")
        fields_of(records, "exercise", slug="cobra").pop("breathing")

    assert sorted(load(edited_files(edit)).faults) == [
        "exercises.json: dose bridge/1: sets: must be a whole number",
        "exercises.json: exercise cobra: breathing: is missing",
    ]


def test_a_folder_without_files_is_a_fault_and_not_nothing_to_change(tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        call_command("load_library", str(tmp_path))
    assert stopped.value.code == 2
    assert capsys.readouterr().err == (
        "no .json file was found; name a file, or a folder that holds some\n"
    )


def test_a_file_far_too_large_is_refused_by_the_command(tmp_path, capsys):
    (tmp_path / "huge.json").write_bytes(b"[" + b" " * (3 * 1024 * 1024) + b"]")
    with pytest.raises(SystemExit) as stopped:
        call_command("load_library", str(tmp_path / "huge.json"))
    assert stopped.value.code == 2
    assert capsys.readouterr().err == "huge.json: is larger than 2 MB; split it\n"


def test_the_database_itself_refuses_a_dose_without_a_number(library):
    bridge = Exercise.objects.get(slug="bridge")
    with pytest.raises(IntegrityError, match="dose_has_reps_or_hold"), transaction.atomic():
        Dose.objects.create(exercise=bridge, level=1, variant="mini", sets=1)
