"""The page of one exercise, the filters in the address, and what either costs."""

import re

import pytest

from exercises import drawn
from exercises.models import Exercise, Step, Variant
from exercises.wording import dose_in_words
from tests.support.htmx import assert_swap_equals_reload
from tests.support.pages import all_words, hrefs, ids, one, parse, queries, words

pytestmark = pytest.mark.django_db


def page_of(client, address: str):
    return parse(client.get(address))


@pytest.mark.parametrize(
    ("dose", "said"),
    [
        ((2, 8, 5, True), "2 rounds of 8, hold 5 seconds, each side"),
        ((1, 6, None, False), "1 round of 6"),
        ((3, None, 1, False), "3 rounds, hold 1 second"),
    ],
)
def test_a_dose_in_words(dose, said):
    sets, reps, hold, per_side = dose
    assert dose_in_words(sets, reps, hold, per_side=per_side) == said


def test_the_steps_and_doses_are_those_of_the_chosen_variant(client, library):
    variant = Variant.objects.get(exercise__slug="bridge", key="march")
    page = page_of(client, "/exercises/bridge/?variant=march")
    assert words(one(page, "#how")) == f"How to do it: {variant.name}"
    steps = list(variant.steps.all())
    assert all_words(page, ".steps-list li > span:first-child") == [step.text for step in steps]
    alts = dict(variant.poses.values_list("key", "alt"))
    assert all_words(page, ".steps-list desc") == [alts[step.pose] for step in steps]
    dose = variant.exercise.doses.get(level=3, variant="march")
    said = dose_in_words(dose.sets, dose.reps, dose.hold_seconds, per_side=variant.is_per_side)
    rows = dict(
        zip(all_words(page, ".table tbody th"), all_words(page, ".table tbody td"), strict=True)
    )
    assert list(rows) == ["Gentle", "Foundation", "Build", "Strengthen"]
    assert rows["Strengthen"] == said


def test_a_step_that_changes_sides_shows_the_mirror_image_and_says_so(client, library):
    page = page_of(client, "/exercises/bird-dog/?variant=full")
    rows = page.cssselect(".steps-list li")
    assert [words(one(row, "small")) for row in rows] == ["Right side"] * 5 + ["Left side"]
    first, last = (one(rows[i], "svg").findall("g")[-1:] for i in (2, 5))
    assert not first or "scale(-1 1)" not in (first[0].get("transform") or "")
    assert "scale(-1 1)" in last[0].get("transform")
    assert len(last[0].xpath(".//path")) == len(one(rows[2], "svg").xpath(".//path"))
    assert not page_of(client, "/exercises/bridge/?variant=full").cssselect(".steps-list small")


def test_a_photo_stands_in_for_the_pictures_of_the_steps_too(client, library):
    Exercise.objects.filter(slug="bridge").update(
        picture="exercises/a.webp",
        picture_alt="A person lifts the hips.",
        picture_width=400,
        picture_height=300,
    )
    page = page_of(client, "/exercises/bridge/")
    assert one(page, "#moves picture img").get("alt") == "A person lifts the hips."
    assert not page.cssselect("#moves svg.figure-svg")


def test_every_step_that_names_the_other_side_is_drawn_on_it(library):
    named = [
        step
        for step in Step.objects.select_related("variant__scene")
        if step.variant.scene.drawn and re.search(r"\b[Ss]witch", step.text)
    ]
    assert len(named) >= 17
    for step in named:
        scene = step.variant.scene
        assert step.side == {"left": "right", "right": "left"}[scene.first], step


def test_the_ladder_goes_from_easier_to_harder_and_marks_where_one_is(client, library):
    page = page_of(client, "/exercises/bridge/?variant=mini")
    variants = Variant.objects.filter(exercise__slug="bridge").order_by("order")
    assert all_words(page, ".level strong") == [variant.name for variant in variants]
    assert one(page, ".level[aria-current]").get("href") == "?variant=mini"


def test_an_unknown_variant_shows_the_standard_one(client, library):
    standard = Variant.objects.filter(exercise__slug="bridge", rung="standard").first()
    page = page_of(client, "/exercises/bridge/?variant=headstand")
    assert words(one(page, "#how")) == f"How to do it: {standard.name}"


