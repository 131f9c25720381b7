"""Stills: what is in the markup, and what is never in it."""

from __future__ import annotations

import gzip
import re
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from exercises import figures
from exercises.figures.anatomy import FOOT
from exercises.figures.drawing import Figure, Part
from exercises.figures.geometry import unit
from exercises.figures.limbs import foot
from exercises.figures.outline import Outline
from exercises.figures.scene import drawing
from tests.support.poses import EVERY_STEP, POSES

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "desc", "g", "path"}
ATTRIBUTES = {
    *("class", "viewBox", "preserveAspectRatio", "role", "aria-labelledby", "id", "d"),
    "transform",
}
CASES = pytest.mark.parametrize(("slug", "variant", "key"), EVERY_STEP)


def packed(svg: str) -> int:
    return len(gzip.compress(svg.encode()))


@cache
def drawn_step(slug: str, variant: str, key: str) -> str:
    return figures.still(POSES[slug], variant, key, uid="one")


@CASES
def test_every_step_is_a_labelled_image_within_its_size(slug: str, variant: str, key: str) -> None:
    svg = drawn_step(slug, variant, key)
    root = ET.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "one-t one-d"
    assert root.find(f"{SVG}title").text == POSES[slug].title
    assert root.find(f"{SVG}desc").text == POSES[slug].variants[variant].steps[key].alt
    assert 2_000 < packed(svg) < 4_100
    # Nothing that a strict policy refuses, and no color of its own.
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= TAGS
    assert {name for element in root.iter() for name in element.attrib} <= ATTRIBUTES
    assert not re.search(r"#[0-9a-fA-F]{3}|rgb|NaN|inf", svg.partition("</desc>")[2])


@CASES
def test_a_thumbnail_is_the_same_picture_with_fewer_details(
    slug: str, variant: str, key: str
) -> None:
    full = drawn_step(slug, variant, key)
    small = figures.still(POSES[slug], variant, key, thumb=True)
    assert packed(small) < 0.75 * packed(full)
    assert 'class="shade"' not in small
    assert 'class="peb"' in small
    view = re.compile(r'viewBox="[^"]+"')
    assert view.search(small)[0] == view.search(full)[0]


def test_ids_are_built_from_the_uid_alone() -> None:
    page = figures.still(POSES["bridge"], "full", uid="a") + figures.still(
        POSES["bridge"], "full", uid="b"
    )
    ids = re.findall(r' id="([^"]+)"', page)
    assert ids == ["a-t", "a-d", "b-t", "b-d"]


def test_title_and_description_are_escaped() -> None:
    svg = figures.still(POSES["bridge"], "full", uid='x"y', title="<b>&", desc='"><script>')
    assert "<script" not in svg
    assert "<b>" not in svg
    assert ET.fromstring(svg).find(f"{SVG}title").text == "<b>&"
    assert ET.fromstring(svg).find(f"{SVG}desc").text == '"><script>'


def test_a_variant_that_is_not_drawn_shows_the_standard_one() -> None:
    assert figures.still(POSES["cobra"], "on_the_moon") == figures.still(
        POSES["cobra"], "half_press"
    )
    assert list(POSES["cobra"].variant("on_the_moon").steps) == ["start", "end"]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [(0, "start"), (1, "arch"), (2, "round"), (9, "round"), (-3, "start"), ("arch", "arch")],
)
def test_a_step_is_found_by_key_or_by_its_place(asked: str | int, shown: str) -> None:
    assert figures.still(POSES["cat-cow"], "floor", asked) == figures.still(
        POSES["cat-cow"], "floor", shown
    )


def test_without_a_step_the_position_to_reach_is_shown() -> None:
    assert figures.still(POSES["bridge"], "march") == figures.still(POSES["bridge"], "march", "end")
    assert figures.still(POSES["bridge"], "march", "wave") == figures.still(
        POSES["bridge"], "march", "end"
    )
    assert figures.still(POSES["cat-cow"], "floor") == figures.still(
        POSES["cat-cow"], "floor", "round"
    )


def test_steps_come_in_the_order_in_which_they_are_done() -> None:
    assert list(POSES["bridge"].variant("march").steps) == ["start", "lift", "end"]
    assert list(POSES["cat-cow"].variant("chair").steps) == ["start", "arch", "round"]


def inside(svg: str) -> str:
    return svg.partition("</desc>")[2].removesuffix("</svg>")


@pytest.mark.parametrize(
    ("slug", "variant", "first"),
    [
        ("bird-dog", "full", "right"),
        ("side-plank", "feet", "left"),
        ("knee-to-chest", "single", "left"),
        ("torso-twist", "held", "left"),
    ],
)
def test_the_side_is_the_first_one_of_the_words_unless_asked(
    slug: str, variant: str, first: str
) -> None:
    assert figures.still(POSES[slug], variant) == figures.still(POSES[slug], variant, side=first)
    other = "left" if first == "right" else "right"
    assert figures.still(POSES[slug], variant) != figures.still(POSES[slug], variant, side=other)


