"""What stops a session, told by a device: heard at once, also late and where its plan is not found."""

from datetime import timedelta

import pytest

from programs.models import Lock, Program, ProgramEvent
from programs.planning import latest_version
from programs.standing import standing_of
from progress import recording
from progress.models import Alert, SessionEvent
from tests.factories.programs import give_program
from tests.support.device import NOON, OTHER, TOKEN, done, event, post, record, whole_session
from tests.support.session import MONDAY


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


@pytest.mark.parametrize(
    ("told", "state", "rule"),
    [
        ({"pain": None, "feeling": "chest"}, "urgent", "E15"),
        ({"pain": None, "feeling": "numb"}, "urgent", "E2"),
        ({"pain": 10, "feeling": "ache"}, "recheck", "E5"),
    ],
)
def test_a_therapist_hears_of_it_also_where_its_plan_is_not_found(
    client, me, version, told, state, rule
):
    grave = event("hurts", slug="cobra", **told)
    for _again in range(2):
        post(client, version, [grave], digest="of-no-plan")
    assert standing_of(me).state == state
    assert list(Alert.objects.values_list("rule", flat=True)) == [rule]


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


def test_a_second_sign_from_a_device_is_told_beside_the_first(client, me, version):
    for sign in ("dizzy", "chest"):
        post(client, version, [event("hurts", slug="cobra", pain=None, feeling=sign)])
    [lock] = standing_of(me).locks
    assert lock.text.startswith("You got dizzy. You had chest pain")
    assert list(Alert.objects.values_list("rule", "priority")) == [("E15", "P1")]
