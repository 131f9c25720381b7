"""The library as the engine takes it: as it is now, and as a program once saw it."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any

from backrelief.accounts.models import Clinic
from exercises.models import Exercise
from programs.engine import Library, canonical
from programs.models import LibrarySnapshot


def library_now(clinic: Clinic | None = None) -> Library:
    """The library as the engine takes it. A clinic without extras does not have them in it."""
    exercises = Exercise.objects.on_offer(extras=clinic is None or clinic.uses_extras)
    related = exercises.prefetch_related(
        "variants", "doses", "precautions__condition", "precautions__references"
    )
    return Library.from_json({"exercises": [_exercise(item) for item in related]})


def _exercise(item: Exercise) -> dict[str, Any]:
    return {
        "slug": item.slug,
        "kind": item.kind,
        "variants": [
            {
                "key": variant.key,
                "rung": variant.rung,
                "order": variant.order,
                "places": variant.positions,
                "per_side": variant.is_per_side,
                "held": variant.is_held,
            }
            for variant in item.variants.all()
        ],
        "doses": [
            {
                "level": dose.level,
                "variant": dose.variant,
                "sets": dose.sets,
                "sets_max": dose.sets_max,
                "reps": dose.reps,
                "reps_max": dose.reps_max,
                "hold_seconds": dose.hold_seconds,
                "hold_max": dose.hold_max,
            }
            for dose in item.doses.all()
        ],
        "precautions": [
            {
                "condition": row.condition.slug,
                "code": row.code,
                "variants": row.variants,
                "flags": row.flags,
                "reason": row.reason,
                "source": ", ".join(sorted(r.slug for r in row.references.all())) or None,
            }
            for row in item.precautions.all()
        ],
    }


def snapshot(library: Library) -> LibrarySnapshot:
    """The stored copy of this library, kept once for each content."""
    content = canonical(library.to_json())
    digest = "sha256:" + hashlib.sha256(content.encode()).hexdigest()
    return LibrarySnapshot.objects.get_or_create(digest=digest, defaults={"content": content})[0]


def library_of(snapshot: LibrarySnapshot) -> Library:
    """The library that was stored; the same content is read once."""
    return _read(snapshot.content)


@lru_cache(maxsize=8)
def _read(content: str) -> Library:
    return Library.from_json(json.loads(content))
