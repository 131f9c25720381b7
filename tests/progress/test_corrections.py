"""An entry changed, deleted or told late: the program hears of it, and can be made again byte for byte."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from programs.adapting import tell_program
from programs.models import Program, ProgramEvent
from programs.replaying import replay_program
from progress import recording
from progress.diary import delete_entry, edit_entry, log_pain
from progress.measuring import delete_result, say_overall
from progress.models import Alert, DiaryEntry
from tests.factories.programs import give_program
from tests.support.pages import queries

MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def me(client, patient, library):
    patient.time_zone = "UTC"
    patient.save()
    client.force_login(patient)
    with time_machine.travel(NOON, tick=False) as clock:
        give_program(patient, MONDAY - timedelta(days=6), days=["mon", "wed", "fri"])
        patient.clock = clock
        yield patient


def log(me, pain: int, days_ago: int = 0, **said: Any) -> DiaryEntry:
    return log_pain(me, uuid4(), pain, NOON - timedelta(days=days_ago), **said)


def program() -> Program:
    return Program.objects.get()


def pains() -> list[tuple[str, float]]:
    return [(item["date"][-2:], item["score"]) for item in program().state["pains"]]


def test_a_changed_entry_counts_as_it_is_now_and_lifts_no_pause(client, me):
    log(me, 9)
    entry = DiaryEntry.objects.get()
    data = {"pain": "2", "when": "2026-11-23T12:00"}
    assert client.post(f"/diary/{entry.pk}/", data).status_code == 302
    assert pains() == [("23", 2.0)]
    assert program().state["pause"]["rule"] == "E5"
    assert Alert.objects.open().get().priority == "P2"
    page = client.get("/diary/", follow=True).content.decode()
    assert "Changed. What it said before is kept." in page
    assert "What we stopped stays stopped." in page


def test_a_deleted_entry_counts_no_more(me):
    log(me, 4, 1)
    delete_entry(log(me, 6))
    assert pains() == [("22", 4.0)]


def test_an_entry_of_another_day_counts_for_that_day(me):
    log(me, 4)
    log(me, 6, 3)
    assert pains() == [("20", 6.0), ("23", 4.0)]
    late = ProgramEvent.objects.latest("seq").event
    assert (late["date"], late["on"]) == ("2026-11-23", "2026-11-20")


def test_an_edit_that_changes_nothing_for_the_rules_tells_no_alert_again(me):
    entry = log(me, 4, cannot_do_daily_tasks=True)
    Alert.objects.update(closed_at=NOON, note="Talked.")
    tell_program(me, "closed", MONDAY, {"rule": "E9"})
    edit_entry(entry, entry.felt_at, {"mood": "good"})
    assert Alert.objects.open().count() == 0


def test_a_clear_short_check_is_in_the_record_with_its_entry(client, me):
    client.post("/diary/new/", {"pain": "3", "signs": "none"})
    assert ProgramEvent.objects.get().event["none_new"] is True
    log(me, 3)
    assert "none_new" not in ProgramEvent.objects.latest("seq").event


def test_corrections_and_late_entries_replay_byte_for_byte_at_a_constant_cost(me):
    session = recording.start_session(me, program().versions.get(), MONDAY, 2)
    recording.complete(session.exercises.all()[0])
    recording.leave_session(session)
    recording.finish_session(session, 8, 9, "", even_left=True)
    entries = [log(me, pain, days_ago) for pain, days_ago in ((3, 0), (7, 2), (8, 1))]
    costs = []
    for entry in entries:
        with queries() as seen:
            edit_entry(entry, entry.felt_at, {"pain": entry.pain - 2})
        costs.append(len(seen))
    delete_entry(entries[1])
    assert len(set(costs)) == 1
    kinds = list(ProgramEvent.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds.count("corrected") == 5
    replayed = replay_program(program())
    assert (replayed.difference, replayed.events) == ("", len(kinds))


def test_a_deleted_score_counts_no_more_and_the_review_it_called_for_stays(me):
    worse = say_overall(me, uuid4(), MONDAY, -3)
    assert [item["score"] for item in program().state["scores"]] == [-3.0]
    assert Alert.objects.open().get().rule == "E21"
    delete_result(worse)
    assert program().state["scores"] == []
    assert Alert.objects.open().get().rule == "E21"
    assert replay_program(program()).difference == ""
