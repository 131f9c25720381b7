"""Moving figures: morphs that match, times that add up, contacts that hold."""

from __future__ import annotations

import gzip
import re
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from exercises import figures
from exercises.figures.anatomy import FOOT
from exercises.figures.geometry import lerp, unit
from exercises.figures.inbetween import between
from exercises.figures.motion import MOST_PIECES, STRAY, _pieces, film
from exercises.figures.skeleton import ARMS, LEGS, Skeleton
from exercises.figures.timing import Clock, ease_cuts
from tests.support.poses import EVERY_VARIANT, POSES

SVG = "{http://www.w3.org/2000/svg}"
EVERY = pytest.mark.parametrize(("slug", "variant"), EVERY_VARIANT)


@cache
def shot(slug: str, variant: str) -> str:
    """A moving figure with its stills, drawn once for all tests."""
    return figures.moving(POSES[slug], variant, uid="m")


@cache
def moving_svg(slug: str, variant: str) -> ET.Element:
    return ET.fromstring(shot(slug, variant).partition("<ol")[0])


@EVERY
def test_every_frame_of_a_morph_has_the_same_commands(slug: str, variant: str) -> None:
    numbers = re.compile(r"-?\d+")
    for animate in moving_svg(slug, variant).iter(f"{SVG}animate"):
        if animate.get("attributeName") == "d":
            # Spaces are left out where a minus stands: only letters and counts are compared.
            counts = {
                tuple(
                    (run[0], len(numbers.findall(run)))
                    for run in re.findall(r"[a-zA-Z][^a-zA-Z]*", value)
                )
                for value in animate.get("values").split(";")
            }
            assert len(counts) == 1


@EVERY
def test_times_values_and_splines_agree(slug: str, variant: str) -> None:
    for animate in moving_svg(slug, variant).iter():
        if not animate.tag.startswith(f"{SVG}animate"):
            continue
        times = [float(time) for time in animate.get("keyTimes").split(";")]
        assert times[0] == 0
        assert times[-1] == 1
        assert times == sorted(times)
        assert len(animate.get("values").split(";")) == len(times)
        if animate.get("keySplines"):
            assert len(animate.get("keySplines").split(";")) == len(times) - 1


@EVERY
def test_a_moving_figure_is_light_and_has_its_key_poses_beside_it(slug: str, variant: str) -> None:
    html = shot(slug, variant)
    svg, _, twins = html.partition("<ol")
    assert 3_000 < len(gzip.compress(svg.encode())) < 15_000
    assert twins.count("<li>") == len(POSES[slug].variants[variant].cycle)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert " style=" not in html
    assert "<style" not in html
    assert "<script" not in html


@cache
def bodies_of(slug: str, variant: str) -> list[tuple[list[Skeleton], list[float]]]:
    """Every move of a round: the body in its frames and in the moments between two of them."""
    frame = POSES[slug].variants[variant]
    steps = [frame.steps[key] for key in frame.cycle]
    found = []
    for first, last in zip(steps, [*steps[1:], steps[0]], strict=True):
        pieces = _pieces(first, last)
        shares = [i / (2 * pieces) for i in range(2 * pieces + 1)]
        found.append(
            ([Skeleton(between(first.pose, last.pose, share)) for share in shares], shares)
        )
    return found


def moves_of(slug: str, variant: str) -> list[tuple[list[dict[str, complex]], list[float]]]:
    """The same, as joints alone."""
    return [([body.joints for body in row], shares) for row, shares in bodies_of(slug, variant)]


@EVERY
def test_no_foot_or_knee_goes_through_the_floor_on_its_way(slug: str, variant: str) -> None:
    if POSES[slug].variants[variant].ground == "above":
        return
    for bodies, _ in bodies_of(slug, variant):
        for body in bodies:
            for side in "RL":
                assert body.joints["knee" + side].imag > 2
                heading, ankle = body.angles["foot" + side], body.joints["ankle" + side]
                if not isinstance(heading, str):
                    toes = min((ankle + z * unit(heading)).imag for z in FOOT)
                    assert toes > -5, (side, toes)