def test_every_sentence_about_the_exercise_is_on_its_page(client, library):
    exercise = Exercise.objects.get(slug="cobra")
    shown = words(one(page_of(client, "/exercises/cobra/"), "main"))
    for note in exercise.notes.all():
        assert note.text in shown
    for row in exercise.precautions.select_related("condition").exclude(code="allow"):
        assert row.condition.name in shown
        assert row.reason in shown
    assert exercise.start_position in shown
    assert exercise.breathing in shown


@pytest.mark.parametrize("slug", ["bridge", "cobra", "torso-twist", "knee-to-chest"])
def test_every_source_that_the_page_cites_is_listed_on_it(client, library, slug):
    page = page_of(client, f"/exercises/{slug}/")
    cited = {link.removeprefix("#") for link in hrefs(page) if link.startswith("#source-")}
    assert cited
    assert cited <= set(ids(page))
    precautions = Exercise.objects.get(slug=slug).precautions.exclude(code="allow")
    assert cited == {f"source-{r.slug}" for row in precautions for r in row.references.all()}


def test_an_exercise_that_is_still_being_written_is_on_no_page(client, library):
    words_of_it = {"summary": "s", "start_position": "s", "breathing": "b", "kind": "stretch"}
    wave = Exercise.objects.create(slug="wave", name="Wave", **words_of_it)
    assert client.get("/exercises/wave/").status_code == 404
    assert words(one(page_of(client, "/exercises/"), "#found-count")) == "11 of 11 exercises"
    Variant.objects.create(exercise=wave, key="a", name="A", rung="standard", positions=["floor"])
    assert words(one(page_of(client, "/exercises/wave/"), "h1")) == "Wave"


def test_filters_of_two_kinds_must_both_fit_and_stay_ticked(client, library):
    page = page_of(client, "/exercises/?area=hips&area=neck&position=chair")
    ticked = {box.get("value") for box in page.cssselect("form[method=get] input[checked]")}
    assert ticked == {"hips", "neck", "chair"}
    fit = [
        exercise.name
        for exercise in Exercise.objects.prefetch_related("variants", "body_areas")
        if {area.slug for area in exercise.body_areas.all()} & {"hips", "neck"}
        and any("chair" in variant.positions for variant in exercise.variants.all())
    ]
    assert fit
    assert all_words(page, ".lib-card h3") == fit
    assert one(page, "details.why[open]") is not None


def test_a_swap_also_says_the_count_aloud(client, library):
    headers = {"HX-Request": "true", "HX-Target": "found"}
    answer = client.get("/exercises/?kind=stretch", headers=headers)
    page = parse(f"<div>{answer.content.decode()}</div>")
    said = one(page, "[hx-swap-oob='innerHTML:#found-said']")
    assert words(said) == words(one(page, "#found-count")) == "3 of 11 exercises"
    whole = page_of(client, "/exercises/?kind=stretch")
    assert words(one(whole, "#found-said[role=status]")) == ""
    assert not whole.cssselect("[hx-swap-oob]")


@pytest.mark.parametrize(
    "query", ["?kind=stretch", "?area=hips&position=bed", "?kind=strength&position=chair&area=neck"]
)
def test_each_filter_by_swap_equals_a_reload(client, library, query):
    assert_swap_equals_reload(client, "/exercises/", f"/exercises/{query}", "found")


def test_nothing_found_has_its_own_words(client, library):
    page = page_of(client, "/exercises/?kind=strength&position=chair&area=neck")
    assert all_words(page, ".lib-card") == []
    assert "No exercise fits all of these. Take one filter off." in words(one(page, "#found"))


def test_a_kept_page_is_never_shown_to_somebody_else(client, library):
    for path in ("/exercises/", "/exercises/bridge/"):
        varies = set(client.get(path).headers["Vary"].split(", "))
        assert {"Cookie", "HX-Request"} <= varies


def test_one_exercise_costs_the_same_with_few_parts_and_with_many(client, library):
    with queries() as many:
        client.get("/exercises/bird-dog/")
    exercise = Exercise.objects.get(slug="bird-dog")
    exercise.notes.exclude(order=1).delete()
    exercise.variants.exclude(rung="standard").delete()
    keep = exercise.precautions.filter(references__isnull=False).first()
    exercise.precautions.exclude(pk=keep.pk).delete()
    drawn.library()  # poses went too, and are read anew once
    with queries() as few:
        client.get("/exercises/bird-dog/")
    assert len(few) == len(many) <= 12
