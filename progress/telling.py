"""What happened, told to the running program: sessions, entries, measures, what a person asks for.

Each thing is told once: its token comes from the record itself. Alerts are taken up in the same step.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from backrelief.accounts.models import User
from programs.adapting import tell_program
from programs.models import ProgramEvent
from progress import alerts
from progress.models import DiaryEntry, ExerciseRecord, MeasureResult, SessionRecord

# What the rules know by name; other measures are for the charts alone.
MEASURES = ("psfs", "peg", "rmdq", "overall_change")


@transaction.atomic
def tell(
    patient: User, kind: str, day: date, *, token: str = "", by: User | None = None, **payload: Any
) -> ProgramEvent | None:
    """Tells the program and opens the alerts that follow. None where no program runs."""
    event = tell_program(patient, kind, day, payload, token, by=by)
    if event and event.has_alerts and event.collected_at is None:
        alerts.collect([patient])
    return event


def tell_session(session: SessionRecord) -> ProgramEvent | None:
    """A finished session: what was done of it, pain, effort, and what hurt."""
    exercises = list(session.exercises.all())
    during = [item.pain_during for item in exercises if item.pain_during is not None]
    known: dict[str, Any] = {
        "pain_before": session.pain_before,
        "pain_during": max(during, default=None),
        "pain_after": session.pain_after,
        "effort": session.effort,
    }
    return tell(
        session.patient,
        "session",
        session.day,
        token=f"session:{session.pk}",
        completed_fraction=_share_done(exercises),
        exercises=[_exercise(item) for item in exercises],
        **{name: value for name, value in known.items() if value is not None},
    )


def _share_done(exercises: list[ExerciseRecord]) -> float:
    """The share of the sets asked for that were done, 0 to 1."""
    planned = sum(item.sets_planned for item in exercises)
    return round(sum(item.sets_done for item in exercises) / planned, 3) if planned else 0.0


def _exercise(item: ExerciseRecord) -> dict[str, Any]:
    told: dict[str, Any] = {"slug": item.slug, "skipped": item.was_skipped and not item.is_red}
    if item.pain_during is not None:
        told["pain_during"] = item.pain_during
    return told


def tell_entry(entry: DiaryEntry) -> ProgramEvent | None:
    """A diary entry, or the pain on the morning after a session."""
    told: dict[str, Any] = {}
    if entry.sleep_lost_to_pain:
        told["poor_sleep_from_pain"] = True
    if entry.cannot_do_daily_tasks:
        told["cannot_do_daily_tasks"] = True
    if entry.leg_symptoms:
        told["leg_symptoms_moved"] = entry.leg_symptoms
    if entry.note:
        told["text"] = entry.note
    if entry.is_next_morning:
        told |= {"pain_next_morning": entry.pain}
    else:
        told |= {"average_pain": entry.pain, "now": entry.pain}
    kind = "next_morning" if entry.is_next_morning else "pain"
    return tell(entry.patient, kind, entry.day, token=f"entry:{entry.pk}", **told)


def tell_measure(result: MeasureResult) -> ProgramEvent | None:
    """The score of a measure that the rules know; one without a score tells nothing."""
    if result.score is None or result.name not in MEASURES:
        return None
    measure = {"name": result.name, "score": result.score}
    token = f"measure:{result.pk}"
    return tell(result.patient, "measure", result.day, token=token, measure=measure)
