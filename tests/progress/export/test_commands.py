"""export_record and import_record, as an operator runs them."""

import datetime as dt
import io
import json
import re
import uuid

import pytest
from django.core.management import CommandError, call_command

from backrelief.accounts.models import User
from programs.models import ProgramEvent
from progress import measuring
from progress.export.erasing import erase
from progress.export.reading import RecordFault, import_record, is_empty, record_from
from progress.export.record import as_json, digest_of, record_of
from progress.measure_pages import lines_of
from progress.models import Activity, Goal, MeasureResult, Milestone, SessionRecord
from tests.factories.accounts import make_patient
from tests.factories.record import lived_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


@pytest.fixture
def lived(patient, therapist):
    lived_record(patient, therapist)
    return patient


def exported(email, form):
    out = io.BytesIO()
    call_command("export_record", email, format=form, stdout=_Text(out))
    return out.getvalue()


class _Text(io.StringIO):
    """Standard output as a terminal has it: text above, bytes below."""

    def __init__(self, buffer):
        super().__init__()
        self.buffer = buffer


def test_the_command_writes_each_format(lived):
    assert exported("Pat@example.org", "json") == as_json(record_of(lived))
    assert exported("pat@example.org", "csv")[:2] == b"PK"
    assert json.loads(exported("pat@example.org", "fhir"))["type"] == "collection"


def test_an_unknown_address_is_said_plainly(db):
    with pytest.raises(CommandError, match=r"no account with the address nobody@example\.org"):
        call_command("export_record", "nobody@example.org")


def test_an_import_into_an_installation_that_has_the_record_is_refused(lived, tmp_path):
    path = tmp_path / "record.json"
    path.write_bytes(as_json(record_of(lived)))
    with pytest.raises(CommandError, match="an account with this address"):
        call_command("import_record", str(path))
    with pytest.raises(CommandError, match=r"tables\.diary_entry: a row breaks a rule"):
        call_command("import_record", str(path), email="again@example.org")
    assert not User.objects.filter(email="again@example.org").exists()


def edited(lived, edit):
    record = json.loads(as_json(record_of(lived)))
    erase(lived, dt.date(2026, 5, 20))
    edit(record)
    record["digest"] = digest_of(record)
    return json.dumps(record).encode()


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda t: t["diary_entry"][0].update(pain=11), "tables.diary_entry: a row breaks"),
        (lambda t: t["diary_entry"][0].update(pain="much"), "tables.diary_entry[1].pain"),
        (lambda t: t["diary_entry"][0].update(felt_at="soon"), "tables.diary_entry[1].felt_at"),
        (lambda t: t["diary_entry"][0].update(pain=None), "tables.diary_entry[1].pain"),
        (lambda t: t["screening"][0].update(level="none"), "tables.screening[1].level"),
        (lambda t: t["program_version"][0].update(output={}), "output.triage"),
        (lambda t: t["program"][0].update(case={"base": 1}), "tables.program[1].case"),
        (lambda t: t["program_version"][0].update(library="x"), "library is not in the file"),
    ],
)
def test_a_row_that_does_not_fit_is_named_and_nothing_is_kept(lived, edit, says):
    content = edited(lived, lambda record: edit(record["tables"]))
    person = make_patient("fresh@example.org")
    with pytest.raises(RecordFault) as fault:
        import_record(person, record_from(content))
    assert says in str(fault.value)
    assert is_empty(person)
    assert not SessionRecord.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[]", b"{}", b'{"format": "other"}', b'{"format": "backrelief-record"}'],
)
def test_what_is_no_record_is_refused(content):
    with pytest.raises(RecordFault):
        record_from(content)


def test_a_file_that_was_changed_is_refused(lived):
    record = json.loads(as_json(record_of(lived)))
    record["tables"]["diary_entry"][0]["pain"] = 0
    with pytest.raises(RecordFault, match="changed after it was saved"):
        record_from(json.dumps(record).encode())


def test_a_file_gives_nobody_access_and_names_no_account_here(lived, therapist):
    content = edited(lived, lambda record: None)
    person = make_patient("fresh@example.org")
    import_record(person, record_from(content))
    assert not person.care_links_as_patient.exists()
    assert person.clinical_records.get().recorded_by is None
    assert record_of(person)["tables"]["clinical_record"][0]["recorded_by"]["name"] == "Tess"
    assert record_of(person)["tables"]["care_link"][0]["therapist"]["role"] == "therapist"


def test_a_milestone_finds_its_goal_again(lived):
    other = make_patient("other@example.org")
    Goal.objects.create(patient=other, words="one", set_on="2026-05-04")
    goal = Goal.objects.create(patient=lived, words="dance", set_on="2026-05-04")
    Milestone.objects.create(patient=lived, kind="goal", mark=str(goal.pk), day="2026-05-09")
    stones = record_of(lived)["tables"]["milestone"]
    assert [row["mark"] for row in stones if row["kind"] == "goal"] == ["1"]
    content = edited(lived, lambda record: None)
    person = make_patient("fresh@example.org")
    import_record(person, record_from(content))
    assert person.milestones.get(kind="goal").mark == str(person.goals.get().pk)


def test_ratings_find_their_activities_again_and_nothing_is_begun(lived):
    """The life goes on elsewhere: the next rating joins the line, and no word is said twice."""
    Activity.objects.create(patient=make_patient("other@example.org"), words="one")
    stairs = measuring.add_activity(lived, "climb stairs")
    for day, value in ((dt.date(2026, 5, 4), 3), (dt.date(2026, 5, 18), 7)):
        measuring.rate_activities(lived, uuid.uuid4(), day, {stairs: value})
    Goal.objects.owned_by(lived).delete()
    before = record_of(lived)["tables"]
    content = edited(lived, lambda record: None)
    person = make_patient("fresh@example.org")
    import_record(person, record_from(content))
    assert record_of(person)["tables"]["goal"] == before["goal"] == []
    assert [row["items"][0]["key"] for row in before["measure_result"]] == ["1", "1"]
    here = Activity.objects.owned_by(person).get()
    measuring.rate_activities(person, uuid.uuid4(), dt.date(2026, 6, 1), {here: 8})
    results = MeasureResult.objects.owned_by(person).alive()
    assert [line.ratings for line in lines_of(results)] == [(3, 7, 8)]
    assert person.milestones.filter(kind="activity").count() == 1


def test_no_event_of_a_program_is_named_by_the_number_of_a_row(lived):
    """Brought in elsewhere, a new row with that number would never be heard."""
    said = ProgramEvent.objects.owned_by(lived).values_list("token", flat=True)
    assert len(said) > 3
    assert not [token for token in said if re.match(r"[a-z-]+:\d+(:|$)", token)]
