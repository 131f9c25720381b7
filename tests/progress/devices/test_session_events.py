"""A session told by a device: late, twice, from two places, and never lost or doubled."""

import json
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from backrelief.offline import person_key
from programs.easing import easier_way
from programs.models import Lock, Program, ProgramEvent
from programs.planning import latest_version
from programs.standing import standing_of
from progress import recording
from progress.models import Alert, DiaryEntry, SessionEvent, SessionRecord
from tests.factories.programs import give_program
from tests.factories.progress import finished_session
from tests.support.pages import one, parse, queries, words

MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SLUGS = ["cobra", "bridge", "bird-dog", "side-plank"]
TOKEN = uuid.UUID("11111111-1111-4111-8111-111111111111")
OTHER = uuid.UUID("22222222-2222-4222-8222-222222222222")


@pytest.fixture(autouse=True)
def monday_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def me(client, patient):
    patient.time_zone = "UTC"
    patient.save()
    client.force_login(patient)
    return patient


@pytest.fixture
def version(library, me):
    return give_program(me, MONDAY, days=["mon", "wed", "fri"])


def event(kind: str, minute: int = 0, **content) -> dict:
    at = (NOON - timedelta(hours=3) + timedelta(minutes=minute)).isoformat()
    return {"id": str(uuid.uuid4()), "at": at, "kind": kind, **content}


def whole_session(pain_after: int = 3) -> list[dict]:
    return [
        event("begin", 0, pain_before=2),
        *(event("done", n + 1, slug=slug) for n, slug in enumerate(SLUGS)),
        event("finish", 9, pain_after=pain_after, effort=4, note="Steadier."),
    ]


def post(client, version, events, *, token=TOKEN, day="2026-11-23", digest=""):
    content = {"version": digest or version.digest, "day": day, "events": events}
    return client.post(
        f"/session/{token}/events/", json.dumps(content), content_type="application/json"
    )


def record() -> SessionRecord:
    return SessionRecord.objects.get()


def done(session: SessionRecord) -> dict[str, tuple[int, bool]]:
    return {e.slug: (e.sets_done, e.was_skipped) for e in session.exercises.all()}


def heard(me) -> dict:
    """The last session as the running program knows it."""
    return Program.objects.get(patient=me, ended_on=None).state["sessions"][-1]


def test_a_session_done_without_network_is_written_as_if_with_it(client, version):
    events = whole_session()
    response = post(client, version, events)
    assert response.status_code == 200
    assert response.json() == {
        "seen": [item["id"] for item in events],
        "next": f"/session/{TOKEN}/done/",
        "zone": {},
        "said": [],
        "now": NOON.timestamp() * 1000,
    }
    kept = record()
    assert (kept.token, kept.day, kept.version) == (TOKEN, MONDAY, version)
    assert (kept.pain_before, kept.pain_after, kept.effort, kept.note) == (2, 3, 4, "Steadier.")
    assert kept.started_at == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert kept.finished_at == datetime(2026, 11, 23, 9, 9, tzinfo=UTC)
    assert done(kept) == dict.fromkeys(SLUGS, (2, False))


@pytest.mark.parametrize("parts", [1, 2, 6])
def test_sent_again_in_any_pieces_it_changes_nothing(client, version, parts):
    events = whole_session()
    size = len(events) // parts
    for start in range(0, len(events), size):
        for _again in range(2):
            assert post(client, version, events[start : start + size]).status_code == 200
    again = post(client, version, events)
    assert (again.status_code, again.json()["next"]) == (200, f"/session/{TOKEN}/done/")
    assert done(record()) == dict.fromkeys(SLUGS, (2, False))
    assert SessionEvent.objects.count() == len(events)


def test_two_devices_on_one_day_make_one_session(client, version):
    post(client, version, [event("begin", pain_before=2), event("done", slug="cobra")])
    response = post(
        client,
        version,
        [event("begin", pain_before=4), event("done", slug="bridge")],
        token=OTHER,
    )
    assert response.json()["said"] == ["You began this session in two places. It counts as one."]
    assert done(record()) == {
        "cobra": (2, False),
        "bridge": (2, False),
        "bird-dog": (0, False),
        "side-plank": (0, False),
    }
    # The other number is not lost: it is kept with the session.
    kept = SessionEvent.objects.get(kind="begin", fate="kept")
    assert (record().pain_before, kept.content) == (2, {"pain_before": 4})
    more = post(client, version, [event("done", slug="bird-dog")], token=OTHER)
    assert more.json()["said"] == []
    assert done(record())["bird-dog"] == (2, False)


