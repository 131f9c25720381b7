"""The page "My data": files, import, corrections, and who looked."""

import datetime as dt
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from backrelief.accounts.models import RecordAccess
from progress.export.erasing import erase
from progress.export.record import as_json, record_of
from progress.models import DiaryEntry
from tests.factories.accounts import make_patient
from tests.factories.record import lived_record
from tests.support.pages import all_words, hrefs, parse, queries, words
from tests.support.reading import as_text, grade

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
DATA, LOOKS = reverse("progress:data"), reverse("progress:data-looks")


@pytest.fixture
def lived(patient, therapist, client):
    lived_record(patient, therapist)
    client.force_login(patient)
    return patient


def export_url(form):
    return reverse("progress:data-export", args=[form])


def test_each_file_is_the_persons_own_record(lived, stranger, therapist, client):
    lived_record(stranger, therapist)
    DiaryEntry.objects.owned_by(stranger).update(note="only mine: sam")
    answer = client.get(export_url("json"))
    assert answer.content == as_json(record_of(lived))
    assert answer["Content-Disposition"] == 'attachment; filename="my-record.json"'
    assert "no-store" in answer["Cache-Control"]
    for form in ("json", "csv", "fhir"):
        content = client.get(export_url(form)).content
        assert content == client.get(export_url(form)).content
        assert b"only mine: sam" not in content
    assert client.get(export_url("pdf")).status_code == 404


@pytest.mark.parametrize("name", ["data", "data-looks", "data-delete"])
def test_a_therapist_has_no_such_page_not_even_of_a_linked_patient(lived, therapist, client, name):
    client.force_login(therapist)
    assert client.get(reverse(f"progress:{name}")).status_code == 404
    assert client.get(export_url("json")).status_code == 404
    assert client.post(reverse("progress:data-import")).status_code == 404


def send(client, content):
    file = SimpleUploadedFile("my-record.json", content, content_type="application/json")
    return client.post(reverse("progress:data-import"), {"record": file}, follow=True)


def test_a_new_account_takes_the_record_in_and_exports_the_same(lived, client):
    content = as_json(record_of(lived))
    erase(lived, dt.date(2026, 6, 20))
    person = make_patient("pat@example.org", name="Somebody", consented_at=timezone.now())
    client.force_login(person)
    page = send(client, content)
    assert "Your record is here" in " ".join(all_words(parse(page), ".messages"))
    person.refresh_from_db()
    before, after = json.loads(content), record_of(person)
    assert after["tables"] == before["tables"]
    assert after["libraries"] == before["libraries"]
    assert person.name == "Pat"
    assert client.get(reverse("progress:progress")).status_code == 200
    assert client.get(reverse("progress:diary")).status_code == 200
    assert client.get(reverse("programs:plan")).status_code == 200


def test_an_account_with_entries_takes_nothing_in(lived, client):
    content = as_json(record_of(lived))
    page = send(client, content)
    assert page.status_code == 422
    assert "already" in words(parse(page).cssselect(".error-summary")[0])
    assert as_json(record_of(lived)) == content


@pytest.mark.parametrize("content", [b"", b"not json", b"{}", b'{"format":"backrelief-record"}'])
def test_a_file_that_is_no_record_is_answered_with_a_sentence(client, content):
    client.force_login(make_patient("fresh@example.org"))
    page = send(client, content)
    assert page.status_code == 422
    assert parse(page).cssselect(".error-summary a[href='#id_record']")


def test_the_looks_say_who_what_and_when_and_nobody_elses(lived, stranger, therapist, client):
    RecordAccess.objects.create(viewer=therapist, patient=stranger, page="assessment")
    page = parse(client.get(LOOKS))
    rows = [all_words(row, "td") for row in page.cssselect("tbody tr")]
    assert [row[1:] for row in rows] == [
        ["Tess, therapist, Hill Street Clinic", "Your whole record"]
    ]


def test_the_looks_are_paged_with_the_same_number_of_queries(lived, therapist, client):
    with queries() as few:
        client.get(LOOKS)
    RecordAccess.objects.bulk_create(
        RecordAccess(viewer=therapist, patient=lived, page="record") for _ in range(120)
    )
    with queries() as many:
        page = parse(client.get(LOOKS))
    assert len(page.cssselect("tbody tr")) == 50
    assert "?page=2" in hrefs(page)
    assert len(parse(client.get(f"{LOOKS}?page=3")).cssselect("tbody tr")) == 21
    assert len(many) == len(few) <= 12


def test_the_settings_lead_to_my_data_and_only_patients(lived, therapist, client):
    assert DATA in hrefs(parse(client.get(reverse("settings"))))
    client.force_login(therapist)
    assert DATA not in hrefs(parse(client.get(reverse("settings"))))


@pytest.mark.parametrize("address", [DATA, LOOKS, reverse("progress:data-delete")])
def test_the_words_are_plain(lived, client, address):
    main = parse(client.get(address)).cssselect("main")[0]
    texts = all_words(main, "h1, h2, p, li:not(.stack):not(:has(a)), label")
    assert grade(as_text(texts)) <= 6.5
