"""The whole record, and nothing of anybody else."""

import csv
import io
import json
import zipfile

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection

from progress.export.csv_zip import as_csv_zip, cell
from progress.export.reading import new_account, record_from
from progress.export.record import as_json, record_of
from progress.export.tables import NOT_EXPORTED, all_tables, exported_tables, is_person
from progress.models import DiaryEntry, ImportedRecord
from tests.factories.accounts import make_patient
from tests.factories.record import NOTE, fill_every_table, lived_record
from tests.support.pages import queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

# Models that point at a person but hold nothing of theirs: each with its reason.
NAMES_A_PERSON_ONLY = {
    "progress.LoadedMeasure": "which staff member loaded a measure's text",
    "exercises.": "who edited the library: a therapist's or staff member's work, not a patient's",
}


@pytest.fixture
def lived(patient, therapist):
    lived_record(patient, therapist)
    return patient


def test_every_model_with_a_link_to_a_person_is_exported_or_left_out_with_a_reason():
    known = {table.model for table in all_tables()}
    unknown = []
    for model in apps.get_models(include_auto_created=True):
        links = [f for f in model._meta.get_fields() if getattr(f, "remote_field", None)]
        points = any(is_person(f) for f in links if f.concrete and not f.auto_created)
        reason = any(model._meta.label.startswith(name) for name in NAMES_A_PERSON_ONLY)
        if points and model not in known and not reason and model is not get_user_model():
            unknown.append(model._meta.label)
    assert unknown == ["accounts.User_groups", "accounts.User_user_permissions"]
    left_out = {table.label for table in all_tables()} - {t.label for t in exported_tables()}
    assert left_out == set(NOT_EXPORTED)


def test_each_table_of_the_record_has_the_rows_of_the_person(lived, therapist):
    fill_every_table(lived, therapist)
    record = record_of(lived)
    assert all(record["tables"].values()), [k for k, v in record["tables"].items() if not v]
    counts = {t.name: t.rows(lived).count() for t in exported_tables()}
    assert {name: len(rows) for name, rows in record["tables"].items()} == counts


def test_nothing_of_another_person_is_in_the_record(lived, stranger, therapist):
    before = as_json(record_of(lived))
    lived_record(stranger, therapist)
    DiaryEntry.objects.owned_by(stranger).update(note="only mine: sam")
    fill_every_table(stranger, therapist)
    after = as_json(record_of(lived))
    assert after == before
    assert b"only mine: sam" in as_json(record_of(stranger))


def test_the_record_holds_no_row_numbers_of_the_database_and_no_address_of_others(lived, therapist):
    record = record_of(lived)
    text = as_json(record).decode()
    assert therapist.email not in text
    assert "password" not in text
    assert record["tables"]["clinical_record"][0]["recorded_by"] == {
        "name": "Tess",
        "role": "therapist",
        "clinic": "Hill Street Clinic",
    }
    assert [row["n"] for row in record["tables"]["session_record"]] == [1, 2, 3]
    assert record["tables"]["lock"][0]["lifted_by"] == 1
    digest = record["tables"]["program_version"][0]["library"]
    assert record["libraries"][digest]["exercises"][0]["slug"]


def test_the_same_record_is_the_same_bytes(lived):
    record = record_of(lived)
    assert as_json(record) == as_json(record_of(lived))
    assert as_csv_zip(record) == as_csv_zip(record_of(lived))


def test_queries_do_not_grow_with_rows(lived, therapist):
    with queries() as few:
        record_of(lived)
    for other in ("two", "three"):
        make_patient(f"{other}@example.org")
    entry = DiaryEntry.objects.owned_by(lived).first()
    for number in range(5):
        entry.pk, entry.token = None, f"00000000-0000-4000-8000-00000000000{number}"
        entry.save()
    with queries() as many:
        record_of(lived)
    assert len(many) == len(few)
    assert len(few) <= len(exported_tables()) + 7


def test_a_spreadsheet_runs_no_cell(lived):
    archive = zipfile.ZipFile(io.BytesIO(as_csv_zip(record_of(lived))))
    assert archive.testzip() is None
    diary = list(csv.DictReader(io.StringIO(archive.read("diary_entry.csv").decode(), newline="")))
    assert [row["note"] for row in diary] == [f"'{NOTE}"] * 3
    assert [row["pain"] for row in diary] == ["3", "4", "5"]
    for name in archive.namelist():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(archive.read(name).decode(), newline="")):
                assert not [c for c in row if c.startswith(("=", "+", "@", "\t"))]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("'a", "''a"), ("\tx", "'\tx"),
        (-3, -3), (2.5, 2.5), (True, "yes"), (None, ""), ("a=1", "a=1"), ([1], "[1]"),
    ],
)  # fmt: skip
def test_a_cell(value, shown):
    assert cell(value) == shown


def test_export_import_export_gives_the_same_bytes(lived, therapist):
    fill_every_table(lived, therapist)
    before = as_json(record_of(lived))
    table_counts = {name: len(rows) for name, rows in json.loads(before)["tables"].items()}
    wipe()
    person = new_account(record_from(before))
    assert as_json(record_of(person)) == before
    assert as_csv_zip(record_of(person)) == as_csv_zip(json.loads(before))
    assert table_counts["session_record"] == person.session_records.count() == 3
    assert not person.care_links_as_patient.exists()
    assert not person.has_usable_password()
    assert ImportedRecord.objects.get(patient=person).clinic == "Hill Street Clinic"


def wipe() -> None:
    """A fresh installation: no people, no programs, no libraries of programs."""
    connection.check_constraints()  # PostgreSQL empties no table that has a check to come
    call_command("flush", verbosity=0, interactive=False)
