"""What a device may send of a session: each fault named by its path, nobody else's touched, no query more."""

import json
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from backrelief.offline import person_key
from progress import recording
from progress.models import DiaryEntry, SessionEvent, SessionRecord
from tests.factories.progress import finished_session
from tests.support.device import NOON, OTHER, TOKEN, done, event, post, record, whole_session
from tests.support.pages import queries
from tests.support.session import MONDAY

ONE = "33333333-3333-4333-8333-333333333333"
GOOD = {"id": ONE, "at": "2026-11-23T09:00:00Z", "kind": "done", "slug": "cobra"}


def send_as(client, person, path, body):
    headers = {"X-Person": person_key(person)}
    return client.post(path, json.dumps(body), content_type="application/json", headers=headers)


def test_what_a_tab_of_somebody_else_sends_is_neither_taken_nor_refused_for_good(
    client, me, version, stranger
):
    """The tab is still open; somebody else has signed in on the same device."""
    content = {"version": version.digest, "day": "2026-11-23", "events": whole_session()}
    diary = {"pain": ["3"], "signs": ["none"], "note": [""], "when": [""]}
    entry = event("entry", fields=diary)
    sends = [(f"/session/{TOKEN}/events/", content), ("/diary/events/", {"events": [entry]})]
    client.force_login(stranger)
    for path, body in sends:
        assert send_as(client, me, path, body).status_code == 401
    assert SessionRecord.objects.count() == DiaryEntry.objects.count() == 0
    client.force_login(me)
    for path, body in sends:
        assert send_as(client, me, path, body).status_code == 200
    assert (record().patient, DiaryEntry.objects.get().patient) == (me, me)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"id": "x"}, "events[0].id"),
        ({"at": "2026-11-23T09:00:00"}, "events[0].at"),
        ({"at": 5}, "events[0].at"),
        ({"kind": "jump"}, "events[0].kind"),
        ({"kind": ["done"]}, "events[0].kind"),
        ({"slug": "juggling"}, "events[0].slug"),
        ({"slug": None}, "events[0].slug"),
        ({"pain": 3}, "events[0].pain"),
        ({"kind": "sets", "sets": 21}, "events[0].sets"),
        ({"kind": "sets", "sets": True}, "events[0].sets"),
        ({"kind": "ease", "variant": "handstand"}, "events[0].variant"),
        ({"kind": "hurts", "pain": 11, "feeling": "ache"}, "events[0].pain"),
        ({"kind": "hurts", "pain": None, "feeling": "ache"}, "events[0].pain"),
        ({"kind": "hurts", "pain": 3, "feeling": "odd"}, "events[0].feeling"),
    ],
)
def test_what_does_not_fit_is_named_by_its_path(client, version, change, path):
    response = post(client, version, [GOOD | change])
    assert (response.status_code, response.json()["path"]) == (422, path)
    assert SessionRecord.objects.count() == SessionEvent.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (b"{", "body"),
        (b"[]", "body"),
        (b'{"version": 1, "day": "2026-11-23", "events": []}', "version"),
        (b'{"version": "x", "day": "Monday", "events": []}', "day"),
        (b'{"version": "x", "day": "2026-11-23", "events": []}', "events"),
        (b'{"version": "x", "day": "2026-11-23", "events": [1]}', "events[0].kind"),
        (b'{"version": "x", "day": "2026-11-23", "more": 1, "events": []}', "more"),
    ],
)
def test_a_body_that_does_not_fit_is_named_by_its_path(client, me, body, path):
    response = client.post(f"/session/{TOKEN}/events/", body, content_type="application/json")
    assert (response.status_code, response.json()["path"]) == (422, path)


def test_a_day_long_ago_is_refused(client, version):
    response = post(client, version, whole_session(), day="2026-09-01")
    assert (response.status_code, response.json()["path"]) == (422, "day")


def test_too_much_at_once_is_refused(client, me):
    body = b" " * (256 * 1024 + 1)
    response = client.post(f"/session/{TOKEN}/events/", body, content_type="application/json")
    assert response.status_code == 413


def test_whoever_is_signed_out_hears_it_in_a_word(client, db):
    response = client.post(f"/session/{TOKEN}/events/", b"{}", content_type="application/json")
    assert (response.status_code, response.json()) == (401, {"detail": "Please sign in first."})


def test_a_strangers_session_is_not_found_and_not_touched(client, version, stranger, therapist):
    post(client, version, [event("begin", pain_before=2)])
    for other in (stranger, therapist):
        client.force_login(other)
        assert post(client, version, [event("done", slug="cobra")]).status_code == 404
    assert done(record())["cobra"] == (0, False)


def test_the_same_id_of_two_people_tells_nothing_of_the_other(client, version, stranger):
    events = whole_session()
    post(client, version, events)
    client.force_login(stranger)
    response = post(client, version, events, token=OTHER)
    assert (response.status_code, response.json()["next"]) == (409, None)
    assert SessionRecord.objects.filter(patient=stranger).count() == 0


def test_queries_do_not_grow_with_earlier_sessions(client, me, version):
    counts = []
    for week in range(3):
        with time_machine.travel(NOON + timedelta(days=7 * week), tick=False):
            day = MONDAY + timedelta(days=7 * week)
            token = uuid.uuid4()
            post(client, version, [event("begin", pain_before=2)], token=token, day=str(day))
            with queries() as seen:
                post(client, version, [event("done", slug="cobra")], token=token, day=str(day))
            counts.append(len(seen))
            recording.finish_session(recording.open_session(me), 2, 3, "")
            finished_session(me, version, day + timedelta(days=2))
    assert len(set(counts)) == 1


def test_the_database_keeps_each_event_once(me, version):
    session = recording.start_session(me, version, MONDAY)
    row = {"patient": me, "token": TOKEN, "event_id": OTHER, "kind": "stop", "at": NOON}
    SessionEvent.objects.create(session=session, fate="taken", **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionEvent.objects.create(session=session, fate="taken", **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionEvent.objects.create(fate="taken", **row | {"event_id": TOKEN})
