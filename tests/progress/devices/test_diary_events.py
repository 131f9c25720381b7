"""Diary entries that waited on a device: kept once, at the time when they were written."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from programs.standing import standing_of
from progress.diary import delete_entry, edit_entry
from progress.models import Alert, DiaryEntry

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIELDS = {"pain": ["3"], "signs": ["none"], "note": ["Stiff."], "when": [""]}


@pytest.fixture(autouse=True)
def monday_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def me(client, patient):
    patient.time_zone = "America/New_York"
    patient.date_joined = NOON - timedelta(days=30)
    patient.save()
    client.force_login(patient)
    return patient


def entry(at: str = "2026-11-22T03:30:00Z", **fields) -> dict:
    return {"id": str(uuid.uuid4()), "at": at, "kind": "entry", "fields": FIELDS | fields}


def post(client, *events):
    body = json.dumps({"events": events})
    return client.post("/diary/events/", body, content_type="application/json")


def test_an_entry_lands_on_the_day_on_which_it_was_written(client, me):
    sent = entry()
    for _again in range(2):
        response = post(client, sent)
        assert (response.status_code, response.json()["seen"]) == (200, [sent["id"]])
    kept = DiaryEntry.objects.get()
    assert (kept.patient, str(kept.token), kept.pain, kept.note) == (me, sent["id"], 3, "Stiff.")
    assert kept.felt_at == datetime(2026, 11, 22, 3, 30, tzinfo=UTC)
    assert str(kept.day) == "2026-11-21"


def test_all_that_the_form_asks_is_kept(client, me):
    post(client, entry(did=["walked", "lifted"], sleep=["poor"], sleep_lost_to_pain=["on"]))
    kept = DiaryEntry.objects.get()
    assert (kept.did, kept.sleep, kept.sleep_lost_to_pain) == (["walked", "lifted"], "poor", True)


def test_the_one_tap_of_the_morning_after_counts_as_that(client, me):
    fields = {"pain": ["4"], "signs": ["none"], "morning": ["yes"]}
    body = {"id": str(uuid.uuid4()), "at": "2026-11-22T13:30:00Z", "kind": "entry"}
    post(client, body | {"fields": fields}, entry())
    told = DiaryEntry.objects.order_by("-felt_at").values_list("pain", "is_next_morning")
    assert list(told) == [(4, True), (3, False)]


def test_a_time_that_was_typed_counts(client, me):
    post(client, entry(when=["2026-11-20T08:00"]))
    assert DiaryEntry.objects.get().felt_at == datetime(2026, 11, 20, 13, 0, tzinfo=UTC)


def test_a_clock_that_runs_ahead_is_set_right(client, me):
    post(client, entry("2026-12-24T08:00:00Z"))
    assert DiaryEntry.objects.get().felt_at == NOON


@pytest.mark.parametrize("at", ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"])
def test_the_hour_that_comes_twice_in_fall_is_told_apart(client, me, at):
    post(client, entry(at))
    assert DiaryEntry.objects.get().felt_at == datetime.fromisoformat(at)


@pytest.mark.parametrize(
    "at", ["1970-01-01T00:00:07Z", "1980-01-06T00:00:00+14:00", "2025-01-01T08:00:00Z"]
)
def test_a_clock_that_stands_before_the_account_is_not_believed(client, me, at):
    """A phone without power for long begins its time anew; what is written then is not refused."""
    assert post(client, entry(at)).status_code == 200
    assert DiaryEntry.objects.get().felt_at == NOON


def test_an_entry_that_comes_again_after_a_change_or_in_the_bin_stays_as_it_is(client, me):
    changed, deleted = entry(), entry()
    post(client, changed, deleted)
    kept = {str(row.token): row for row in DiaryEntry.objects.all()}
    edit_entry(kept[changed["id"]], NOON, {"pain": 5})
    delete_entry(kept[deleted["id"]])
    assert post(client, changed, deleted).json()["seen"] == [changed["id"], deleted["id"]]
    assert DiaryEntry.objects.count() == 2
    alive = DiaryEntry.objects.alive().get()
    assert (str(alive.token), alive.pain, alive.felt_at) == (changed["id"], 5, NOON)


def test_words_of_despair_in_a_waiting_entry_bring_help_at_once(client, me):
    response = post(client, entry(note=["I don’t want to\nlive anymore"]))
    assert (response.status_code, response.json()["next"]) == (200, "/crisis/")
    assert Alert.objects.open().get().rule == "E20"


def test_something_new_asks_for_the_check(client, me):
    response = post(client, entry(), entry(signs=["new"]))
    assert response.json()["next"] == "/check/"
    assert standing_of(me).state == "recheck"


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"pain": ["11"]}, "events[1].fields.pain"),
        ({"signs": []}, "events[1].fields.signs"),
        ({"when": ["soon"]}, "events[1].fields.when"),
        ({"pain": 3}, "events[1].fields"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "events[1].at"),
        ({"at": "9999-12-31T23:59:59-11:00"}, "events[1].at"),
    ],
)
def test_one_fault_keeps_all_of_them_out_and_is_named(client, me, fields, path):
    response = post(client, entry(), entry(**fields))
    assert (response.status_code, response.json()["path"]) == (422, path)
    assert DiaryEntry.objects.count() == 0


def test_whoever_is_signed_out_hears_401_and_nothing_is_kept(client, db):
    assert post(client, entry()).status_code == 401
    assert DiaryEntry.objects.count() == 0


def test_a_strangers_entry_is_neither_shown_nor_changed(client, me, stranger):
    sent = entry()
    post(client, sent)
    client.force_login(stranger)
    answer = post(client, sent | {"fields": FIELDS | {"pain": ["9"]}})
    assert (answer.status_code, answer.json()) == (
        404,
        {"detail": "There is nothing of yours here."},
    )
    assert list(DiaryEntry.objects.values_list("patient", "pain")) == [(me.pk, 3)]


def test_a_therapist_has_no_diary_here(client, therapist):
    client.force_login(therapist)
    assert post(client, entry()).status_code == 404
