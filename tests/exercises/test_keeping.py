"""What people did to the library between two loads stays, and is named."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import call_command

from exercises.loading import load
from exercises.models import Exercise, LoadedRecord, Note, Precaution
from tests.conftest import FIXTURES
from tests.factories.exercises import (
    edited_files,
    fields_of,
    shipped_files,
    whole_library,
    without,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def by_hand(item, user, **values):
    """An edit as the admin saves it."""
    for name, value in values.items():
        setattr(item, name, value)
    item._history_user = user
    with time_machine.travel(NOON, tick=False):
        item.save()
    return item


def test_an_edit_after_loaddata_stays_though_no_load_was_noted(library, therapist):
    bridge = by_hand(Exercise.objects.get(slug="bridge"), therapist, summary="My own words.")
    assert not LoadedRecord.objects.exists()
    report = load(shipped_files())
    assert report.changed == []
    assert [line.split(" on ")[0] for line in report.kept] == [
        "exercise bridge, summary: edited by tess@example.org"
    ]
    bridge.refresh_from_db()
    assert bridge.summary == "My own words."


def test_an_edit_stays_when_the_file_changes_the_same_field_and_others_follow(library, therapist):
    load(shipped_files())
    bridge = by_hand(Exercise.objects.get(slug="bridge"), therapist, summary="My own words.")
    change = {"summary": "The file's words.", "breathing": "Breathe out as you lift."}
    files = edited_files(lambda r: fields_of(r, "exercise", slug="bridge").update(change))
    report = load(files)
    assert [line.split(",")[0] for line in report.kept] == ["exercise bridge"]
    bridge.refresh_from_db()
    assert (bridge.summary, bridge.breathing) == ("My own words.", "Breathe out as you lift.")
    assert load(files).changed == []


def test_a_note_that_a_person_took_out_stays_out_until_replace(library, therapist):
    load(shipped_files())
    note = Note.objects.get(exercise__slug="bridge", kind="benefit", order=1)
    note._history_user = therapist
    with time_machine.travel(NOON, tick=False):
        note.delete()
    found = Note.objects.filter(exercise__slug="bridge", kind="benefit", order=1)
    report = load(shipped_files())
    assert [line.split(" on ")[0] for line in report.kept] == [
        "note bridge/benefit/1: taken out by tess@example.org"
    ]
    assert not found.exists()
    assert load(shipped_files(), replace=True).added == ["note bridge/benefit/1"]
    assert found.exists()


def test_a_precaution_that_went_missing_always_comes_back(library, therapist):
    load(shipped_files())
    row = Precaution.objects.get(exercise__slug="bridge", condition__slug="osteoporosis")
    row._history_user = therapist
    row.delete()
    assert load(shipped_files()).added == ["precaution bridge/osteoporosis"]


def test_a_note_that_a_person_edited_stays_when_the_file_drops_it(library, therapist):
    load(shipped_files())
    note = Note.objects.get(exercise__slug="bridge", kind="benefit", order=1)
    by_hand(note, therapist, text="It helps you get up.")
    files = edited_files(lambda r: without(r, "note", exercise=["bridge"], order=1, kind="benefit"))
    report = load(files)
    assert (report.removed, len(report.kept)) == ([], 1)
    note.refresh_from_db()
    assert note.text == "It helps you get up."


def test_a_stricter_precaution_of_a_therapist_stays(library, therapist):
    load(shipped_files())
    row = Precaution.objects.get(exercise__slug="bridge", condition__slug="osteoporosis")
    by_hand(row, therapist, code="exclude")
    load(shipped_files())
    row.refresh_from_db()
    assert row.code == "exclude"


def test_a_kept_edit_that_no_longer_fits_the_file_stops_the_whole_load(library, therapist):
    load(shipped_files())
    dose = Exercise.objects.get(slug="bridge").doses.get(level=2, variant="")
    by_hand(dose, therapist, hold_seconds=dose.hold_seconds - 1)
    before = whole_library()
    known = {"exercise": ["bridge"], "level": 2, "variant": ""}
    files = edited_files(lambda r: fields_of(r, "dose", **known).update(hold_seconds=1, hold_max=2))
    assert load(files).faults == [
        "exercises.json: dose bridge/2: hold_max: must be hold_seconds or more; correct one of "
        "them (some of it was edited here; --replace takes the file's)"
    ]
    assert whole_library() == before


def test_history_says_that_a_load_wrote_it_for_fields_and_for_lists(library):
    load(shipped_files())
    before = Exercise.objects.get(slug="bridge").history.count()
    edit = {"summary": "Lift your hips.", "body_areas": [["hips"]]}
    load(edited_files(lambda r: fields_of(r, "exercise", slug="bridge").update(edit)))
    bridge = Exercise.objects.get(slug="bridge")
    assert bridge.summary == "Lift your hips."
    assert [area.slug for area in bridge.body_areas.all()] == ["hips"]
    reasons = [row.history_change_reason for row in bridge.history.all()][:-before]
    assert set(reasons) == {"library load"}


def test_check_library_names_an_edit_that_loaddata_overwrote(library, therapist, capsys):
    by_hand(Exercise.objects.get(slug="bridge"), therapist, summary="My own words.")
    call_command("loaddata", *map(str, FIXTURES), verbosity=0)
    call_command("check_library")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" on ")[0] for line in lines] == [
        "differs from its history: exercise bridge, summary: edited by tess@example.org",
        "11 exercises, 45 variants: no faults",
    ]


def test_check_library_finds_an_empty_text_and_a_place_that_is_none(library, capsys):
    bridge = Exercise.objects.get(slug="bridge")
    Exercise.objects.filter(pk=bridge.pk).update(breathing="")
    bridge.variants.filter(key="mini").update(positions=["moon"])
    with pytest.raises(SystemExit) as stopped:
        call_command("check_library")
    assert stopped.value.code == 2
    assert capsys.readouterr().err.splitlines() == [
        "Bridge: breathing: This field cannot be blank.",
        "Bridge: variant mini: positions: Name at least one of: floor, bed, chair, standing.",
    ]


def test_an_empty_library_is_a_fault(capsys):
    Exercise.objects.all().delete()
    with pytest.raises(SystemExit) as stopped:
        call_command("check_library")
    assert stopped.value.code == 2
    assert capsys.readouterr().err == "The library is empty; load it with load_library.\n"