def test_the_other_side_of_every_movement_is_a_true_mirror_about_the_middle_of_its_frame() -> None:
    sided = [(e, v) for e in POSES.values() for v in e.variants.values() if v.drawn]
    assert len(sided) == 20
    for exercise, frame in sided:
        other = {"left": "right", "right": "left"}[frame.drawn]
        for key in frame.steps:
            typed = inside(figures.still(exercise, frame.key, key, side=frame.drawn))
            turned = inside(figures.still(exercise, frame.key, key, side=other))
            # x becomes middle - x: the edges of the frame change places.
            middle = round((frame.box[0] + frame.box[2]) * 10)
            assert turned == f'<g transform="translate({middle})scale(-1 1)">{typed}</g>'
            assert middle - round(frame.box[0] * 10) == round(frame.box[2] * 10)


def test_a_movement_without_sides_is_never_turned_over() -> None:
    assert figures.still(POSES["bridge"], "full", side="left") == figures.still(
        POSES["bridge"], "full"
    )


def test_exercises_are_shown_with_different_people() -> None:
    people = [figures.person_for(slug) for slug in sorted(POSES)]
    assert len(set(people)) == len(figures.PEOPLE)
    assert {look.skin for look in figures.PEOPLE} == {1, 2, 3, 4, 5}
    assert max(look.build for look in figures.PEOPLE) >= 1.2


def test_a_chosen_person_shows_in_shape_and_in_classes() -> None:
    look = figures.Look("short", 1.3, skin=4, kit=3, tone="grey")
    svg = figures.still(POSES["bridge"], "full", look=look)
    assert 'class="figure-svg skin-4 kit-3 hair-grey"' in svg
    assert inside(svg) != inside(figures.still(POSES["bridge"], "full"))


def test_a_head_from_behind_shows_hair_and_no_face() -> None:
    behind = figures.still(POSES["childs-pose"], "walk_hands", "end")
    assert 'class="hair"' in behind
    assert 'class="eye"' not in behind
    assert 'class="eye"' in figures.still(POSES["childs-pose"], "full", "end")


def test_the_spine_lies_over_everything_so_that_no_arm_hides_it() -> None:
    for slug, variant in (("pelvic-tilt", "seated"), ("bridge", "full"), ("torso-twist", "small")):
        classes = re.findall(r'<path class="([^"]+)"', figures.still(POSES[slug], variant, "start"))
        after = classes[classes.index("peb") + 1 :]
        assert not [name for name in after if name.startswith(("skin", "top", "legs"))]


def test_the_last_months_of_a_pregnancy_show_from_the_side_and_from_the_front() -> None:
    plain, expecting = figures.Look("bob"), figures.Look("bob", body="expecting")
    for pose, seen in (("pelvic-tilt", 0), ("side-plank", 1)):
        step = POSES[pose].variants["wall"].steps["start"]
        slim, round_ = Figure(step.pose, plain), Figure(step.pose, expecting)
        assert round_.radii(19)[1] > slim.radii(19)[1] + 10
        assert round_.waist < slim.waist
        edges = [p for p in round_.parts if p[0] == "line-t"]
        assert len(edges) == len([p for p in slim.parts if p[0] == "line-t"]) + 1
        width = max(abs(z.real) for z in round_.trunk(19, 20).front) if seen else 0
        assert not seen or width > max(abs(z.real) for z in slim.trunk(19, 20).front) + 4


def test_toes_bend_on_tiptoe_and_lie_flat_otherwise() -> None:
    assert foot(0j, 0, -1j)[2:-2] == FOOT
    points = foot(0j, -74, unit(-155))[2:-2]
    tip, ball = points[FOOT.index(19.9 - 7.2j)], points[FOOT.index(12.5 - 7.2j)]
    assert abs(tip.imag - ball.imag) < 3  # the toes lie on the floor
    assert tip.real - ball.real > 5


def test_shade_that_cannot_be_seen_is_not_written() -> None:
    line = Outline().closed([0, 4, 4 + 4j, 4j]).closed([0, 9 + 0.1j, 18])
    assert line.filled() == [True, False]
    assert Part("shade", line).shown == line.only([True, False])
    assert Part("skin", line).shown == str(line)


def test_a_figure_is_drawn_once() -> None:
    drawing.cache_clear()
    first = figures.still(POSES["cobra"], "sphinx", uid="a")
    assert drawing.cache_info().misses == 1
    assert figures.still(POSES["cobra"], "sphinx", uid="b") != first
    assert drawing.cache_info().misses == 1
