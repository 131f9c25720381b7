"""A device's clock that is wrong by hours or days: what it tells is dated by ours."""

import json
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from progress.devices.reading import clock_is_behind
from progress.models import DiaryEntry, SessionEvent, SessionRecord
from tests.factories.programs import give_program

MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOKEN = uuid.UUID("11111111-1111-4111-8111-111111111111")


@pytest.fixture(autouse=True)
def monday_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def me(client, patient):
    patient.time_zone = "UTC"
    patient.date_joined = NOON - timedelta(days=90)
    patient.save()
    client.force_login(patient)
    return patient


def milliseconds(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1000))


def send(client, url, body, clock: str):
    answer = client.post(url, json.dumps(body), "application/json", headers={"X-Clock": clock})
    assert answer.status_code == 200, answer.content
    return answer


def entry(at: datetime) -> dict:
    fields = {"pain": ["4"], "signs": ["none"]}
    return {"id": str(uuid.uuid4()), "at": at.isoformat(), "kind": "entry", "fields": fields}


@pytest.mark.parametrize(
    "wrong", [timedelta(days=-3), timedelta(hours=-7), timedelta(hours=5), timedelta(days=2)]
)
def test_an_entry_is_dated_by_our_clock_however_wrong_the_devices_is(client, me, wrong):
    """Written two hours ago without network, by a clock that is wrong; the clock tells its time now."""
    body = {"events": [entry(NOON + wrong - timedelta(hours=2))]}
    send(client, "/diary/events/", body, milliseconds(NOON + wrong))
    assert DiaryEntry.objects.get().felt_at == NOON - timedelta(hours=2)


def test_a_clock_that_is_right_moves_nothing(client, me):
    body = {"events": [entry(NOON - timedelta(hours=2, seconds=7))]}
    send(client, "/diary/events/", body, milliseconds(NOON - timedelta(seconds=20)))
    assert DiaryEntry.objects.get().felt_at == NOON - timedelta(hours=2, seconds=7)


def test_the_same_entry_sent_again_by_another_clock_stays_where_it_was(client, me):
    body = {"events": [entry(NOON - timedelta(days=1, hours=2))]}
    send(client, "/diary/events/", body, milliseconds(NOON - timedelta(days=1)))
    send(client, "/diary/events/", body, milliseconds(NOON))
    assert DiaryEntry.objects.get().felt_at == NOON - timedelta(hours=2)


def test_nothing_is_dated_ahead_of_us_or_before_the_account(client, me):
    late, early = entry(NOON + timedelta(minutes=5)), entry(NOON - timedelta(days=200))
    send(client, "/diary/events/", {"events": [late, early]}, milliseconds(NOON))
    assert set(DiaryEntry.objects.values_list("felt_at", flat=True)) == {NOON}


@pytest.mark.parametrize("clock", ["", "soon", "1e3", "-" + "9" * 30, "9" * 30, "nan"])
def test_a_time_that_is_none_is_no_clock(client, me, clock):
    assert clock_is_behind(clock, NOON) == timedelta()


def session_body(version, day: date, at: datetime) -> dict:
    begin = {"id": str(uuid.uuid4()), "at": at.isoformat(), "kind": "begin", "pain_before": 2}
    return {"version": version.digest, "day": day.isoformat(), "events": [begin]}


def test_a_session_that_the_device_dated_three_days_back_counts_for_today(client, me, library):
    version = give_program(me, MONDAY - timedelta(days=7), days=["mon", "wed", "fri"])
    theirs = NOON - timedelta(days=3)
    body = session_body(version, theirs.date(), theirs - timedelta(hours=1))
    send(client, f"/session/{TOKEN}/events/", body, milliseconds(theirs))
    session = SessionRecord.objects.get()
    assert (session.day, session.started_at) == (MONDAY, NOON - timedelta(hours=1))
    assert SessionEvent.objects.get().at == NOON - timedelta(hours=1)


def test_the_day_that_a_page_told_the_device_stays(client, me, library):
    """The plan's own day, from the page; only the clock beside it is wrong."""
    version = give_program(me, MONDAY - timedelta(days=7), days=["mon", "wed", "fri"])
    theirs = NOON - timedelta(days=5)
    body = session_body(version, MONDAY, theirs - timedelta(hours=1))
    send(client, f"/session/{TOKEN}/events/", body, milliseconds(theirs))
    assert SessionRecord.objects.get().day == MONDAY
