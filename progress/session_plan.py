"""A session as the player needs it: every exercise with its doses, words and figures, as plain data.

The shape is agreed with whoever keeps it on a device: keys are added, never renamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from exercises import drawn
from exercises.models import Variant
from exercises.wording import dose_in_words
from programs.easing import Way, easier_ways, planned
from progress.models import ExerciseRecord, SessionRecord
from progress.showing import (
    SECONDS_A_MOVEMENT,
    barred_by,
    flags_in_words,
    poses_without,
    steps_without,
)
from progress.spoken import by_side, glance

SIDES = ("left", "right")
# Seconds at each end of a session; the time estimate of a plan counts them.
WARM_UP, COOL_DOWN = 120, 60
SECONDS_AROUND = 30


Variants = Mapping[tuple[str, str], Variant]


def session_plan(session: SessionRecord, variants: Variants | None = None) -> dict[str, Any]:
    """The whole session, in as many queries for one exercise as for eight."""
    plan = session.version.plan
    records = list(session.exercises.all())
    rungs = _rungs(session, records)
    variants = variants or _read(records, rungs)
    return {
        "token": str(session.token),
        "version": session.version.digest,
        "day": session.day.isoformat(),
        # The server's time: a kept page is older than what a device has told since.
        "made": int(timezone.now().timestamp() * 1000),
        "level": plan["program"]["level"],
        "pain_before": session.pain_before,
        "caution": plan["triage"]["level"] == "caution",
        "warm_up": WARM_UP,
        "cool_down": COOL_DOWN,
        "exercises": [_exercise(plan, record, variants, rungs[record.slug]) for record in records],
    }


def outline(plan: Mapping[str, Any]) -> dict[str, Any]:
    """What the start says: how long, how many exercises, and what to have at hand."""
    left = [item for item in plan["exercises"] if not item["settled"]]
    things = dict.fromkeys(thing for item in left for thing in item["things"])
    is_begun = any(item["settled"] or item["sets_done"] for item in plan["exercises"])
    minutes = minutes_of(left, 0 if is_begun else plan["warm_up"] + plan["cool_down"])
    return {"minutes": minutes, "left": left, "things": list(things), "is_begun": is_begun}


def minutes_of(exercises: Iterable[Mapping[str, Any]], more: int) -> int:
    """The plan's own estimate for what is left to do, and ``more`` seconds, in whole minutes."""
    return ceil((sum(map(_seconds, exercises)) + more) / 60)


def _seconds(item: Mapping[str, Any]) -> int:
    sets, hold = item["sets"] - item["sets_done"], item["hold_seconds"] or 0
    work = (item["reps"] or 1) * (SECONDS_A_MOVEMENT + hold)
    sides = 2 if item["per_side"] else 1
    return sets * work * sides + max(0, sets - 1) * item["rest_seconds"] + SECONDS_AROUND


def _rungs(session: SessionRecord, records: Iterable[ExerciseRecord]) -> dict[str, list[Way]]:
    return easier_ways(session.version, [(r.slug, r.variant) for r in records])


def variants_for(session: SessionRecord) -> Variants:
    """What is asked for, and each easier way, by slug and key, with their steps; nothing else is read."""
    records = list(session.exercises.all())
    return _read(records, _rungs(session, records))


def _read(records: list[ExerciseRecord], rungs: Mapping[str, list[Way]]) -> Variants:
    ways = [way for down in rungs.values() for way in down]
    keys = {record.variant for record in records} | {way.variant for way in ways}
    slugs = [record.slug for record in records]
    found = Variant.objects.filter(exercise__slug__in=slugs, key__in=keys)
    found = found.select_related("exercise").prefetch_related("steps", "equipment")
    return {(variant.exercise.slug, variant.key): variant for variant in found}


def _exercise(
    plan: dict[str, Any],
    record: ExerciseRecord,
    variants: Variants,
    easier: Iterable[Way],
) -> dict[str, Any]:
    flags = (planned(plan, record.slug) or {}).get("flags", [])
    barred = barred_by(flags)
    now = Way(
        record.variant,
        record.sets_planned,
        record.reps,
        record.hold_seconds,
        record.per_side,
    )
    return {
        "slug": record.slug,
        "name": variants[record.slug, record.variant].exercise.name,
        "settled": record.is_settled,
        "sets_done": record.sets_done,
        "rest_seconds": record.rest_seconds,
        "was_eased": record.was_eased,
        "thumb": f"thumb-{record.slug}",
        "picture": picture_url(variants[record.slug, record.variant]),
        "flags": [str(text) for text in flags_in_words(flags)],
        **way_in_words(variants[record.slug, record.variant], now, barred),
        "easier": [
            way_in_words(variants[record.slug, way.variant], way, barred)
            for way in easier
            if (record.slug, way.variant) in variants
        ],
    }


def way_in_words(variant: Variant, way: Way, barred: set[str]) -> dict[str, Any]:
    """One way to do an exercise: dose, words and the addresses of its figures.

    ``sides`` are empty, or the two sides in the order in which they are done; words and figures
    are given for each.
    """
    sides = sides_of(variant) if way.per_side else [""]
    start, cue = _words(variant, barred)
    return {
        "variant": variant.key,
        "variant_name": variant.name,
        "sets": way.sets,
        "reps": way.reps,
        "hold_seconds": way.hold_seconds,
        "per_side": way.per_side,
        "dose": dose_in_words(way.sets, way.reps, way.hold_seconds, per_side=way.per_side),
        "sides": sides if way.per_side else [],
        "start": by_side(start, sides),
        # What stands on the screen, where a voice says it all.
        "glance": by_side(glance(start), sides),
        "cue": by_side(glance(cue), sides),
        "things": [thing.name for thing in variant.equipment.all()],
        "breathing": "" if barred else variant.exercise.breathing,
        "figures": [figure_url(variant, side, barred) for side in sides],
    }


def sides_of(variant: Variant) -> list[str]:
    """Both sides, beginning with the one that the words and the drawing begin with."""
    slug = variant.exercise.slug
    first = ""
    if slug in drawn.drawn_exercises():
        first = drawn.poses(slug).variant(variant.key).first
    return list(reversed(SIDES)) if first == "right" else list(SIDES)


def _words(variant: Variant, barred: set[str]) -> tuple[str, str]:
    """How to get ready, and the one sentence that goes with the movement."""
    steps = steps_without(variant, barred)
    poses = [step.pose for step in variant.steps.all() if step.pose not in barred]
    # Later steps with the same picture say how long, how to go back, and the other side.
    told = dict(zip(reversed(poses), reversed(steps), strict=True))
    moves = [pose for pose in dict.fromkeys(poses) if pose not in ("", "start")]
    reached = "end" if "end" in moves else (moves or [""])[-1]
    summary = "" if barred else variant.summary
    return (steps[0] if steps else ""), told.get(reached, summary)


def picture_url(variant: Variant) -> str:
    """An uploaded picture stands in for the drawn figure."""
    exercise = variant.exercise
    return reverse("exercises:picture", args=[exercise.picture_name]) if exercise.picture else ""


def figure_url(variant: Variant, side: str, barred: set[str]) -> str:
    """Where the moving figure is; nothing for an exercise without one. Never shows a barred pose."""
    exercise = variant.exercise
    if exercise.picture or exercise.slug not in drawn.drawn_exercises():
        return ""
    poses = poses_without(variant, barred)
    asked = {"side": side, "pose": poses[-1] if barred and poses else ""}
    query = urlencode({key: value for key, value in asked.items() if value})
    address = reverse("progress:session-figure", args=[exercise.slug, variant.key])
    return f"{address}?{query}" if query else address