def test_what_comes_after_the_ending_still_counts(client, me, version):
    post(
        client,
        version,
        [event("begin", pain_before=2), event("finish", 5, pain_after=3, effort=4, note="")],
    )
    assert done(record())["cobra"] == (0, True)
    response = post(client, version, [event("done", 3, slug="cobra")], token=OTHER)
    assert response.status_code == 200
    assert done(record())["cobra"] == (2, False)
    assert SessionEvent.objects.get(kind="done").fate == "late"
    assert heard(me)["completed"] == 0.25


def test_a_second_ending_is_kept_and_told_and_the_rules_hear_the_harder_one(client, me, version):
    post(client, version, whole_session(pain_after=3))
    response = post(
        client, version, [event("finish", pain_after=6, effort=9, note="Sore.")], token=OTHER
    )
    assert response.status_code == 200
    assert "The first one counts; yours is kept." in response.json()["said"][-1]
    assert (record().pain_after, record().note) == (3, "Steadier.")
    second = SessionEvent.objects.get(token=OTHER)
    assert (second.fate, second.content["note"], second.session) == ("kept", "Sore.", record())
    assert (heard(me)["effort"], heard(me)["during"]) == (9, 6)
    page = parse(client.get(f"/session/{TOKEN}/done/"))
    assert "Your pain was 2 before and is 3 now." in words(page)
    assert words(one(page, "#second")).split("The second time ")[1] == (
        "your pain was 6, and it was 9 of 10 hard. Your plan goes by the higher numbers. “Sore.”"
    )


def test_a_double_press_of_the_ending_is_one(client, version):
    post(client, version, whole_session())
    again = post(client, version, [event("finish", pain_after=3, effort=4, note="Steadier.")])
    assert (again.status_code, again.json()["said"]) == (200, [])


def test_pain_answers_with_its_zone_and_twice_with_the_same(client, version):
    hurt = event("hurts", slug="cobra", pain=5, feeling="ache", where="low back")
    events = [event("begin", pain_before=2), hurt]
    for _again in range(2):
        assert post(client, version, events).json()["zone"] == {hurt["id"]: "red"}
    cobra = record().exercises.get(slug="cobra")
    assert (cobra.is_red, cobra.pain_during, cobra.was_skipped) == (True, 5, True)


def test_pain_told_after_the_ending_makes_the_next_session_easier(client, me, version):
    post(client, version, whole_session())
    post(client, version, [event("hurts", slug="bird-dog", pain=7, feeling="sharp")])
    easier = {d.slug: d.way for d in recording.todays_doses(me, latest_version(me), MONDAY)}
    assert (easier["bird-dog"].variant, easier["bird-dog"].sets) == ("forearm_leg", 1)


@pytest.mark.parametrize(
    ("feeling", "place"), [("chest", f"/session/{TOKEN}/stopped/"), ("numb", "/check/")]
)
def test_a_stop_sign_ends_the_session_and_leads_on(client, me, version, feeling, place):
    post(client, version, [event("begin", pain_before=2)])
    response = post(client, version, [event("hurts", slug="cobra", pain=None, feeling=feeling)])
    assert (response.status_code, response.json()["next"]) == (200, place)
    assert (record().was_stopped, record().left_at is not None) == (True, True)
    assert standing_of(me).state == "urgent"


def test_pain_down_the_leg_told_after_the_ending_takes_that_exercise_out(client, me, version):
    post(client, version, whole_session())
    post(client, version, [event("hurts", slug="bridge", pain=None, feeling="leg")])
    assert [e.kind for e in ProgramEvent.objects.order_by("seq")] == ["session", "hurt"]
    assert "bridge" not in {
        item["slug"] for item in latest_version(me).plan["program"]["exercises"]
    }


@pytest.mark.parametrize("kind", ["hurts", "finish", "second"])
def test_pain_of_nine_asks_for_the_check(client, me, version, kind):
    events = {
        "hurts": [event("begin"), event("hurts", slug="cobra", pain=9, feeling="ache")],
        "finish": whole_session(pain_after=9),
        "second": [*whole_session(), event("finish", 12, pain_after=9, effort=4, note="")],
    }[kind]
    for item in events:
        item.setdefault("pain_before", None) if item["kind"] == "begin" else None
    assert post(client, version, events).json()["next"] == "/check/"
    assert standing_of(me).state == "recheck"


