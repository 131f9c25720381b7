"""The pose data: complete, within what a body can do, and at one with the library."""

from __future__ import annotations

import cmath
import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from exercises import figures
from exercises.figures.data import merged
from exercises.figures.skeleton import ARMS, LEGS, Skeleton
from tests.support.poses import POSES

ROOT = Path(__file__).resolve().parents[3]
SLUGS = sorted(POSES)


def library(model: str) -> list[dict]:
    files = (ROOT / "fixtures" / name for name in ("exercises.json", "knee-to-chest.json"))
    return [
        row["fields"]
        for file in files
        for row in json.loads(file.read_text())
        if row["model"] == model
    ]


def changed(slug: str, variant: str, step: str, **pose: object) -> figures.ExercisePoses:
    """The same poses with some numbers of one step changed."""
    data = POSES[slug]
    frame = data.variants[variant]
    old = frame.steps[step]
    new = replace(old, pose=merged(old.pose, pose))
    return replace(data, variants={variant: replace(frame, steps={**frame.steps, step: new})})


@pytest.mark.parametrize("slug", SLUGS)
def test_every_pose_of_the_library_is_clean(slug: str) -> None:
    assert figures.lint(POSES[slug]) == []


def test_every_variant_of_the_library_is_drawn() -> None:
    wanted = {(row["exercise"][0], row["key"]) for row in library("exercises.variant")}
    drawn = {(slug, key) for slug in SLUGS for key in POSES[slug].variants}
    assert wanted - drawn == set()
    assert len(drawn) == 45


def test_every_pose_that_a_step_of_the_library_names_is_drawn() -> None:
    named = {(*row["variant"][:2], row["pose"]) for row in library("exercises.step") if row["pose"]}
    drawn = {
        (slug, variant.key, key)
        for slug in SLUGS
        for variant in POSES[slug].variants.values()
        for key in variant.steps
    }
    assert len(named) > 80
    assert named - drawn == set()


def test_the_breath_of_a_pose_is_the_one_that_the_words_name() -> None:
    words: dict[tuple[str, str], str] = {}
    for row in library("exercises.step"):
        key = tuple(row["variant"])
        words[key] = words.get(key, "") + row["text"]
    named = [
        (step.breath, words[slug, variant.key])
        for slug, exercise in POSES.items()
        for variant in exercise.variants.values()
        for step in variant.steps.values()
        if step.breath
    ]
    assert len(named) > 40
    assert all(f"Breathe {breath}" in text for breath, text in named)
    # A movement whose words name a breath shows it.
    told = {key for key, text in words.items() if "Breathe out" in text}
    shown = {
        (slug, variant.key)
        for slug, exercise in POSES.items()
        for variant in exercise.variants.values()
        if any(step.breath == "out" for step in variant.steps.values())
    }
    assert told <= shown


def test_the_side_shown_is_the_side_that_the_words_begin_with() -> None:
    for row in library("exercises.variant"):
        frame = POSES[row["exercise"][0]].variants[row["key"]]
        if row["is_per_side"]:
            assert frame.first in ("left", "right"), (row["exercise"], row["key"])
            assert frame.drawn in ("left", "right")


def test_a_hand_out_of_reach_is_named() -> None:
    data = changed("cat-cow", "floor", "start", arm={"wrist": [60, 3], "hand": 0})
    assert any(
        message.startswith("cat-cow floor start: wristR: misses its target by")
        for message in figures.lint(data)
    )


def test_a_knee_that_bends_the_wrong_way_is_named() -> None:
    data = changed("standing-hamstring-stretch", "low_step", "start", leg=[-100, -60, 0])
    assert any("low_step start: kneeR: bent by 40°" in message for message in figures.lint(data))


def test_a_back_bent_too_far_is_named() -> None:
    data = changed("cobra", "half_press", "end", lumbar=-60)
    assert "cobra half_press end: lumbar: -60° is not within -42 to 50" in figures.lint(data)


def test_a_bone_that_was_stretched_is_named() -> None:
    data = changed("side-plank", "knees", "end", legL={"knee": [-100, 7], "ankle": [-110, 8]})
    assert any(
        "knees end: kneeL: the bone above it is" in message for message in figures.lint(data)
    )


def test_a_body_under_the_floor_is_named() -> None:
    data = changed("bridge", "full", "start", anchor={"shoulderR": [-45, 2]})
    assert any("full start: floor: the body is" in message for message in figures.lint(data))


