"""The figures of the library in the database, drawn once and kept by content.

The poses are held in memory; a file beside the drawings tells all processes of a machine that
somebody changed one, so that no request has to ask the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from exercises import figures
from exercises.figure_store import kept, stamp, touch
from exercises.figures import ExercisePoses, Look, Variant
from exercises.models import Pose, Scene
from exercises.wording import BREATH_WORDS

Poses = dict[str, ExercisePoses]


class UnknownExercise(KeyError):
    """The exercise has no poses."""


class Memory:
    """The poses as last read, and the stamp they had then."""

    poses: Poses | None = None
    stamp: int | None = None


memory = Memory()


def library() -> Poses:
    """The poses of every exercise. Two queries after a change, and none otherwise."""
    now = stamp()
    if memory.poses is None or memory.stamp != now:
        memory.poses, memory.stamp = read_library(), now
    return memory.poses


def note_change(**kwargs: Any) -> None:
    """Reads anew here at once, and everywhere as soon as the change is in the database."""
    memory.poses = None
    transaction.on_commit(touch)


for _model in (Pose, Scene):
    for _signal in (post_save, post_delete):
        # ``loaddata`` does not call save().
        _signal.connect(note_change, sender=_model, dispatch_uid=f"drawn-{_model.__name__}")


def read_library() -> Poses:
    """All poses from the database. Two queries."""
    rows: dict[int, list[dict[str, Any]]] = {}
    for pose in Pose.objects.order_by("variant", "order", "key"):
        rows.setdefault(pose.variant_id, []).append(pose.as_row())
    found: dict[str, ExercisePoses] = {}
    for scene in Scene.objects.select_related("variant__exercise").order_by("variant"):
        variant, exercise = scene.variant, scene.variant.exercise
        if scene.variant_id not in rows:
            continue
        poses = found.setdefault(
            exercise.slug, ExercisePoses(exercise.slug, exercise.name, variant.key, {})
        )
        poses.variants[variant.key] = figures.variant_of(
            variant.key, scene.as_row(), rows[scene.variant_id]
        )
        if variant.rung == "standard":
            found[exercise.slug] = ExercisePoses(
                exercise.slug, exercise.name, variant.key, poses.variants
            )
    return found


def drawn_exercises() -> list[str]:
    """The slugs of every exercise that has poses."""
    return sorted(library())


def poses(slug: str) -> ExercisePoses:
    """The poses of an exercise. Raises UnknownExercise."""
    try:
        return library()[slug]
    except KeyError as error:
        raise UnknownExercise(slug) from error


def steps(slug: str, variant: str = "") -> list[str]:
    """The keys of the poses of a variant, in the order in which they are done; none if undrawn."""
    found = library().get(slug)
    return list(found.variant(variant).steps) if found else []


def side_of(slug: str, variant: str = "", side: str = "") -> str:
    """The side that a figure shows at work, "left" or "right"; empty where both are alike."""
    frame = poses(slug).variant(variant)
    return (side or frame.first or frame.drawn) if frame.drawn else ""


@lru_cache(maxsize=2048)
def _draw(frame: Variant, key: str, look: Look, mirrored: bool, thumb: bool) -> str:
    name = ("still", frame.digest, key, look, mirrored, thumb)
    return kept(name, lambda: figures.drawing(frame, key, look, mirrored, thumb))


@lru_cache(maxsize=128)
def _shoot(frame: Variant, look: Look, mirrored: bool, hold: float, move: float) -> str:
    name = ("moving", frame.digest, look, mirrored, hold, move)
    return kept(name, lambda: figures.film(frame, look, mirrored, hold, move))


def of_range(exercise: ExercisePoses, variant: str, share: float) -> ExercisePoses:
    """The exercise with one variant's movement stopped at a share of the way."""
    if share >= 1:
        return exercise
    frame = exercise.variant(variant)
    less = figures.capped(frame, share)
    return ExercisePoses(exercise.slug, exercise.title, frame.key, {frame.key: less})


def still(slug: str, variant: str = "", *args: Any, share: float = 1, **options: Any) -> str:
    """``figures.still`` of what is in the database, kept. ``share`` caps the range."""
    exercise = of_range(poses(slug), variant, share)
    return figures.still(exercise, variant, *args, draw=_draw, **options)


def breaths(slug: str, variant: str = "") -> dict[str, str]:
    """How to breathe on the way to each pose, in words; nothing where it comes as it likes."""
    found = library().get(slug)
    steps = found.variant(variant).steps.values() if found else ()
    return {step.key: str(BREATH_WORDS[step.breath]) for step in steps if step.breath}


def moving(slug: str, variant: str = "", *args: Any, share: float = 1, **options: Any) -> str:
    """``figures.moving`` of what is in the database, kept. ``share`` caps the range."""
    exercise = of_range(poses(slug), variant, share)
    options.setdefault("captions", breaths(slug, variant))
    return figures.moving(exercise, variant, *args, shoot=_shoot, draw=_draw, **options)


def warm(looks: Iterable[Look | None] = (None,), slugs: Iterable[str] | None = None) -> int:
    """Draws what pages will ask for, so that no visit has to wait. Returns how many figures."""
    count = 0
    for slug in drawn_exercises() if slugs is None else slugs:
        for look in looks:
            for variant in poses(slug).variants.values():
                moving(slug, variant.key, look)
                for key in variant.steps:
                    still(slug, variant.key, key, look)
                    still(slug, variant.key, key, look, thumb=True)
                    count += 1
    return count
