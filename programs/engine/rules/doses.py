"""Ladders and doses: what each exercise can be, and how much of it at each level.

A dose is ``sets × reps (hold)``; ``reps`` is empty for an exercise that is held still, ``hold`` is in
seconds. Where the clinical table gives a range, the lower end is the dose and the upper end the bound.
"""

from __future__ import annotations

from typing import Final

E, S, H = "easier", "standard", "harder"

# Variant ids with their rung, easiest first.
LADDER: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "cat-cow": (("chair", E), ("counter", E), ("forearm", E), ("floor", S), ("circle", H)),
    "childs-pose": (("chair_lean", E), ("cushioned", E), ("full", S), ("walk_hands", H)),
    "pelvic-tilt": (
        ("bed", E),
        ("seated", E),
        ("wall", E),
        ("handsknees", E),
        ("floor", S),
        ("heel_slide", H),
    ),
    "bridge": (("squeeze", E), ("mini", E), ("full", S), ("march", H)),
    "seated-forward-bend": (("chair_half", E), ("chair_full", S), ("floor", H)),
    "bird-dog": (
        ("counter", E),
        ("leg_slide", E),
        ("forearm_leg", E),
        ("single_limb", S),
        ("full", H),
    ),
    "cobra": (
        ("prone_lie", E),
        ("standing", E),
        ("sphinx", E),
        ("half_press", S),
        ("full_press", H),
    ),
    "torso-twist": (("small", E), ("full_range", S), ("held", H)),
    "side-plank": (("wall", E), ("knees", S), ("feet", H)),
    "standing-hamstring-stretch": (
        ("seated", E),
        ("strap_lying", E),
        ("low_step", S),
        ("high_step", H),
    ),
    "knee-to-chest": (("seated", E), ("single", S), ("double", H)),
}

Cell = dict[str, int | None]


def dose(
    sets: int,
    reps: int | None = None,
    hold: int | None = None,
    *,
    sets_max: int | None = None,
    reps_max: int | None = None,
    hold_max: int | None = None,
) -> Cell:
    return {
        "sets": sets,
        "sets_max": sets_max,
        "reps": reps,
        "reps_max": reps_max,
        "hold_seconds": hold,
        "hold_max": hold_max,
    }


# By level and variant; "" stands for every variant that has no line of its own.
DOSES: Final[dict[str, dict[tuple[int, str], Cell]]] = {
    "cat-cow": {
        (0, ""): dose(1, 6),
        (1, ""): dose(1, 8),
        (2, ""): dose(2, 8),
        (3, ""): dose(2, 10),
    },
    "childs-pose": {
        (0, ""): dose(2, hold=10),
        (1, ""): dose(2, hold=15, hold_max=20),
        (2, ""): dose(2, hold=30),
        (3, ""): dose(3, hold=30),
    },
    "pelvic-tilt": {
        (0, ""): dose(1, 8, 3),
        (1, ""): dose(2, 8, 5),
        (2, ""): dose(2, 10, 5),
        (3, ""): dose(2, 12),
    },
    "bridge": {
        (0, ""): dose(1, 6, 2),
        (1, ""): dose(2, 8, 3),
        (2, ""): dose(3, 8, 5),
        (3, ""): dose(3, 10, 5, reps_max=12),
        (3, "march"): dose(3, 6),
    },
    "seated-forward-bend": {
        (0, ""): dose(2, hold=10),
        (1, ""): dose(2, hold=15, hold_max=20),
        (2, ""): dose(2, hold=30),
        (3, ""): dose(2, hold=30, sets_max=3),
    },
    "bird-dog": {
        (0, ""): dose(1, 5, 2),
        (1, ""): dose(2, 5, 3),
        (2, ""): dose(2, 6, 5, hold_max=8),
        (3, ""): dose(3, 6, 8, reps_max=8, hold_max=10),
    },
    "cobra": {
        (0, ""): dose(1, 5, 2),
        (0, "prone_lie"): dose(1, hold=60),
        (0, "sphinx"): dose(2, hold=10),
        (0, "standing"): dose(1, 5),
        (1, ""): dose(2, 5, 3, hold_max=5),
        (1, "prone_lie"): dose(2, hold=60),
        (1, "sphinx"): dose(2, hold=20),
        (2, ""): dose(2, 8),
        (2, "prone_lie"): dose(2, hold=60),
        (2, "sphinx"): dose(3, hold=20),
        (3, ""): dose(2, 10, 1, hold_max=2),
        (3, "prone_lie"): dose(2, hold=60),
        (3, "sphinx"): dose(3, hold=20),
    },
    "torso-twist": {
        (0, ""): dose(1, 5, 2),
        (1, ""): dose(1, 8, 3, hold_max=5),
        (2, ""): dose(2, 8, 5),
        (3, ""): dose(2, 10, 5, hold_max=10),
    },
    "side-plank": {
        (0, ""): dose(2, hold=10),
        (1, ""): dose(2, hold=10),
        (2, ""): dose(3, hold=15, hold_max=20),
        (3, ""): dose(3, hold=10, hold_max=30),
        (3, "knees"): dose(3, hold=20),
        (3, "feet"): dose(3, hold=10, hold_max=30),
    },
    "standing-hamstring-stretch": {
        (0, ""): dose(2, hold=15),
        (1, ""): dose(2, hold=20),
        (2, ""): dose(2, hold=30),
        (3, ""): dose(3, hold=30),
    },
    "knee-to-chest": {
        (0, ""): dose(2, hold=10),
        (1, ""): dose(2, hold=15, hold_max=20),
        (2, ""): dose(2, hold=30),
        (3, ""): dose(3, hold=30),
    },
}