@pytest.mark.parametrize("way", ["page", "device"])
def test_strong_pain_before_the_start_is_told_alike_by_page_and_device(client, me, version, way):
    """E5: the therapist hears of it, whichever way it came."""
    session = recording.start_session(me, version, MONDAY)
    sent = event("begin", pain_before=9)
    for _again in range(2):
        if way == "page":
            client.post(f"/session/{session.token}/begin/", {"pain_before": "9"})
        else:
            assert post(client, version, [sent], token=session.token).json()["next"] == "/check/"
    session.refresh_from_db()
    assert (session.pain_before, session.was_stopped, session.left_at) == (9, True, NOON)
    told = ProgramEvent.objects.owned_by(me).values_list("kind", flat=True)
    alerts = Alert.objects.values_list("rule", "priority")
    assert (list(told), list(alerts)) == (["pain"], [("E5", "P2")])
    assert standing_of(me).state == "recheck"


@pytest.mark.parametrize("is_over", [False, True])
def test_strong_pain_before_the_start_counts_also_where_another_device_told_less(
    client, me, version, is_over
):
    post(client, version, whole_session() if is_over else [event("begin", pain_before=2)])
    answer = post(client, version, [event("begin", 20, pain_before=9)], token=OTHER)
    assert answer.json()["next"] == "/check/"
    assert standing_of(me).state == "recheck"
    assert Alert.objects.get().rule == "E5"
    kept = record()
    assert (kept.pain_before, kept.was_stopped) == (2, not is_over)
    assert (kept.finished_at is not None, kept.left_at is not None) == (is_over, not is_over)


def test_strong_pain_after_a_session_that_was_stopped_still_asks_for_the_check(client, me, version):
    post(client, version, [event("begin", pain_before=2), event("stop")])
    recording.leave_session(record())
    answer = post(client, version, [event("finish", 9, pain_after=9, effort=4, note="")])
    assert answer.json()["next"] == "/check/"
    assert standing_of(me).state == "recheck"
    assert Alert.objects.get().rule == "E5"
    assert record().finished_at is None


def test_very_strong_pain_counts_also_in_an_exercise_of_another_plan(client, me, version):
    """What two devices tell of a day comes together, also where their plans differ."""
    session = recording.start_session(me, version, MONDAY, 2)
    other = event("hurts", slug="pelvic-tilt", pain=9, feeling="ache")
    answer = post(client, version, [other], token=session.token, digest="of-another-plan").json()
    assert answer["next"] == "/check/"
    assert standing_of(me).state == "recheck"
    assert Program.objects.get(patient=me, ended_on=None).state["pause"]["rule"] == "E5"
    assert SessionEvent.objects.get().fate == SessionEvent.Fate.KEPT


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("begin", {"pain_before": 9}),
        ("hurts", {"slug": "cobra", "pain": None, "feeling": "leg"}),
        ("hurts", {"slug": "cobra", "pain": 9, "feeling": "ache"}),
        ("finish", {"pain_after": 9, "effort": 4, "note": ""}),
    ],
)
def test_what_stops_a_session_is_heard_also_where_its_plan_is_not_found(
    client, me, version, kind, told
):
    answer = post(client, version, [event(kind, **told)], digest="of-no-plan").json()
    assert answer["next"] == "/check/"
    assert standing_of(me).state == "recheck"


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


def send_as(client, person, path, body):
    headers = {"X-Person": person_key(person)}
    return client.post(path, json.dumps(body), content_type="application/json", headers=headers)


def test_words_of_despair_are_heard_also_where_something_stands_in_the_way(client, version):
    ending = event("finish", pain_after=3, effort=4, note="I want to kill myself.")
    response = post(client, version, [ending], digest="sha256:none")
    assert (response.status_code, response.json()["next"]) == (409, "/crisis/")


@pytest.mark.parametrize("level", ["emergency", "urgent"])
def test_a_lock_stops_the_session_and_keeps_what_was_done(client, me, version, level):
    Lock.objects.create(patient=me, level=level, rule="RF1", text="Numb between the legs.")
    events = [event("begin", pain_before=2), event("done", slug="cobra")]
    response = post(client, version, events)
    assert response.status_code == 409
    assert response.json()["detail"].startswith("Your plan is on hold.")
    assert response.json()["seen"] == [item["id"] for item in events]
    assert done(record())["cobra"] == (2, False)


def test_another_plan_stops_the_session_and_keeps_what_was_done(client, me, version):
    post(client, version, [event("begin", pain_before=2)])
    give_program(me, MONDAY, days=["mon", "wed"], minutes=8)
    response = post(client, version, [event("done", slug="cobra")])
    assert response.status_code == 409
    assert response.json()["detail"].startswith("Your plan has changed.")
    assert done(record())["cobra"] == (2, False)


