"""Only half way down: a therapist's limit on a movement, in figures and in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from exercises import drawn, figures
from exercises.figures.skeleton import Skeleton
from exercises.ranges import percent_for, words_for
from programs.adapting import draw_as
from programs.limits import set_limit, show_limits, standing_limits
from programs.models import Program, RangeLimit
from programs.planning import build_program
from tests.factories.programs import give_program
from tests.support.pages import one, parse, words
from tests.support.poses import EVERY_VARIANT, POSES

HALF = "Go only half way. Your therapist set this for you."


@pytest.fixture
def program(library, patient):
    return give_program(patient, timezone.localdate())


def first_of(program) -> str:
    """An exercise of the program that is a movement, and no position to rest in."""
    items = program.plan["program"]["exercises"]
    return next(
        item["slug"]
        for item in items
        if len(POSES[item["slug"]].variant(item["variant"]).cycle) > 1
    )


def test_a_therapist_sets_a_limit_and_takes_it_back(client, patient, therapist, linked, program):
    slug = first_of(program)
    client.force_login(therapist)
    address = f"/patients/{patient.pk}/ranges/"
    whole = {item["slug"]: "100" for item in program.plan["program"]["exercises"]}
    assert client.post(address, whole | {slug: "50"}).status_code == 302
    limit = program.program.range_limits.get()
    assert (limit.exercise, limit.percent, limit.set_by) == (slug, 50, therapist)
    page = parse(client.get(address))
    assert one(page, f"input[name={slug}][value='50']").get("checked") == "checked"
    assert f"Half way. Set on {date_format(limit.set_on)} by {therapist}." in words(
        one(page, "[aria-labelledby=standing]")
    )
    patient.refresh_from_db()
    assert percent_for(patient, slug) == 50
    client.post(address, whole)
    patient.refresh_from_db()
    assert patient.range_limits == {}
    assert not standing_limits(program.program)
    # It stays on record that it was set, and until when.
    assert RangeLimit.objects.get().taken_back_on == limit.set_on


def test_a_limit_belongs_to_the_program_and_outlives_its_versions(
    library, patient, therapist, program
):
    slug, day = first_of(program), timezone.localdate()
    set_limit(program.program, slug, 50, therapist, day)
    newer = build_program(patient, "wish", day, {**program.intake, "minutes": 15})
    assert newer.number > program.number
    patient.refresh_from_db()
    assert percent_for(patient, slug) == 50
    # It changes pictures and words, never which exercises the rules choose.
    assert {item["slug"] for item in newer.plan["program"]["exercises"]} <= {
        item["slug"] for item in program.plan["program"]["exercises"]
    }


def test_a_limit_ends_with_its_program_and_the_next_one_begins_with_it_marked(
    library, client, patient, therapist, linked, program
):
    slug, day = first_of(program), timezone.localdate()
    set_limit(program.program, slug, 25, therapist, day - timedelta(days=30))
    set_limit(program.program, slug, 75, therapist, day - timedelta(days=9))
    Program.objects.update(ended_on=day)
    patient.range_limits = {}
    patient.save()
    second = give_program(patient, day)
    (limit,) = standing_limits(second.program).values()
    assert (limit.exercise, limit.percent, limit.set_by) == (slug, 75, therapist)
    assert limit.is_carried_over
    patient.refresh_from_db()
    assert percent_for(patient, slug) == 75
    client.force_login(therapist)
    page = parse(client.get(f"/patients/{patient.pk}/ranges/"))
    assert "Carried over from the program before" in words(one(page, "[aria-labelledby=standing]"))
    # What the program before had is as it was.
    assert not standing_limits(program.program)[slug].is_carried_over


def test_a_limit_stays_while_its_exercise_is_not_in_the_plan(
    library, client, patient, therapist, linked, program
):
    planned = {item["slug"] for item in program.plan["program"]["exercises"]}
    slug = min(set(POSES) - planned)
    set_limit(program.program, slug, 50, therapist, timezone.localdate())
    client.force_login(therapist)
    said = words(
        one(parse(client.get(f"/patients/{patient.pk}/ranges/")), "[aria-labelledby=standing]")
    )
    assert POSES[slug].title in said
    assert "Not in the plan now." in said


def test_one_limit_stands_for_an_exercise_and_it_is_a_share_that_is_offered(program):
    rows = program.program.range_limits
    rows.create(exercise="bridge", percent=50, set_on=timezone.localdate())
    for percent, slug in ((25, "bridge"), (60, "cobra")):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.create(exercise=slug, percent=percent, set_on=timezone.localdate())
    show_limits(program.program)
    assert program.program.patient.range_limits == {"bridge": {"percent": 50}}


def test_a_share_that_is_not_offered_is_refused(client, patient, therapist, linked, program):
    client.force_login(therapist)
    answer = client.post(f"/patients/{patient.pk}/ranges/", {first_of(program): "60"})
    assert answer.status_code == 422
    patient.refresh_from_db()
    assert patient.range_limits == {}


def test_a_stranger_finds_no_such_page(client, patient, therapist, stranger, program):
    address = f"/patients/{patient.pk}/ranges/"
    for user in (therapist, stranger, patient):
        client.force_login(user)
        assert client.get(address).status_code == 404
        assert client.post(address, {}).status_code == 404


def test_the_limit_shows_in_figure_and_words_of_the_plan(client, patient, therapist, program):
    slug = first_of(program)
    client.force_login(patient)

    def card() -> Any:
        page = parse(client.get("/plan/"))
        return next(
            a
            for a in page.cssselect("article.ex")
            if f"/exercises/{slug}/" in a.cssselect("a")[0].get("href")
        )

    before = card()
    set_limit(program.program, slug, 50, therapist, timezone.localdate())
    after = card()
    assert HALF in words(after)
    assert HALF not in words(before)
    drawings = [[p.get("d") for p in item.cssselect("svg path")] for item in (before, after)]
    assert drawings[0] != drawings[1]


def test_an_unknown_limit_counts_as_none(patient):
    patient.range_limits = {"bridge": {"percent": 12}, "cobra": {"percent": 75}}
    assert percent_for(patient, "bridge") == 100
    assert words_for(patient, "bridge") == ""
    assert percent_for(patient, "cobra") == 75


@pytest.mark.parametrize(("slug", "key"), EVERY_VARIANT)
def test_half_of_a_movement_is_on_its_way_and_its_contacts_hold(slug, key):
    whole = POSES[slug].variants[key]
    half = figures.capped(whole, 0.5)
    rest = figures.inbetween.rest_of(whole)
    assert half.steps[rest] == whole.steps[rest]
    for name, step in whole.steps.items():
        start, end = (Skeleton(pose).joints for pose in (whole.steps[rest].pose, step.pose))
        now = Skeleton(half.steps[name].pose).joints
        for joint in ("wristR", "ankleR", "hipR"):
            if abs(start[joint] - end[joint]) < 0.5:
                assert abs(now[joint] - start[joint]) < 1.5, (name, joint)
    # On its way a hand has not yet come to what it will rest on.
    assert [fault for where, fault in figures.variant_faults(half) if where != "props"] == []


def test_a_capped_figure_is_drawn_from_the_same_numbers_every_time(library):
    once = drawn.still("bridge", "full", share=0.5)
    assert once == drawn.still("bridge", "full", share=0.5)
    assert once not in (drawn.still("bridge", "full"), drawn.still("bridge", "full", "start"))


def test_late_in_pregnancy_the_program_draws_its_person_so(library, patient):
    give_program(patient, timezone.localdate())
    patient.refresh_from_db()
    assert not patient.is_drawn_expecting
    draw_as(patient, ["pregnancy_t2t3"])
    patient.refresh_from_db()
    assert patient.is_drawn_expecting
    draw_as(patient, [])
    patient.refresh_from_db()
    assert not patient.is_drawn_expecting
