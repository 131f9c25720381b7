"""The shipped poses, read from the fixture files: no database."""

from __future__ import annotations

from collections import defaultdict

from exercises.figures import ExercisePoses, variant_of
from tests.support.fixture_files import fields


def _shipped() -> dict[str, ExercisePoses]:
    rows = defaultdict(list)
    for pose in fields("pose"):
        rows[tuple(pose["variant"])].append(pose)
    titles = {row["slug"]: row["name"] for row in fields("exercise")}
    standard = {r["exercise"][0]: r["key"] for r in fields("variant") if r["rung"] == "standard"}
    found = {slug: ExercisePoses(slug, titles[slug], standard[slug], {}) for slug in titles}
    for scene in fields("scene"):
        slug, key = scene["variant"]
        ordered = sorted(rows[slug, key], key=lambda row: row["order"])
        found[slug].variants[key] = variant_of(key, scene, ordered)
    return found


POSES = _shipped()
EVERY_STEP = [
    (slug, variant.key, key)
    for slug, exercise in sorted(POSES.items())
    for variant in exercise.variants.values()
    for key in variant.steps
]
EVERY_VARIANT = [(slug, key) for slug in sorted(POSES) for key in POSES[slug].variants]
