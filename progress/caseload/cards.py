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
from progress.alerts import collect
from progress.models import Alert, DiaryEntry, SessionRecord

DAYS = 28


@dataclass(frozen=True, slots=True)
class Concern:
    """What a therapist must see. ``priority``: P1 the same day, P2 the next working day, P3 in 7 days.

    ``alert`` is the stored alert behind it, to be seen and closed; a lock or a plan has none, and goes
    when it is dealt with.
    """

    priority: str
    rule: str
    text: str
    since: datetime | None = None
    alert: Alert | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One patient: concerns, most urgent first, and the last four weeks in numbers."""

    patient: User
    concerns: tuple[Concern, ...]
    last_entry: DiaryEntry | None
    done: int
    planned: int

    @property
    def priority(self) -> str:
        return min((concern.priority for concern in self.concerns), default="P9")

    @property
    def is_needing(self) -> bool:
        """Somebody must look. What is only for information can wait in the record."""
        return self.priority < Alert.Priority.P4


def cards_of(therapist: User, today: date) -> list[Card]:
    """The caseload: emergencies first, then urgent, then waiting for a permission or a review."""
    since = today - timedelta(days=DAYS - 1)
    newest = ProgramVersion.objects.order_by("-number")
    collect(patients_visible_to(therapist))
    patients = list(
        patients_visible_to(therapist).prefetch_related(
            Prefetch("locks", Lock.objects.open().order_by("raised_at")),
            Prefetch("alerts", Alert.objects.open()),
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
    found = concerns_of(patient.locks.all(), patient.alerts.all(), plan)
    return Card(patient, tuple(found), entry, done, planned)


def concerns_of(
    locks: Iterable[Lock], alerts: Iterable[Alert], plan: Mapping[str, Any] | None
) -> list[Concern]:
    """Open locks, open alerts, and a plan that waits or is to be looked at; most urgent first."""
    found = [
        Concern("P1" if lock.level == "emergency" else "P2", lock.rule, lock.text, lock.raised_at)
        for lock in locks
    ]
    found += [Concern(a.priority, a.rule, a.therapist_text, a.opened_at, a) for a in alerts]
    if plan and (concern := _of_plan(plan)):
        found.append(concern)
    return sorted(found, key=lambda concern: concern.priority)


def _of_plan(plan: Mapping[str, Any]) -> Concern | None:
    """What the plan itself asks of a therapist: a permission, a plan made together, a look."""
    triage, program = plan["triage"], plan["program"]
    texts = [reason["text"] for reason in triage["reasons"]]
    if triage["ok_first"] == "needed" and program:
        return Concern("P2", "OK_FIRST", " ".join(texts))
    is_open = triage["level"] in ("clear", "caution") and not triage["not_cleared"]
    if program is None and is_open:
        return Concern("P3", "no-program", " ".join(texts[-1:]))
    if program and program["therapist_review"]:
        return Concern("P3", "review", " ".join(texts) or "Five or fewer exercises fit.")
    return None