def test_a_plan_that_nobody_knows_loses_no_word(client, version):
    response = post(client, version, whole_session(), digest="sha256:none")
    assert response.status_code == 409
    assert SessionRecord.objects.count() == 0
    rows = SessionEvent.objects.all()
    assert [(row.fate, row.session) for row in rows] == [("kept", None)] * 6
    assert rows.last().content["note"] == "Steadier."


def test_easier_goes_down_to_the_named_variant_and_never_up(client, version):
    asked = next(e for e in version.plan["program"]["exercises"] if e["slug"] == "bird-dog")
    first = easier_way(version, "bird-dog", asked["variant"])
    second = easier_way(version, "bird-dog", first.variant)
    for variant, fate in ((second.variant, "taken"), (first.variant, "kept")):
        sent = event("ease", slug="bird-dog", variant=variant)
        post(client, version, [sent])
        assert SessionEvent.objects.get(event_id=sent["id"]).fate == fate
    kept = record().exercises.get(slug="bird-dog")
    assert (kept.variant, kept.reps, kept.was_eased) == (second.variant, second.reps, True)


def test_skip_and_stop_keep_the_rounds_that_were_done(client, version):
    events = [event("sets", slug="cobra", sets=1), event("skip", slug="cobra"), event("stop")]
    post(client, version, events)
    assert done(record())["cobra"] == (1, True)
    assert record().was_stopped is True


def test_yesterdays_session_that_arrives_today_leaves_todays_open(client, me, version):
    with time_machine.travel(datetime(2026, 11, 25, 9, tzinfo=UTC), tick=False):
        today = recording.start_session(me, version, date(2026, 11, 25), 1)
        post(client, version, whole_session())
    old = SessionRecord.objects.exclude(pk=today.pk).get()
    today.refresh_from_db()
    assert (old.day, old.pain_after, old.left_at) == (MONDAY, 3, None)
    assert (heard(me)["date"], heard(me)["effort"]) == ("2026-11-23", 4)
    assert done(old) == dict.fromkeys(SLUGS, (2, False))
    assert (today.left_at, today.finished_at) == (None, None)


def test_a_session_of_another_day_without_an_ending_can_still_be_told(client, me, version):
    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=UTC), tick=False):
        post(client, version, [event("begin", pain_before=2), event("done", slug="cobra")])
        assert recording.open_session(me).day == MONDAY


def test_a_clock_that_runs_ahead_is_set_right(client, version):
    late = (NOON + timedelta(days=3)).isoformat()
    events = [item | {"at": late} for item in whole_session()]
    assert post(client, version, events, day="2026-11-26").status_code == 200
    assert (record().day, record().finished_at) == (MONDAY, NOON)


def test_a_clock_that_stands_before_the_account_is_not_believed(client, version):
    events = [item | {"at": "1970-01-01T00:00:07Z"} for item in whole_session()]
    assert post(client, version, events).status_code == 200
    assert (record().started_at, record().finished_at) == (NOON, NOON)


@pytest.mark.parametrize("note", ["I can’t go on like this.", "I want\nto die"])
def test_words_of_despair_in_a_session_without_network_bring_help_at_once(
    client, me, version, note
):
    events = [*whole_session()[:-1], event("finish", 9, pain_after=3, effort=4, note=note)]
    response = post(client, version, events)
    assert (response.status_code, response.json()["next"]) == (200, "/crisis/")
    assert record().note == note
    assert [(a.rule, a.priority) for a in Alert.objects.open()] == [("E20", "P1")]


ONE = "33333333-3333-4333-8333-333333333333"
GOOD = {"id": ONE, "at": "2026-11-23T09:00:00Z", "kind": "done", "slug": "cobra"}


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


def test_pain_in_the_warm_up_is_no_exercises_and_counts_as_the_worst_of_the_session(
    client, me, version
):
    loose = event("hurts", 1, slug=None, pain=7, feeling="ache")
    begin, *rest = whole_session(pain_after=2)
    response = post(client, version, [begin, loose, *rest])
    assert response.status_code == 200
    assert not record().exercises.filter(pain_during__isnull=False).exists()
    assert ProgramEvent.objects.get(kind="session").event["pain_during"] == 7


def test_pain_in_the_cool_down_that_comes_after_the_ending_is_told_too(client, me, version):
    post(client, version, whole_session(pain_after=2))
    late = event("hurts", 8, slug=None, pain=6, feeling="ache")
    for _again in range(2):
        assert post(client, version, [late]).status_code == 200
    corrected = ProgramEvent.objects.get(kind="corrected")
    assert corrected.event["pain_during"] == 6