def test_a_body_in_the_air_is_named() -> None:
    slug = "standing-hamstring-stretch"
    data = changed(slug, "low_step", "start", anchor={"ankleR": [0, 20]})
    assert f"{slug} low_step start: floor: nothing touches it" in figures.lint(data)


def test_a_body_outside_the_picture_is_named() -> None:
    data = changed("bridge", "full", "end", anchor={"shoulderR": [-70, 12]})
    assert any(
        "full end: frame: the body is" in m and "on the left" in m for m in figures.lint(data)
    )


def test_a_chair_that_is_not_sat_on_is_named() -> None:
    data = changed("knee-to-chest", "seated", "start", anchor={"hipR": [0, 64]})
    assert any("seated props: chair: the body does not rest on it" in m for m in figures.lint(data))


def test_poses_seen_from_both_sides_of_the_head_are_named() -> None:
    data = changed("childs-pose", "walk_hands", "end", yaw=0)
    assert any("walk_hands yaw: some poses are seen from behind" in m for m in figures.lint(data))


def test_a_rail_that_nobody_holds_is_named() -> None:
    data = POSES["standing-hamstring-stretch"]
    frame = data.variants["low_step"]
    free = {k: replace(s, pose=merged(s.pose, {"arm": [-97, -82]})) for k, s in frame.steps.items()}
    alone = replace(data, variants={"low_step": replace(frame, steps=free)})
    assert any("rail: the body does not rest on it" in m for m in figures.lint(alone))


def test_hands_that_walk_to_a_side_bend_the_back_to_that_side_as_seen_from_above() -> None:
    frame = POSES["childs-pose"].variants["walk_hands"]
    body = Skeleton(frame.steps["end"].pose)
    assert frame.drawn == "right"
    # The head is to the right and the back is seen: the person's own right is below.
    assert body.joints["hipR"].imag < body.joints["hipL"].imag
    assert body.joints["wristR"].imag < body.joints["hipR"].imag
    assert body.at(45)[0].imag < -8


@pytest.mark.parametrize("slug", SLUGS)
def test_bones_keep_their_length_in_every_build(slug: str) -> None:
    for variant in POSES[slug].variants.values():
        for step in variant.steps.values():
            for build in (0.95, 1.3):
                body = Skeleton(step.pose, build)
                for side in "RL":
                    j = body.joints
                    thigh = abs(j["knee" + side] - j["hip" + side])
                    upper = abs(j["elbow" + side] - j["shoulder" + side])
                    assert thigh <= LEGS[0] + 1.5, (slug, variant.key, step.key)
                    assert upper <= ARMS[0] + 2.5, (slug, variant.key, step.key)


def test_hands_are_under_shoulders_and_knees_under_hips_on_all_fours() -> None:
    body = Skeleton(POSES["cat-cow"].variants["floor"].steps["start"].pose)
    j = body.joints
    assert abs(j["wristR"].real - j["shoulderR"].real) < 5
    assert abs(j["kneeR"].real - j["hipR"].real) < 1
    thigh, shin = j["kneeR"] - j["hipR"], j["ankleR"] - j["kneeR"]
    assert abs(math.degrees(cmath.phase(shin / thigh))) == pytest.approx(90, abs=3)


def test_the_bridge_is_one_line_from_shoulder_to_knee() -> None:
    j = Skeleton(POSES["bridge"].variants["full"].steps["end"].pose).joints
    line, hip = j["kneeR"] - j["shoulderR"], j["hipR"] - j["shoulderR"]
    assert abs((hip / line).imag * abs(line)) < 6


def test_sphinx_rests_on_the_elbows_under_the_shoulders() -> None:
    j = Skeleton(POSES["cobra"].variants["sphinx"].steps["end"].pose).joints
    assert abs(j["elbowR"].real - j["shoulderR"].real) < 4
    assert j["elbowR"].imag == pytest.approx(4, abs=0.5)


def test_bird_dog_moves_the_opposite_arm_and_leg() -> None:
    j = Skeleton(POSES["bird-dog"].variants["full"].steps["end"].pose).joints
    assert j["ankleR"].imag > 40
    assert j["wristL"].imag > 40
    assert j["ankleL"].imag < 15
    assert j["wristR"].imag < 5
