"""The session as plain data for the player: doses, words and figures, and nothing that is barred."""

import json
from datetime import UTC, date, datetime
from unittest import mock

import pytest
import time_machine
from django.utils import translation

from progress import recording
from progress.models import SessionRecord
from progress.session_plan import session_plan
from progress.spoken import glance, other_side
from tests.factories.programs import give_program
from tests.support.pages import parse, queries

MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def session(library, patient):
    return recording.start_session(patient, give_program(patient, MONDAY, days=["mon"]), MONDAY, 2)


def by_slug(plan):
    return {item["slug"]: item for item in plan["exercises"]}


def test_the_plan_tells_dose_words_and_figures_of_each_exercise(session):
    plan = session_plan(session)
    assert plan["token"] == str(session.token)
    assert (plan["pain_before"], plan["caution"], plan["day"]) == (2, False, "2026-11-23")
    assert [item["slug"] for item in plan["exercises"]] == [
        "cobra",
        "bridge",
        "bird-dog",
        "side-plank",
    ]
    bird_dog = by_slug(plan)["bird-dog"]
    assert (bird_dog["sides"], bird_dog["variant"]) == (["right", "left"], "single_limb")
    assert bird_dog["cue"] == [
        "Slide your right leg back, then lift it no higher than your hip.",
        "Slide your left leg back, then lift it no higher than your hip.",
    ]
    assert bird_dog["figures"][1] == "/session/figure/bird-dog/single_limb/?side=left"
    assert by_slug(plan)["cobra"]["sides"] == []
    assert json.loads(json.dumps(plan)) == plan


def test_the_easier_ways_are_those_that_easing_would_take_in_their_order(session):
    item = by_slug(session_plan(session))["bird-dog"]
    assert [way["variant"] for way in item["easier"]] != []
    for way in item["easier"]:
        record = session.exercises.select_related("session__version").get(slug="bird-dog")
        assert recording.ease(record)
        assert (record.variant, record.reps, record.hold_seconds) == (
            way["variant"],
            way["reps"],
            way["hold_seconds"],
        )
    assert not recording.ease(record)


@pytest.mark.parametrize(
    ("condition", "barred"), [("osteoporosis", "round"), ("spondylolisthesis", "arch")]
)
def test_the_barred_half_of_cat_cow_is_neither_told_nor_drawn(
    client, patient, library, condition, barred
):
    version = give_program(
        patient,
        MONDAY,
        "02-ten-weeks-pregnant-knee-pain",
        days=["mon"],
        minutes=20,
        conditions=[condition],
        clearances=["doctor"],
    )
    item = by_slug(session_plan(recording.start_session(patient, version, MONDAY)))["cat-cow"]
    for way in [item, *item["easier"]]:
        assert barred not in "".join([*way["start"], *way["cue"]]).lower()
        assert way["breathing"] == ""
        drawn = parse(client.get(way["figures"][0]))
        assert drawn.cssselect("animate") == []


def test_queries_do_not_grow_with_the_exercises(session):
    counts = []
    for keep in (4, 1):
        session.exercises.filter(order__gt=keep).delete()
        found = SessionRecord.objects.select_related("version").get()
        with queries() as seen:
            assert len(session_plan(found)["exercises"]) == keep
        counts.append(len(seen))
    assert counts == [5, 5]


def test_a_figure_is_public_cached_and_moves(client, library):
    response = client.get("/session/figure/bridge/full/")
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert parse(response).cssselect("svg.is-moving animate")
    assert client.get("/session/figure/nothing/full/").status_code == 404


def test_left_and_right_are_turned_over():
    assert other_side("Left elbow down, right foot in front.", "right") == (
        "Right elbow down, left foot in front."
    )
    assert other_side("Reach long.", "right") == "Reach long."


def test_a_language_turns_its_own_words_or_names_the_side():
    said = "Codo izquierdo abajo, mano derecha arriba. Izquierda."
    with translation.override("es"):
        assert other_side(said, "right") == "The same on your right side."
        assert other_side("", "left") == ""
        with mock.patch("progress.spoken.pgettext") as given:
            given.return_value = "izquierda=derecha izquierdo=derecho"
            assert other_side(said, "right") == (
                "Codo derecho abajo, mano izquierda arriba. Derecha."
            )


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Breathe in. Let your belly sink.", "Let your belly sink."),
        ("Breathe out.", "Breathe out."),
        ("Lift your hips. Hold.", "Lift your hips. Hold."),
        (
            "Prop yourself up on your forearms. Put your elbows under your shoulders.",
            "Prop yourself up on your forearms. Put your elbows under your shoulders.",
        ),
        (
            "Lie down now. Put a pillow under your belly if you like, and rest your forehead.",
            "Put a pillow under your belly if you like, and rest your forehead.",
        ),
        (
            "Tighten your belly a little, and keep breathing. Then lift one leg as far as you can.",
            "Tighten your belly a little, and keep breathing.",
        ),
        ("No stop at the end", "No stop at the end"),
        ("", ""),
    ],
)
def test_at_a_glance_one_thought_is_enough(said, shown):
    assert glance(said) == shown
