"""The caseload sorted by need, in a fixed number of queries however many patients there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Prefetch

from backrelief.accounts.access import patients_visible_to
from backrelief.accounts.models import User
from programs.calendar import session_dates
from programs.models import Lock, Program, ProgramVersion
from progress.models import DiaryEntry, SessionRecord

DAYS = 28


@dataclass(frozen=True, slots=True)
class Alert:
    """What a therapist must see. ``priority``: P1 the same day, P2 the next working day, P3 in 7 days."""

    priority: str
    rule: str
    text: str
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One patient: alerts, most urgent first, and the last four weeks in numbers."""

    patient: User
    alerts: tuple[Alert, ...]
    last_entry: DiaryEntry | None
    done: int
    planned: int

    @property
    def priority(self) -> str:
        return min((alert.priority for alert in self.alerts), default="P9")


def cards_of(therapist: User, today: date) -> list[Card]:
    """The caseload: emergencies first, then urgent, then waiting for a permission or a review."""
    since = today - timedelta(days=DAYS - 1)
    newest = ProgramVersion.objects.order_by("-number")
    patients = list(
        patients_visible_to(therapist).prefetch_related(
            Prefetch("locks", Lock.objects.open().order_by("raised_at")),
            Prefetch("programs", Program.objects.filter(ended_on=None)),
            Prefetch("programs__versions", newest),
        )
    )
    done = _done(patients, since)
    entries = _last_entries(patients)
    cards = [
        _card(patient, done.get(patient.pk, 0), entries.get(patient.pk), since, today)
        for patient in patients
    ]
    return sorted(cards, key=lambda card: (card.priority, str(card.patient).lower()))


def _done(patients: Iterable[User], since: date) -> dict[int, int]:
    counts: dict[int, int] = {}
    records = SessionRecord.objects.finished().filter(patient__in=patients, day__gte=since)
    for pk in records.values_list("patient_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    return counts


def _last_entries(patients: Iterable[User]) -> dict[int, DiaryEntry]:
    alive = DiaryEntry.objects.alive().filter(patient__in=patients)
    last = alive.values("patient").annotate(last=Max("felt_at"))
    moments = {row["patient"]: row["last"] for row in last}
    found = alive.filter(felt_at__in=moments.values())
    return {e.patient_id: e for e in found if moments[e.patient_id] == e.felt_at}


def _card(patient: User, done: int, entry: DiaryEntry | None, since: date, today: date) -> Card:
    programs = list(patient.programs.all())
    versions = list(programs[0].versions.all()) if programs else []
    plan = versions[0].plan if versions else None
    start = max(since, programs[0].started_on) if programs else today
    planned = len(session_dates(plan, start, today)) if plan else 0
    return Card(patient, tuple(alerts_of(patient.locks.all(), plan)), entry, done, planned)


def alerts_of(locks: Iterable[Lock], plan: Mapping[str, Any] | None) -> list[Alert]:
    """Alerts are read from what is stored: an open lock, a program that waits, one to review."""
    found = [
        Alert("P1" if lock.level == "emergency" else "P2", lock.rule, lock.text, lock.raised_at)
        for lock in locks
    ]
    if plan is None:
        return found
    if plan["triage"]["ok_first"] == "needed" and plan["program"]:
        reasons = plan["triage"]["reasons"]
        found.append(Alert("P2", "OK_FIRST", " ".join(r["text"] for r in reasons)))
    elif (
        plan["program"] is None
        and plan["triage"]["level"] in ("clear", "caution")
        and not plan["triage"]["not_cleared"]
    ):
        text = " ".join(r["text"] for r in plan["triage"]["reasons"][-1:])
        found.append(Alert("P3", "no-program", text))
    elif plan["program"] and plan["program"]["therapist_review"]:
        text = (
            " ".join(r["text"] for r in plan["triage"]["reasons"]) or "Five or fewer exercises fit."
        )
        found.append(Alert("P3", "review", text))
    return sorted(found, key=lambda alert: alert.priority)
