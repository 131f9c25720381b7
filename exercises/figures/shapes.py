"""Whether pose data has the right keys and kinds, before anything is drawn from it.

Each function yields one line for each fault, and nothing else ever reads a number that these
have not looked at.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from exercises.figures.marks import areas
from exercises.figures.props import FURNITURE, ON_BODY

Check = tuple[Callable[[Any], bool], str]
ANGLES = ("pelvis", "lumbar", "thorax", "neck", "head")
PLACES = ("on", "against")
JOINTS = tuple(
    name + side for name in ("hip", "knee", "ankle", "shoulder", "elbow", "wrist") for side in "RL"
)
TIPS = tuple(name + side for name in ("palm", "fist", "sole") for side in "RL")
LIMBS = {
    "leg": ("knee", "ankle", "foot"),
    "arm": ("elbow", "wrist", "hand"),
}
GRIPS = ("hand", "flat", "fist", "clasp")
PAINTED = ("armL", "armR", "legL", "legR")
KEYS = (
    *("anchor", *PLACES, *ANGLES, "yaw", "side", "behind", "far"),
    *(limb + side for limb in LIMBS for side in ("", "R", "L")),
)
SIZED = ("wall", "step", "bed", "rail", "counter", "table")
FARTHEST = 1000.0  # cm or degrees; no number of a pose is larger


def is_number(value: Any) -> bool:
    """A finite number of a size that a picture can hold."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        and abs(value) <= FARTHEST
    )


def _are_numbers(value: Any, count: int) -> bool:
    return isinstance(value, list) and len(value) == count and all(map(is_number, value))


def pose_shape(numbers: Any) -> Iterator[str]:
    """Faults of the numbers of one pose."""
    if not isinstance(numbers, dict):
        yield "must be an object such as {“pelvis”: 90}"
        return
    for key, value in numbers.items():
        if key not in KEYS:
            yield f"{key} is not known; known are {', '.join(KEYS)}"
        elif key == "anchor":
            yield from _anchor_shape(value)
        elif key[:3] in LIMBS:
            yield from _limb_shape(key, value)
        else:
            fits, words = PLAIN_KEYS[key]
            if not fits(value):
                yield f"{key}: must be {words}"


def _is_choice(value: Any, known: tuple[str, ...]) -> bool:
    return isinstance(value, list) and all(isinstance(x, str) and x in known for x in value)


PLAIN_KEYS: dict[str, Check] = {
    **dict.fromkeys((*ANGLES, *PLACES), (is_number, "a number")),
    "side": (lambda value: value in (1, -1), "1 or -1"),
    "far": (lambda value: _are_numbers(value, 2), "two numbers, in cm"),
    "yaw": (
        lambda value: is_number(value) or _are_numbers(value, 3),
        "a number, or three: pelvis, chest and head",
    ),
    "behind": (lambda value: _is_choice(value, PAINTED), f"a list of {', '.join(PAINTED)}"),
}


def _anchor_shape(value: Any) -> Iterator[str]:
    if not isinstance(value, dict) or len(value) != 1:
        yield "anchor: must name one joint and its place"
        return
    for joint, place in value.items():
        if joint not in JOINTS:
            yield f"anchor: {joint} is no joint; joints are {', '.join(JOINTS)}"
        elif not _are_numbers(place, 2):
            yield f"anchor: {joint}: must be two numbers, in cm"


def _limb_shape(key: str, goal: Any) -> Iterator[str]:
    middle, tip, end = LIMBS[key[:3]]
    if isinstance(goal, list):
        if len(goal) not in (2, 3) or not all(map(is_number, goal[:2])):
            yield f"{key}: must be two or three directions, in degrees"
        elif len(goal) == 3 and not _is_end(goal[2], end):
            yield f"{key}: {end}: must be a direction in degrees"
        return
    if not isinstance(goal, dict) or tip not in goal:
        yield f"{key}: must be directions, or a target for the {tip}"
        return
    parts: dict[str, Check] = {
        middle: (lambda value: _are_numbers(value, 2), "two numbers, in cm"),
        tip: (lambda value: _are_numbers(value, 2), "two numbers, in cm"),
        end: (lambda value: _is_end(value, end), "a direction in degrees"),
        "bend": (lambda value: value in (1, -1), "1 or -1"),
        "grip": (lambda value: value in GRIPS, f"one of {', '.join(GRIPS)}"),
    }
    for name, value in goal.items():
        fits, words = parts.get(name, (None, ""))
        if fits is None:
            yield f"{key}: {name} is not known"
        elif not fits(value):
            yield f"{key}: {name}: must be {words}"


def _is_end(value: Any, end: str) -> bool:
    return is_number(value) or (end == "foot" and value == "front")


def glow_shape(value: Any) -> Iterator[str]:
    if not _is_choice(value, tuple(sorted(areas()))):
        yield f"must be a list of areas; known are {', '.join(sorted(areas()))}"


def arrows_shape(value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield "must be a list of arrows"
        return
    for arrow in value:
        if not (isinstance(arrow, dict) and (_is_bow(arrow) or _is_circle(arrow))):
            yield (
                "each arrow needs “from” and “to”, two numbers each, and may have “bend”;"
                " or “around” and “size”"
            )
            return


def _is_bow(arrow: Mapping[str, Any]) -> bool:
    return (
        not set(arrow) - {"from", "to", "bend"}
        and all(_are_numbers(arrow.get(end), 2) for end in ("from", "to"))
        and is_number(arrow.get("bend", 0))
        and arrow["from"] != arrow["to"]
    )


def _is_circle(arrow: Mapping[str, Any]) -> bool:
    return set(arrow) == {"around", "size"} and all(_are_numbers(v, 2) for v in arrow.values())


def props_shape(value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield "must be a list of things"
        return
    for prop in value:
        yield from _prop_shape(prop) if isinstance(prop, dict) else ["each thing needs a type"]


def _prop_shape(prop: Mapping[str, Any]) -> Iterator[str]:
    kind = prop.get("type")
    known = (*FURNITURE, *ON_BODY)
    if kind not in known:
        yield f"{kind} is not known; known are {', '.join(known)}"
    elif kind == "hook" and prop.get("side") not in ("R", "L"):
        yield "hook: side must be R or L"
    elif kind == "strap" and not _is_strap(prop.get("points")):
        yield "strap: points must be joints, or places of two numbers"
    elif kind in FURNITURE and not _are_numbers(prop.get("at"), 2):
        yield f"{kind}: at must be two numbers, in cm"
    elif "size" in prop and not _are_numbers(prop["size"], 2):
        yield f"{kind}: size must be two numbers, in cm"
    elif kind in SIZED and "size" not in prop:
        yield f"{kind}: needs a size, two numbers in cm"
    elif prop.get("count", 1) not in range(1, 6):
        yield f"{kind}: count must be 1 to 5"


def _is_strap(points: Any) -> bool:
    return (
        isinstance(points, list)
        and len(points) > 1
        and all(p in (*JOINTS, *TIPS) if isinstance(p, str) else _are_numbers(p, 2) for p in points)
    )
