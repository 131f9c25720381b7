"""Exercise steps drawn from pose data, without Django: see ``still``, ``steps`` and ``lint``."""

from __future__ import annotations

from exercises.figures.data import ExercisePoses, UnknownExercise, drawn_exercises, poses
from exercises.figures.lint import lint
from exercises.figures.motion import moving
from exercises.figures.people import PEOPLE, Look, person_for
from exercises.figures.scene import still


def steps(slug: str, variant: str = "") -> list[str]:
    """The keys of the steps of a variant, in the order in which they are done."""
    return list(poses(slug).variant(variant).steps)


__all__ = [
    "PEOPLE",
    "ExercisePoses",
    "Look",
    "UnknownExercise",
    "drawn_exercises",
    "lint",
    "moving",
    "person_for",
    "poses",
    "steps",
    "still",
]
