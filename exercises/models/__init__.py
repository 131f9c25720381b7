"""The library: what a movement is, how it looks, for whom it is left out."""

from exercises.models.advice import Dose, Note, Precaution
from exercises.models.drawing import Pose, Scene
from exercises.models.exercise import Exercise, ExerciseQuerySet, Step, Variant
from exercises.models.loaded import LoadedRecord
from exercises.models.vocabulary import BodyArea, Condition, Equipment, Reference

__all__ = [
    "BodyArea",
    "Condition",
    "Dose",
    "Equipment",
    "Exercise",
    "ExerciseQuerySet",
    "LoadedRecord",
    "Note",
    "Pose",
    "Precaution",
    "Reference",
    "Scene",
    "Step",
    "Variant",
]
