"""The dials of one day: fewer minutes or another place, never harder, and only today."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from programs.models import ProgramVersion
from programs.shaping import library_of, shaped
from progress.models import SessionRecord, TodayChoice
from tests.factories.programs import give_program
from tests.support.pages import all_words, one, parse, words

MONDAY = date(2026, 11, 23)
WEDNESDAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
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


def asked(items) -> dict[str, tuple[str, int]]:
    return {item.slug: (item.variant, item.sets) for item in items}


def in_session(page) -> list[str]:
    return all_words(page, "[aria-labelledby=what] .rows li")


def test_fewer_minutes_keep_strength_to_the_last(version):
    """Of Cobra, Bridge, Bird-Dog and Side Plank the mobility goes first, then the support."""
    assert list(asked(shaped(version, minutes=10))) == ["bridge", "bird-dog", "side-plank"]


def test_five_minutes_are_three_exercises_with_one_small_set(version):
    items = shaped(version, minutes=5)
    library = library_of(version.library)
    assert len(items) == 3
    for item in items:
        gentlest = library.exercise(item.slug).dose(0, item.variant)
        assert item.sets == 1
        assert (item.reps or 0) <= (gentlest.reps or 0)


def test_as_many_minutes_as_planned_change_nothing(version):
    plan = {e["slug"]: (e["variant"], e["sets"]) for e in version.plan["program"]["exercises"]}
    assert asked(shaped(version, minutes=20)) == plan


@pytest.mark.parametrize("place", ["floor", "chair", "standing", "bed"])
def test_another_place_takes_allowed_variants_that_are_no_harder(version, place):
    library = library_of(version.library)
    plan = {e["slug"]: e for e in version.plan["program"]["exercises"]}
    for item in shaped(version, place=place):
        spec, was = library.exercise(item.slug), plan[item.slug]
        assert item.variant in was["allowed_variants"]
        assert place in spec.variant(item.variant).places
        assert spec.variant(item.variant).order <= spec.variant(was["variant"]).order
        assert item.sets <= was["sets"]


def test_a_barred_variant_stays_barred_wherever_one_is(me, library):
    """Wrist pain bars hands and knees; the floor does not bring them back."""
    version = give_program(me, MONDAY, days=["mon"], conditions=["wrist_pain"])
    for place in ("floor", "chair", "standing", "bed"):
        for item in shaped(version, place=place):
            assert item.variant in item.allowed_variants


def test_minutes_are_set_by_a_plain_post_and_shown_as_for_today_only(client, me, version):
    assert client.post("/today/dials/", {"minutes": "10"}).headers["Location"] == "/today/"
    page = parse(client.get("/today/"))
    assert len(in_session(page)) == 3
    assert "Set for today only" in words(one(page, "[aria-labelledby=what]"))
    assert all_words(page, "[name=minutes][aria-pressed]") == ["10 minutes"]
    assert ProgramVersion.objects.count() == 1


def test_where_i_am_is_set_by_a_plain_post_and_taken_back(client, me, version):
    client.post("/today/dials/", {"place": "standing"})
    assert all("floor" not in line.lower() for line in in_session(parse(client.get("/today/"))))
    client.post("/today/dials/", {"place": "plan"})
    assert len(in_session(parse(client.get("/today/")))) == 4


def test_the_session_is_the_one_that_was_shown(client, me, version):
    client.post("/today/dials/", {"minutes": "10", "place": "standing"})
    shown = in_session(parse(client.get("/today/")))
    client.post("/session/start/")
    session = SessionRecord.objects.get()
    assert len(shown) == session.exercises.count()


def test_five_minutes_start_in_one_press(client, me, version):
    button = one(parse(client.get("/today/")), ".next__go [name=minutes]")
    client.post("/session/start/", {"minutes": button.get("value")})
    assert SessionRecord.objects.get().exercises.count() == 3
    assert TodayChoice.objects.get().day == MONDAY


def test_the_next_session_is_the_plan_again(client, me, version):
    client.post("/today/dials/", {"minutes": "5"})
    with time_machine.travel(datetime(2026, 11, 25, 9, tzinfo=UTC), tick=False):
        assert len(in_session(parse(client.get("/today/")))) == 4


def test_what_no_dial_offers_is_refused(client, me, version):
    for data in ({"minutes": "7"}, {"place": "pool"}):
        assert client.post("/today/dials/", data).status_code == 422
    assert TodayChoice.objects.count() == 0


def test_a_therapist_has_no_dials(client, therapist):
    client.force_login(therapist)
    assert client.post("/today/dials/", {"minutes": "5"}).status_code == 404
