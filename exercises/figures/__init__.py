"""Exercise steps drawn from pose data, without Django: see ``still``, ``moving`` and ``lint``."""

from __future__ import annotations

from exercises.figures.data import ExercisePoses, Step, Variant, merged, variant_of
from exercises.figures.inbetween import capped
from exercises.figures.lint import lint, variant_faults
from exercises.figures.motion import film, moving
from exercises.figures.people import PEOPLE, Look, person_for
from exercises.figures.scene import drawing, still

__all__ = [
    "PEOPLE",
    "ExercisePoses",
    "Look",
    "Step",
    "Variant",
    "capped",
    "drawing",
    "film",
    "lint",
    "merged",
    "moving",
    "person_for",
    "still",
    "variant_faults",
    "variant_of",
]