@EVERY
def test_bones_keep_their_length_in_every_frame(slug: str, variant: str) -> None:
    for rows, _ in moves_of(slug, variant):
        for j in rows:
            for side in "RL":
                assert abs(j["knee" + side] - j["hip" + side]) <= LEGS[0] + 1.5
                assert abs(j["ankle" + side] - j["knee" + side]) <= LEGS[1] + 0.5
                assert abs(j["elbow" + side] - j["shoulder" + side]) <= ARMS[0] + 2.5
                assert abs(j["wrist" + side] - j["elbow" + side]) <= ARMS[1] + 0.5


@EVERY
def test_what_touches_in_both_poses_holds_in_every_frame(slug: str, variant: str) -> None:
    for rows, shares in moves_of(slug, variant):
        here, there = rows[0], rows[-1]
        resting = [
            name
            for name in here
            if name[:-1] in ("wrist", "ankle", "knee")
            and abs(here[name] - there[name]) < 0.5
            and here[name].imag < 12
        ]
        for now, share in zip(rows, shares, strict=True):
            for name in resting:
                assert abs(now[name] - here[name]) < 1.5, (name, share)


@EVERY
def test_a_joint_between_two_frames_is_never_far_off_its_way(slug: str, variant: str) -> None:
    for rows, shares in moves_of(slug, variant):
        for before, middle, after in zip(rows[::2], rows[1::2], rows[2::2], strict=False):
            stray = max(abs(middle[name] - (before[name] + after[name]) / 2) for name in middle)
            assert stray < (STRAY if len(shares) < 2 * MOST_PIECES else 2.5)


def test_the_ends_of_a_move_are_the_two_poses() -> None:
    steps = POSES["bridge"].variants["full"].steps
    first, last = steps["start"].pose, steps["end"].pose
    for share, pose in ((0, first), (1, last)):
        made, typed = Skeleton(between(first, last, share)).joints, Skeleton(pose).joints
        assert all(abs(made[name] - typed[name]) < 0.01 for name in typed)


def test_an_eased_move_ends_on_time_and_only_gets_later() -> None:
    cuts = ease_cuts(5)
    assert cuts[-1][0] == pytest.approx(1)
    assert [time for time, _ in cuts] == sorted(time for time, _ in cuts)
    assert ease_cuts(1) == [(1, "0.42 0 0.58 1")]


def test_a_round_lasts_as_long_as_its_moves_and_holds() -> None:
    clock = Clock(hold=2, move=3)
    clock.add_move(1)
    clock.add_move(2)
    assert clock.attributes().startswith('dur="10s"')
    assert clock.times[0] == 0
    assert clock.times[2] == 5


def test_the_tempo_can_be_chosen() -> None:
    assert 'dur="8s"' in figures.moving(POSES["bridge"], "full")
    assert 'dur="14s"' in figures.moving(POSES["bridge"], "full", hold=4, move=3)


def test_arrows_show_only_with_the_pose_they_belong_to() -> None:
    svg = moving_svg("bridge", "full")
    faders = [
        group
        for group in svg.iter(f"{SVG}g")
        if any(path.get("class") == "arrow" for path in group.findall(f"{SVG}path"))
    ]
    assert len(faders) == 1
    fade = faders[0].find(f"{SVG}animate")
    times = [float(time) * 8 for time in fade.get("keyTimes").split(";")]
    values = [float(value) for value in fade.get("values").split(";")]
    assert values[0] == 0
    arrived = values.index(1)
    assert times[arrived] == pytest.approx(2.6, abs=0.01)
    assert times[arrived + 1] == pytest.approx(4, abs=0.01)


def test_the_other_side_moves_as_a_mirror() -> None:
    left = film(POSES["bird-dog"].variants["full"], figures.PEOPLE[0], True, 1.4, 2.6)
    right = film(POSES["bird-dog"].variants["full"], figures.PEOPLE[0], False, 1.4, 2.6)
    assert left == f'<g transform="translate(-280)scale(-1 1)">{right}</g>'


def test_a_way_is_measured_in_shares() -> None:
    assert lerp(2 + 2j, 4 + 6j, 0.5) == 3 + 4j
