"""Pose data as the renderer takes it: the steps of a variant, and the frame around them.

Where the numbers come from is the caller's business; what they mean is told in ``README.md``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

Raw = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One key pose, with what is drawn around it. ``alt`` says what the picture shows.

    ``breath`` is "in" or "out" on the way to it, or empty where it comes as it likes.
    """

    key: str
    alt: str
    pose: Raw
    spine: bool = True
    glow: list[str] = field(default_factory=list)
    arrows: list[Raw] = field(default_factory=list)
    props: list[Raw] = field(default_factory=list)
    breath: str = ""


@dataclass(frozen=True, eq=False)
class Variant:
    """One way to do an exercise: its frame in cm (left, bottom, right, top) and its steps.

    ``drawn`` is the side that works in the drawing as typed, ``first`` the side that the words
    begin with; both are empty where sides do not differ. ``cycle`` are the steps that a moving
    figure runs through. Two variants of the same content are equal.
    """

    key: str
    box: tuple[float, float, float, float]
    steps: dict[str, Step]
    ground: str = "mat"
    drawn: str = ""
    first: str = ""
    cycle: tuple[str, ...] = ()

    @cached_property
    def digest(self) -> str:
        """A name for the content: whatever is drawn from it can be kept under it."""
        text = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Variant) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)


@dataclass(frozen=True)
class ExercisePoses:
    """All drawn variants of an exercise; ``standard`` stands in for one that is not drawn."""

    slug: str
    title: str
    standard: str
    variants: dict[str, Variant]

    def variant(self, key: str) -> Variant:
        return self.variants.get(key) or self.variants[self.standard]


def variant_of(key: str, scene: Mapping[str, Any], poses: Iterable[Mapping[str, Any]]) -> Variant:
    """A variant from a record of its scene and the records of its poses, in order."""
    steps = {
        row["key"]: Step(
            key=row["key"],
            alt=row["alt"],
            pose=row["numbers"],
            spine=row.get("spine", True),
            glow=row.get("glow", []),
            arrows=row.get("arrows", []),
            props=[*scene.get("props", []), *row.get("props", [])],
            breath=row.get("breath", ""),
        )
        for row in poses
    }
    return Variant(
        key=key,
        box=(scene["left"], scene["bottom"], scene["right"], scene["top"]),
        steps=steps,
        ground=scene.get("ground", "mat"),
        drawn=scene.get("drawn", ""),
        first=scene.get("first", ""),
        cycle=tuple(scene.get("cycle", "").split() or steps),
    )


def merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> Raw:
    """A pose with some numbers changed. Both arms at once replace either arm; null removes."""
    result = dict(base)
    for both in ("arm", "leg"):
        if both in change:
            result = {k: v for k, v in result.items() if k not in (both + "R", both + "L")}
    result.update(change)
    return {key: value for key, value in result.items() if value is not None}
