"""Deletion: asked for, taken back by signing in, done after 14 days, and nothing is left."""

import datetime as dt
import logging

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from backrelief.accounts.access import patients_visible_to, unassigned_patients
from backrelief.accounts.leaving import GRACE, request_deletion
from backrelief.accounts.models import User
from progress.export.erasing import erase, erase_due, rows_of
from progress.export.record import as_json, record_of
from progress.export.tables import all_tables
from progress.models import Erasure, SessionRecord
from tests.factories.accounts import PASSWORD, link
from tests.factories.record import fill_every_table, lived_record
from tests.support.pages import all_words, parse, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
NOW = dt.datetime(2026, 6, 1, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def lived(patient, therapist):
    lived_record(patient, therapist)
    fill_every_table(patient, therapist)
    return patient


def everywhere(needle: str) -> list[str]:
    """Every table and column of the database in which ``needle`` stands, asked of the database."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            with connection.cursor() as cursor:
                name = connection.ops.quote_name
                column = name(field.column)
                cursor.execute(
                    f"SELECT COUNT(*) FROM {name(model._meta.db_table)} "
                    f"WHERE CAST({column} AS TEXT) LIKE %s",
                    [f"%{needle}%"],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{model._meta.label}.{field.name}")
    return sorted(found)


def links_to(pk: int) -> list[str]:
    """Every foreign key to a person that still holds this number."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.remote_field
        and field.related_model is User
        and model._base_manager.filter(**{field.attname: pk}).exists()
    ]


def test_nothing_of_the_person_is_left_in_any_table(lived, therapist, stranger, client):
    lived_record(stranger, therapist)
    kept = as_json(record_of(stranger))
    client.force_login(lived)
    number, before = lived.pk, rows_of(lived)
    assert len(before) == len(all_tables())
    assert "accounts.User.email" in everywhere("pat@example.org")
    erase(lived, dt.date(2026, 6, 20))
    assert links_to(number) == []
    assert everywhere("pat@example.org") == []
    assert not any(table.rows(User(pk=number)).exists() for table in all_tables())
    assert not Session.objects.exists()
    assert as_json(record_of(stranger)) == kept
    assert User.objects.filter(pk=therapist.pk).exists()


def test_counts_of_the_month_stay_without_a_name(lived, stranger, therapist, caplog):
    lived_record(stranger, therapist)
    sessions = SessionRecord.objects.count()
    with caplog.at_level(logging.INFO, "progress.export.erasing"):
        erase(lived, dt.date(2026, 6, 20))
        erase(stranger, dt.date(2026, 6, 28))
    month = Erasure.objects.get()
    assert (month.month, month.people) == (dt.date(2026, 6, 1), 2)
    assert month.rows["session_record"] == sessions == 6
    lines = [r.getMessage() for r in caplog.records if r.name == "progress.export.erasing"]
    assert len(lines) == 2
    assert not any(word in line for line in lines for word in ("pat", "sam", "@"))


def test_it_is_done_after_the_days_of_grace_and_not_before(lived):
    request_deletion(lived, NOW)
    assert erase_due(NOW + GRACE - dt.timedelta(seconds=1)) == 0
    assert User.objects.filter(pk=lived.pk).exists()
    with time_machine.travel(NOW + GRACE, tick=False):
        call_command("tick")
    assert not User.objects.filter(pk=lived.pk).exists()
    assert erase_due(NOW + GRACE) == 0


def test_from_the_request_on_no_therapist_sees_anything(lived, therapist):
    assert list(patients_visible_to(therapist)) == [lived]
    page = reverse("progress:patient", args=[lived.pk])
    other = Client()
    other.force_login(therapist)
    assert other.get(page).status_code == 200
    request_deletion(lived, NOW)
    assert list(patients_visible_to(therapist)) == []
    assert list(unassigned_patients(therapist)) == []
    assert other.get(page).status_code == 404
    assert "Pat" not in words(parse(other.get(reverse("progress:caseload"))))
    # Not even with a link that somebody would make afterwards.
    link(lived, therapist)
    assert list(patients_visible_to(therapist)) == []


def test_signing_in_takes_it_back_and_says_so(lived, therapist, client):
    Authenticator.objects.all().delete()
    before = rows_of(lived)
    request_deletion(lived, NOW)
    answer = client.post(
        reverse("account_login"), {"login": lived.email, "password": PASSWORD}, follow=True
    )
    said = " ".join(all_words(parse(answer), ".messages"))
    assert "your record stays" in said
    lived.refresh_from_db()
    assert lived.deletion_requested_at is None
    assert erase_due(NOW + GRACE) == 0
    assert {t.name for t in rows_of(lived)} >= {t.name for t in before} - {"user_session"}
    assert list(patients_visible_to(therapist)) == []  # the link has ended; it is asked for anew


def asked(client, **data):
    return client.post(reverse("progress:data-delete"), data)


def test_the_page_lists_what_goes_and_asks_for_the_password(lived, client):
    client.force_login(lived)
    page = parse(client.get(reverse("progress:data-delete")))
    listed = all_words(page, "main .going li")
    assert "3 sessions" in listed
    assert "3 diary entries" in listed
    wrong = asked(client, password="not this one")
    assert wrong.status_code == 422
    assert "password" in words(parse(wrong).cssselect(".error-summary")[0]).lower()
    lived.refresh_from_db()
    assert lived.deletion_requested_at is None


def test_the_request_signs_out_everywhere_and_tells_by_mail(lived, client):
    elsewhere = Client()
    elsewhere.force_login(lived)
    client.force_login(lived)
    answer = asked(client, password=PASSWORD)
    assert answer.status_code == 302
    page = client.get(answer.url)
    assert page.status_code == 200
    assert "14 days" in words(parse(page))
    assert elsewhere.get("/today/").status_code == 302
    assert client.get("/today/").status_code == 302
    lived.refresh_from_db()
    assert lived.deletion_requested_at is not None
    assert not lived.care_links_as_patient.filter(ended_at=None).exists()
    assert [m.to for m in mail.outbox] == [[lived.email]]
    assert "pain" not in mail.outbox[0].body.lower()


def test_late_in_the_evening_page_notice_and_mail_name_the_same_day(lived, client):
    lived.time_zone = "America/New_York"
    lived.save(update_fields=["time_zone"])
    with time_machine.travel(dt.datetime(2026, 11, 26, 3, 0, tzinfo=dt.UTC), tick=False):
        client.force_login(lived)
        page = client.get("/settings/data/delete/")
        answer = asked(client, password=PASSWORD)
        after = client.get(answer.url)
    for text in (words(parse(page)), words(parse(after)), mail.outbox[-1].body):
        assert "Dec 9" in text


def test_therapists_and_staff_cannot_ask(therapist, client):
    client.force_login(therapist)
    assert client.get(reverse("progress:data-delete")).status_code == 404
    assert asked(client, password=PASSWORD).status_code == 404
    therapist.refresh_from_db()
    assert therapist.deletion_requested_at is None


def test_a_password_cannot_be_guessed_without_end(lived, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reauthenticate": "2/m/user"}
    cache.clear()
    client.force_login(lived)
    answers = [asked(client, password=f"guess {n}").status_code for n in range(3)]
    assert answers == [422, 422, 429]
    cache.clear()
