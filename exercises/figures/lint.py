"""What an author of poses wants to know: each message names exercise, variant, step and joint."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from exercises.figures.contact import untouched
from exercises.figures.data import ExercisePoses, Step, Variant
from exercises.figures.drawing import Figure
from exercises.figures.geometry import direction
from exercises.figures.head import is_from_behind
from exercises.figures.marks import areas
from exercises.figures.people import Look
from exercises.figures.props import FURNITURE, ON_BODY
from exercises.figures.skeleton import ARMS, LEGS, SIDES, Pose, Skeleton, point

PLAIN = Look("short", 1.0)
SLACK = 1.0  # cm
# Degrees from standing straight that a healthy adult can reach; + bends forward.
SPINE_RANGE = {"lumbar": (-42, 50), "thorax": (-26, 42), "neck": (-30, 35), "head": (-15, 20)}
KNEE_RANGE, HIP_RANGE, ELBOW_RANGE = (-165, 4), (-32, 138), (-4, 155)
LIMBS = (("leg", "hip", "knee", "ankle", LEGS), ("arm", "shoulder", "elbow", "wrist", ARMS))


def lint(data: ExercisePoses) -> list[str]:
    """Everything that is wrong with the poses of an exercise; empty if nothing is."""
    return [
        f"{data.slug} {variant.key} {where}: {fault}"
        for variant in data.variants.values()
        for where, fault in variant_faults(variant)
    ]


@lru_cache(maxsize=1024)
def variant_faults(variant: Variant) -> tuple[tuple[str, str], ...]:
    """Pose and fault of all that is wrong with a variant. Kept by content: files come again."""
    return tuple(_variant_faults(variant))


def _variant_faults(variant: Variant) -> Iterator[tuple[str, str]]:
    for missing in {"start", "end"} - set(variant.steps):
        if {"arch", "round"} - set(variant.steps):
            yield missing, "this step is missing"
    for step in variant.steps.values():
        for fault in _step_faults(step, variant):
            yield step.key, fault
    turned = {is_from_behind(Skeleton(step.pose).yaw[2]) for step in variant.steps.values()}
    if len(turned) > 1:
        yield "yaw", "some poses are seen from behind and some are not: no movement joins them"
    for fault in untouched(variant):
        yield "props", fault


def _step_faults(step: Step, variant: Variant) -> Iterator[str]:
    if not step.alt:
        yield "alt is empty"
    for name in set(step.glow) - areas():
        yield f"glow: {name} is not an area"
    for prop in step.props:
        if prop["type"] not in {**FURNITURE, **ON_BODY}:
            yield f"props: {prop['type']} is not known"
    body = Skeleton(step.pose)
    yield from _reach_faults(step.pose, body)
    yield from _range_faults(step.pose, body)
    yield from _frame_faults(step, variant)


def _reach_faults(pose: Pose, body: Skeleton) -> Iterator[str]:
    """Targets that a limb does not reach, and bones drawn longer than they are."""
    for limb, root, middle, tip, lengths in LIMBS:
        for side, _ in SIDES:
            goal = pose.get(limb + side, pose.get(limb))
            ends = [body.joints[name + side] for name in (root, middle, tip)]
            for bone, start, end, name in (
                (lengths[0], ends[0], ends[1], middle),
                (lengths[1], ends[1], ends[2], tip),
            ):
                if abs(end - start) > bone + SLACK:
                    yield f"{name}{side}: the bone above it is {abs(end - start) - bone:.1f} cm too long"
            if isinstance(goal, dict) and middle not in goal:
                yaw = body.yaw[0] if limb == "leg" else body.yaw[1]
                miss = abs(ends[2] - point(goal[tip]) - body.far_offset(side, yaw))
                if miss > SLACK:
                    yield f"{tip}{side}: misses its target by {miss:.1f} cm"


def _outside(value: float, bounds: tuple[float, float]) -> bool:
    return not bounds[0] - 0.5 <= value <= bounds[1] + 0.5


def _range_faults(pose: Pose, body: Skeleton) -> Iterator[str]:
    """Joints bent further than a person can; limbs seen from the front are left out."""
    for name, bounds in SPINE_RANGE.items():
        if _outside(pose.get(name, 0), bounds):
            yield f"{name}: {pose[name]:g}° is not within {bounds[0]} to {bounds[1]}"
    for limb, root, middle, tip, _ in LIMBS:
        yaw = body.yaw[0] if limb == "leg" else body.yaw[1]
        for side, _ in SIDES:
            goal = pose.get(limb + side, pose.get(limb))
            if abs(yaw) != 90 or (isinstance(goal, dict) and middle in goal):
                continue
            upper = direction(body.joints[middle + side] - body.joints[root + side])
            lower = direction(body.joints[tip + side] - body.joints[middle + side])
            bend = math.remainder(lower - upper, 360)
            bounds = KNEE_RANGE if limb == "leg" else ELBOW_RANGE
            if _outside(bend, bounds):
                yield f"{middle}{side}: bent by {bend:.0f}°, outside {bounds[0]} to {bounds[1]}"
            flexed = math.remainder(upper - body.at(0)[1] - 180, 360)
            if limb == "leg" and _outside(flexed, HIP_RANGE):
                yield f"hip{side}: bent by {flexed:.0f}°, outside {HIP_RANGE[0]} to {HIP_RANGE[1]}"


def _frame_faults(step: Step, variant: Variant) -> Iterator[str]:
    """Bodies that leave the picture, sink into the floor or float over it."""
    figure = Figure(step.pose, PLAIN)
    left, bottom, right, top = variant.box
    head = figure.body.head()
    points = [*figure.points, head - 13, head + 13, head + 17j]  # room for a bun
    for name, beyond in (
        ("left", left - min(z.real for z in points)),
        ("right", max(z.real for z in points) - right),
        ("bottom", bottom - min(z.imag for z in points)),
        ("top", max(z.imag for z in points) - top),
    ):
        if beyond > 0:
            yield f"frame: the body is {beyond:.0f} cm outside on the {name}"
    if variant.ground == "above":
        return
    lowest = min((z.imag for z in figure.low), default=math.inf)
    # A mat is drawn in perspective: what is nearer to the viewer stands lower.
    sunk = -7.0 if all(yaw == 90 for yaw in figure.body.yaw) else -8.5
    if lowest > 3:
        yield "floor: nothing touches it"
    if lowest < sunk:
        yield f"floor: the body is {-lowest:.1f} cm under it"
    if head.imag < 8:
        yield f"head: its middle is only {head.imag:.1f} cm above the floor"
