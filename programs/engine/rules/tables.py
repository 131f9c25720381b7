"""Levels, conditions, and which exercises lead in which class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

STRENGTH: Final = ("pelvic-tilt", "bridge", "bird-dog", "side-plank")
EXTRAS: Final = ("knee-to-chest",)
KINDS: Final[dict[str, str]] = {
    "cat-cow": "mobility",
    "childs-pose": "mobility",
    "torso-twist": "mobility",
    "cobra": "mobility",
    "pelvic-tilt": "strength",
    "bridge": "strength",
    "bird-dog": "strength",
    "side-plank": "strength",
    "seated-forward-bend": "stretch",
    "standing-hamstring-stretch": "stretch",
    "knee-to-chest": "stretch",
}


@dataclass(frozen=True, slots=True)
class LevelRule:
    """A row of the levels table: exercises aimed at, minutes at most, effort 0–10, rest in seconds."""

    name: str
    most_exercises: int
    minutes: int
    effort_max: int
    rest_seconds: int
    sessions: int


LEVELS: Final[dict[int, LevelRule]] = {
    0: LevelRule("Gentle", 4, 10, 3, 30, 2),
    1: LevelRule("Foundation", 6, 15, 4, 30, 3),
    2: LevelRule("Build", 7, 20, 5, 45, 3),
    3: LevelRule("Strengthen", 8, 30, 6, 60, 3),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What a condition does on its own: triage, hold, highest level to start at and to reach.

    ``clears`` names who, besides a therapist or a doctor, can release its hold.
    """

    triage: str
    ok_first: bool
    start_cap: int
    ceiling: int
    clears: tuple[str, ...]
    source: str | None


CONDITIONS: Final[dict[str, Condition]] = {
    "osteoporosis": Condition("caution", False, 1, 2, (), "R8, R9, R10"),
    "vertebral_fracture": Condition("caution", True, 0, 1, (), "R8, R9, R10"),
    "flexion_aggravated": Condition("clear", False, 2, 3, (), "R14, R15"),
    "radicular_leg_pain": Condition("caution", False, 1, 2, (), "R4, R14"),
    "extension_aggravated": Condition("clear", False, 2, 3, (), "R16"),
    "spondylolisthesis": Condition("caution", False, 1, 2, (), "R17, R18"),
    "acute_severe": Condition("caution", False, 0, 2, (), "R2, R19"),
    "high_pain": Condition("caution", False, 0, 2, (), "R5, R6, R7"),
    "knee_pain": Condition("clear", False, 3, 3, (), None),
    "wrist_pain": Condition("clear", False, 3, 3, (), None),
    "shoulder_pain": Condition("clear", False, 3, 3, (), None),
    "hip_replacement": Condition("caution", False, 1, 2, (), "R20"),
    "pregnancy_t1": Condition("caution", True, 1, 2, ("maternity_team",), "R11, R12"),
    "pregnancy_t2t3": Condition("caution", True, 1, 2, ("maternity_team",), "R11, R12"),
    "postpartum": Condition("caution", False, 0, 2, (), "R11"),
    "uncontrolled_bp": Condition("caution", False, 0, 1, (), "R13"),
    "glaucoma": Condition("caution", False, 1, 2, (), "R13g"),
    "dizziness": Condition("caution", False, 0, 2, (), None),
    "neck_pain": Condition("clear", False, 3, 3, (), None),
    "balance_falls": Condition("caution", False, 0, 2, (), "R9"),
    "floor_difficulty": Condition("clear", False, 0, 3, (), None),
    "abdominal_surgery": Condition("caution", False, 0, 2, (), None),
    "spinal_surgery": Condition("caution", True, 0, 1, ("surgeon",), "R21, R4"),
}

# Cells of the matrix that allow an exercise only if its position eases the pain.
ONLY_IF_EASES: Final[frozenset[tuple[str, str]]] = frozenset(
    {
        ("radicular_leg_pain", "childs-pose"),
        ("radicular_leg_pain", "cobra"),
        ("radicular_leg_pain", "knee-to-chest"),
        ("acute_severe", "childs-pose"),
        ("acute_severe", "cobra"),
        ("acute_severe", "knee-to-chest"),
        ("high_pain", "cobra"),
    }
)
# Cells that start lying or on the forearms, whatever the level; progress goes on from there.
START_LOW: Final[frozenset[tuple[str, str]]] = frozenset({("flexion_aggravated", "cobra")})
EASED_BY: Final[dict[str, tuple[str, ...]]] = {
    "cobra": ("lying_on_front",),
    "childs-pose": ("curling_up", "sitting_or_leaning_forward"),
    "knee-to-chest": ("curling_up", "sitting_or_leaning_forward"),
}


@dataclass(frozen=True, slots=True)
class ExerciseClass:
    """Which exercises lead and which support; an exercise in neither comes last."""

    lead: tuple[str, ...]
    support: tuple[str, ...]
    source: str | None
    text: str


CLASSES: Final[dict[str, ExerciseClass]] = {
    "flexion_aggravated": ExerciseClass(
        ("cobra", "bridge", "bird-dog"),
        ("side-plank", "pelvic-tilt", "torso-twist", "cat-cow"),
        "R14, R15",
        "Bending seems to bother your back, so we start with moves that keep it straight or open.",
    ),
    "extension_aggravated": ExerciseClass(
        ("pelvic-tilt", "childs-pose", "knee-to-chest"),
        (
            "seated-forward-bend",
            "bridge",
            "side-plank",
            "bird-dog",
            "torso-twist",
            "standing-hamstring-stretch",
        ),
        "R16",
        "Standing and arching seem to bother your back, so we start with moves that round it or rest it.",
    ),
    "stability": ExerciseClass(
        ("pelvic-tilt", "bridge", "bird-dog", "side-plank"),
        ("cat-cow",),
        "R32, R35",
        "Small moves catch your back, so we start with moves that train steady control.",
    ),
    "mobility": ExerciseClass(
        ("cat-cow", "childs-pose", "torso-twist", "cobra"),
        ("seated-forward-bend", "standing-hamstring-stretch", "pelvic-tilt"),
        None,
        "Your back feels stiff, so we start with easy moves in all directions.",
    ),
    "general": ExerciseClass(
        ("pelvic-tilt", "cat-cow", "bridge", "bird-dog"),
        ("torso-twist", "standing-hamstring-stretch", "cobra"),
        "R30, R32",
        "No one kind of move is best, so we start with a mix that suits most people.",
    ),
}
