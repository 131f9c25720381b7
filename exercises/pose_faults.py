"""What can be wrong with the poses of a file, an edit or the database; each line names the joint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from exercises import figures
from exercises.figures.shapes import arrows_shape, glow_shape, pose_shape, props_shape
from exercises.models import Pose, Scene, Variant

if TYPE_CHECKING:
    from exercises.library import Record

# The fields that are neither texts nor plain numbers, and what looks at them.
SHAPES: dict[tuple[str, str], Callable[[Any], Iterator[str]]] = {
    ("pose", "numbers"): pose_shape,
    ("pose", "glow"): glow_shape,
    ("pose", "arrows"): arrows_shape,
    ("pose", "props"): props_shape,
    ("scene", "props"): props_shape,
}
Key = tuple[str, str]


def shape_faults(item: Pose | Scene) -> Iterator[str]:
    """What a drawing could not even be begun with."""
    for (model, name), shape in SHAPES.items():
        if item._meta.model_name == model:
            yield from (f"{name}: {line}" for line in shape(getattr(item, name)))


def faults_of_variant(
    slug: str, key: str, scene: dict[str, Any], poses: Iterable[dict[str, Any]]
) -> Iterator[str]:
    """Lines such as ``pose cat-cow/floor/arch: wristR: misses its target by 9.0 cm``."""
    frame = figures.variant_of(key, scene, poses)
    for unknown in set(frame.cycle) - set(frame.steps):
        yield f"scene {slug}/{key}: cycle: {unknown} is not a pose of this variant"
        return
    for where, fault in figures.variant_faults(frame):
        yield f"pose {slug}/{key}/{where}: {fault}"


def stored(keys: set[Key]) -> tuple[dict[Key, Scene], dict[Key, dict[str, Pose]]]:
    """Scenes and poses of these variants as they are in the database."""
    slugs = {slug for slug, _ in keys}
    scenes: dict[Key, Scene] = {}
    poses: dict[Key, dict[str, Pose]] = {}
    for scene in Scene.objects.select_related("variant__exercise").filter(
        variant__exercise__slug__in=slugs
    ):
        scenes[scene.natural_key()] = scene
    for pose in Pose.objects.select_related("variant__exercise").filter(
        variant__exercise__slug__in=slugs
    ):
        poses.setdefault(pose.variant.natural_key(), {})[pose.key] = pose
    return scenes, poses


def drawing_faults(records: Sequence[Record]) -> Iterator[str]:
    """What is wrong with the figures that a file brings, together with what it leaves as it is."""
    own = [record for record in records if record.model in (Scene, Pose)]
    keys: set[Key] = {(str(record.key[0]), str(record.key[1])) for record in own}
    if not keys:
        return
    scenes, poses = stored(keys)
    whole = {record.key[0] for record in own if record.model is Pose}
    for key in sorted(keys):
        file = next(record.file for record in own if record.key[:2] == key)
        rows = {} if key[0] in whole else {k: p.as_row() for k, p in poses.get(key, {}).items()}
        frame = scenes[key].as_row() if key in scenes else None
        for record in own:
            if record.key[:2] == key and record.model is Pose:
                rows[str(record.key[2])] = record.fields
            elif record.key[:2] == key:
                frame = record.fields
        if frame is None:
            yield f"{file}: pose {'/'.join(key)}: the variant has no scene; add one"
        elif not rows:
            yield f"{file}: scene {'/'.join(key)}: the variant has no pose; add one"
        else:
            ordered = sorted(rows.values(), key=lambda row: row.get("order", 1))
            yield from (f"{file}: {line}" for line in faults_of_variant(*key, frame, ordered))


def database_faults() -> Iterator[str]:
    """Variants without a figure, steps that name no pose, and poses that fail the checks."""
    variants = Variant.objects.select_related("exercise", "scene").prefetch_related(
        "poses", "steps"
    )
    for variant in variants.order_by("exercise__order", "order"):
        slug, key = variant.natural_key()
        poses = list(variant.poses.all())
        scene = getattr(variant, "scene", None)
        if scene is None or not poses:
            yield f"{variant.exercise}: variant {key}: has no figure"
            continue
        broken = [*shape_faults(scene), *(line for pose in poses for line in shape_faults(pose))]
        rows = [pose.as_row() for pose in poses]
        lines = broken or list(faults_of_variant(slug, key, scene.as_row(), rows))
        yield from (f"{variant.exercise}: {line}" for line in lines)
        known = {pose.key for pose in poses}
        for step in variant.steps.all():
            if step.pose not in known:
                yield f"{variant.exercise}: step {key}/{step.order}: names no pose"
            if step.side and not scene.drawn:
                yield f"{variant.exercise}: step {key}/{step.order}: this variant has no sides"
