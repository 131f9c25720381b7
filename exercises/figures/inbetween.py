"""Poses between two poses: angles and targets are mixed, then drawn, so that no bone shrinks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from exercises.figures.data import Variant
from exercises.figures.drawing import BEHIND
from exercises.figures.geometry import direction, lerp
from exercises.figures.skeleton import SIDES, Pose, Skeleton

NUMBERS = {"pelvis": 90, "lumbar": 0, "thorax": 0, "neck": 0, "head": 0, "on": 0}
ANGLES = ("hand", "foot")
CHAINS = (
    ("arm", "shoulder", "elbow", "wrist", "hand", -1),
    ("leg", "hip", "knee", "ankle", "foot", 1),
)


def spelled_out(pose: Pose) -> dict[str, Any]:
    """A pose with its defaults filled in and both sides named."""
    yaw = pose.get("yaw", 90)
    full: dict[str, Any] = {key: pose.get(key, default) for key, default in NUMBERS.items()}
    full["far"] = pose.get("far", [2.5, 1.6])
    full["yaw"] = yaw if isinstance(yaw, list) else [yaw] * 3
    full["anchor"] = pose.get("anchor", {})
    full["behind"] = pose.get("behind", list(BEHIND))
    for both in ("arm", "leg"):
        for side, _ in SIDES:
            full[both + side] = pose.get(both + side, pose.get(both, [-90, -90]))
    return full


def _mixed(first: Any, second: Any, share: float, is_angle: bool = False) -> Any:
    """Numbers, lists and dictionaries of them at a share of the way; text stays the first."""
    if isinstance(first, dict):
        return {
            key: _mixed(first[key], second[key], share, key in ANGLES)
            for key in first
            if key in second
        }
    if isinstance(first, list):
        return [_mixed(u, v, share, is_angle) for u, v in zip(first, second, strict=False)]
    if isinstance(first, str) or isinstance(second, str):
        return first
    way = (second - first + 180) % 360 - 180 if is_angle else second - first
    return first + way * share


def _kind(goal: Any) -> str:
    """How a limb is given: by angles, by a target, or joint by joint."""
    if not isinstance(goal, dict):
        return "angles"
    return "joints" if "elbow" in goal or "knee" in goal else "target"


def _limb(
    goals: tuple[Any, Any],
    bodies: tuple[Skeleton, Skeleton],
    chain: tuple[str, str, str, str, str, int],
    side: str,
    share: float,
) -> Any:
    name, root, middle, tip, end, bend = chain
    first, second = goals
    if _kind(first) != "angles" and _kind(first) == _kind(second):
        ends = [
            {**goal, end: goal.get(end, body.angles[end + side])}
            for goal, body in zip(goals, bodies, strict=True)
        ]
        limb = _mixed(ends[0], ends[1], share)
        limb["bend"] = first.get("bend", bend)
        if name == "arm":
            limb["grip"] = bodies[share >= 0.5].grips["grip" + side]
        return limb
    rows = []
    for body in bodies:
        joints = body.joints
        upper = direction(joints[middle + side] - joints[root + side])
        lower = direction(joints[tip + side] - joints[middle + side])
        rows.append([upper, lower, body.angles[end + side]])
    return _mixed(rows[0], rows[1], share, is_angle=True)


def between(first: Pose, second: Pose, share: float) -> dict[str, Any]:
    """The pose at a share (0 to 1) of the way.

    Of the joints that either pose is anchored at, the one that moves least is the pivot: a hand
    or foot that stays where it is does not slide.
    """
    a, b = spelled_out(first), spelled_out(second)
    bodies = Skeleton(first), Skeleton(second)
    here, there = (body.joints for body in bodies)
    pose = {key: _mixed(a[key], b[key], share) for key in (*NUMBERS, "far", "yaw")}
    pivot = min([*a["anchor"], *b["anchor"]], key=lambda name: abs(here[name] - there[name]))
    place = lerp(here[pivot], there[pivot], share)
    pose["anchor"] = {pivot: [place.real, place.imag]}
    pose["behind"] = [name for name in a["behind"] if name in b["behind"]]
    for key in ("against",):
        if key in first and key in second:
            pose[key] = _mixed(first[key], second[key], share)
    for chain in CHAINS:
        for side, _ in SIDES:
            name = chain[0] + side
            pose[name] = _limb((a[name], b[name]), bodies, chain, side, share)
    return pose


def rest_of(variant: Variant) -> str:
    """The key of the pose from which a movement sets out, and to which it comes back."""
    first = (*variant.cycle, *variant.steps)[0]
    is_on_the_way = "end" in variant.cycle and first != "end"
    return first if is_on_the_way else next(iter(variant.steps))


def capped(variant: Variant, share: float) -> Variant:
    """The variant with its movement stopped at a share (0 to 1) of the way.

    A position to rest in is no movement, and stays whole.
    """
    if len(variant.cycle) == 1:
        return variant
    rest = variant.steps[rest_of(variant)]
    before = list(variant.steps)[: list(variant.steps).index(rest.key) + 1]
    steps = {
        key: step if key in before else replace(step, pose=between(rest.pose, step.pose, share))
        for key, step in variant.steps.items()
    }
    return replace(variant, steps=steps)
