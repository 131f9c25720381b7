"""Who may begin or go on with a session, and who may not; and how many queries its pages take."""

import uuid
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from programs.planning import latest_version
from programs.standing import standing_of
from progress import recording
from progress.models import SessionRecord
from tests.factories.programs import give_program
from tests.factories.progress import finished_session
from tests.support.pages import queries
from tests.support.session import MONDAY, SLUGS, hurts, lock, step, url


@pytest.mark.parametrize("number", ["11", "-1", "x"])
def test_a_number_off_the_scale_is_refused_at_the_start(client, session, number):
    assert client.post(url("session-begin", session), {"pain_before": number}).status_code == 422


def test_no_session_on_a_rest_day(client, version):
    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=UTC), tick=False):
        assert client.post("/session/start/", {})["Location"] == "/today/"
    assert SessionRecord.objects.count() == 0


def test_no_second_session_on_the_same_day(client, me, version):
    finished_session(me, version, MONDAY)
    assert client.post("/session/start/", {})["Location"] == "/today/"
    assert SessionRecord.objects.count() == 1


@pytest.mark.parametrize("level", ["emergency", "urgent"])
def test_no_session_under_a_lock(client, me, version, level):
    lock(me, level)
    assert client.post("/session/start/", {})["Location"] == "/today/"
    assert SessionRecord.objects.count() == 0


def test_no_session_while_a_permission_is_missing(client, me, library):
    give_program(me, MONDAY, "02-ten-weeks-pregnant-knee-pain", days=["mon"], clearances=[])
    assert standing_of(me).state == "held"
    assert client.post("/session/start/", {})["Location"] == "/today/"
    assert SessionRecord.objects.count() == 0


@pytest.mark.parametrize("action", ["done", "set", "round", "skip", "easier", "stop"])
def test_a_lock_in_the_middle_stops_each_step(client, me, session, action):
    lock(me, "emergency")
    assert step(client, session, "cobra", action, sets_done="2")["Location"] == url(
        "session", session
    )
    assert client.get(url("session", session))["Location"] == "/today/"
    cobra = session.exercises.get(slug="cobra")
    assert (cobra.sets_done, cobra.done_at, cobra.variant) == (0, None, "prone_lie")


@pytest.mark.parametrize("name", ["session-hurts", "session-relief", "finish"])
def test_under_a_lock_no_page_of_the_session_opens(client, me, session, name):
    lock(me, "urgent")
    assert client.get(url(name, session))["Location"] in ("/today/", url("session", session))


@pytest.mark.parametrize(
    "data", [{}, {"exercise": "cobra"}, {"exercise": "cobra", "action": "fly"}, {"action": "done"}]
)
def test_a_step_that_no_page_of_ours_sends_is_refused(client, session, data):
    response = client.post(url("session-step", session), data)
    assert response.status_code == 422
    assert "That is no step of a session." in response.content.decode()


def test_a_step_of_an_exercise_that_is_not_in_the_session_is_not_found(client, session):
    assert step(client, session, "childs-pose", "done").status_code == 404


@pytest.mark.parametrize(
    "name",
    ["session", "session-hurts", "session-relief", "session-stopped", "finish", "session-done"],
)
def test_a_strangers_session_is_not_found(client, stranger, therapist, linked, session, name):
    for other in (stranger, therapist):
        client.force_login(other)
        assert client.get(url(name, session)).status_code == 404
        assert client.get(reverse(f"progress:{name}", args=[uuid.uuid4()])).status_code == 404


def test_a_stranger_changes_nothing(client, stranger, session):
    client.force_login(stranger)
    assert step(client, session, "cobra", "done").status_code == 404
    assert (
        client.post(url("finish", session), {"pain_after": "3", "effort": "4"}).status_code == 404
    )
    assert hurts(client, session, feeling="numb").status_code == 404
    assert client.post(url("session-begin", session), {"pain_before": "3"}).status_code == 404
    assert session.exercises.filter(done_at__isnull=False).count() == 0


@pytest.mark.parametrize("name", ["session", "session-hurts"])
def test_queries_are_the_same_at_each_exercise(client, me, version, name):
    for day in range(1, 8):
        finished_session(me, version, date(2026, 11, day))
    session = recording.start_session(me, version, MONDAY, 2)
    client.get(url(name, session))
    counts = []
    for slug in SLUGS[:3]:
        with queries() as seen:
            client.get(url(name, session))
        counts.append(len(seen))
        step(client, session, slug, "done")
    assert counts[0] <= 12
    assert len(set(counts)) == 1


def test_queries_of_relief_and_ending_do_not_grow_with_sessions(client, me, version):
    counts = []
    for day in (9, 16, 23):
        finished_session(me, latest_version(me), date(2026, 11, day - 2))
        session = recording.start_session(me, latest_version(me), MONDAY, 2)
        current = recording.current_exercise(session)
        recording.record_pain(current, 3, "ache")
        counts.append([count(client, url("session-relief", session))])
        recording.stop_session(session)
        counts[-1].append(count(client, url("finish", session)))
        recording.finish_session(session, 3, 4, "")
        counts[-1].append(count(client, url("session-done", session)))
        SessionRecord.objects.filter(pk=session.pk).update(day=date(2026, 11, day - 1))
    assert counts[0][:2] == counts[1][:2] == counts[2][:2]
    # Where something changed, the ending looks up two lists of names more.
    assert {row[2] for row in counts} <= {10, 12}


def count(client, address: str) -> int:
    client.get(address)
    with queries() as seen:
        assert client.get(address).status_code == 200
    return len(seen)
