"""A program is made again from what is stored, byte for byte; a difference is named."""

from datetime import date
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from exercises.models import Dose
from programs.adapting import tell_program
from programs.impact import impact_now, impact_of
from programs.models import Program, ProgramEvent, ProgramVersion
from programs.replaying import replay_program
from tests.factories.accounts import make_staff
from tests.factories.exercises import edited_files, fields_of, shipped_files, whole_library
from tests.factories.programs import give_program
from tests.support.pages import parse, words

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
WEDNESDAY = date(2026, 11, 25)


@pytest.fixture
def program(library, patient):
    """A program with a session that hurt, other days, and an undo that found nothing."""
    give_program(patient, MONDAY, days=["mon", "wed", "fri"])
    hurt = [{"slug": "bridge", "pain_during": 7}]
    session = {"completed_fraction": 1.0, "pain_before": 2, "effort": 4, "exercises": hurt}
    tell_program(patient, "session", MONDAY, session, "session:1")
    tell_program(patient, "days", WEDNESDAY, {"days": ["tue", "thu"]}, "days:1")
    tell_program(patient, "undo", WEDNESDAY, {"slug": "bridge"}, "undo:1")
    return Program.objects.get()


def run(pk: int) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("replay_program", str(pk), stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_every_version_is_made_again_byte_for_byte(program):
    assert ProgramVersion.objects.count() == 3
    code, out, _err = run(program.pk)
    assert code == 0
    assert out == f"3 versions and 3 events of program {program.pk}: the same, byte for byte.\n"


def test_a_library_that_changed_since_changes_nothing_of_the_past(program):
    Dose.objects.filter(exercise__slug="bridge").update(sets=1)
    assert replay_program(program).difference == ""


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (ProgramVersion.objects.filter(number=2), "version 2"),
        (ProgramVersion.objects.filter(number=1), "version 1"),
    ],
)
def test_a_changed_version_is_named_with_the_place(program, row, name):
    version = row.get()
    row.update(output=version.output.replace('"level":2', '"level":3'))
    code, _out, err = run(program.pk)
    assert code == 1
    assert f"{name}: program.level is 2 now, 3 was stored" in err


def test_a_changed_decision_and_a_changed_case_are_named(program):
    event = ProgramEvent.objects.filter(seq=1)
    event.update(decision=event.get().decision.replace('"regress"', '"hold"'))
    assert replay_program(program).difference.startswith("event 1: action")
    event.update(decision=event.get().decision.replace('"hold"', '"regress"'))
    Program.objects.update(case=program.case.replace('"level":2', '"level":1'))
    assert replay_program(Program.objects.get()).difference.startswith("the case: ")


def test_an_unknown_program_is_said_to_be_one(library):
    assert run(99) == (2, "", "id: there is no program 99\n")


def stricter(records) -> None:
    row = fields_of(records, "precaution", exercise=["cobra"], condition=["flexion_aggravated"])
    row |= {"code": "exclude", "variants": []}


def test_the_impact_of_the_same_library_is_none(program):
    found = impact_of(shipped_files())
    assert (found.running, found.changed) == (1, ())


def test_the_impact_names_programs_and_changes_and_writes_nothing(program, patient):
    before = whole_library()
    found = impact_of(edited_files(stricter))
    assert found.running == 1
    ((pk, said),) = found.changed
    assert pk == program.pk
    assert any(line == "Cobra is left out for now." for line in said)
    assert patient.name not in " ".join(found.lines)
    assert whole_library() == before
    assert ProgramEvent.objects.count() == 3


def test_the_command_says_the_impact_and_changes_nothing(program, tmp_path):
    for name, content in edited_files(stricter):
        (tmp_path / name).write_bytes(content)
    before, out = whole_library(), StringIO()
    call_command("load_library", str(tmp_path), "--impact", stdout=out)
    assert (
        "1 of 1 running programs would change, each at its next weekly check-in." in out.getvalue()
    )
    assert f"program {program.pk}: " in out.getvalue()
    assert whole_library() == before


def test_the_admin_says_the_impact_before_a_file_goes_live(client, clinic, program, patient):
    client.force_login(make_staff("clinic@example.org", clinic))
    files = [SimpleUploadedFile(name, content) for name, content in edited_files(stricter)]
    page = client.post("/admin/exercises/exercise/load/", {"files": files, "dry": "1"})
    said = words(parse(page))
    assert "1 of 1 running programs would change, each at its next weekly check-in." in said
    assert f"program {program.pk}: " in said
    assert patient.name not in said
    assert replay_program(program).difference == ""


def test_a_running_week_stays_until_the_next_check_in(program, patient):
    Dose.objects.filter(exercise__slug="bridge", level=2).update(sets=1)
    pinned = program.library_id
    tell_program(patient, "pain", WEDNESDAY, {"average_pain": 3}, "entry:1")
    assert Program.objects.get().library_id == pinned
    tell_program(patient, "check_in", WEDNESDAY, {"feeling": "same"}, "check-in:1")
    program = Program.objects.get()
    assert program.library_id != pinned
    kinds = list(program.events.order_by("-seq").values_list("kind", flat=True)[:2])
    assert kinds == ["check_in", "library"]
    assert impact_now().changed == ()
    assert replay_program(program).difference == ""
