"""The caseload sorted by need, in a fixed number of queries however many patients there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery

from backrelief.accounts.access import patients_visible_to
from backrelief.accounts.models import User
from programs.calendar import session_dates
from programs.engine.rules.escalations import escalation_of
from programs.models import Lock, ProgramVersion
from progress.alerts import collect
from progress.models import Alert, DiaryEntry, MeasureResult, SessionRecord, WeekSummary

DAYS = 28
# What a glance at the table should not miss: points of pain, and sessions left out in a row.
PAIN_RISE = 2
MISSED = 3


@dataclass(frozen=True, slots=True)
class Concern:
    """What a therapist must see. ``priority``: P1 the same day, P2 the next working day, P3 in 7 days.

    ``alert`` is the stored alert behind it, to be seen and closed; a plan has none, and goes when it is
    dealt with. ``is_lock`` asks for a recorded assessment: that alone opens a lock.
    """

    priority: str
    rule: str
    text: str
    since: datetime | None = None
    alert: Alert | None = None
    is_lock: bool = False

    @property
    def code(self) -> str:
        """The rule as the table of rules numbers it; a name for the machine alone is not shown."""
        return self.rule if any(map(str.isdigit, self.rule)) else ""


@dataclass(frozen=True, slots=True)
class Card:
    """One patient: concerns, most urgent first, and the last four weeks in numbers.

    ``pains`` are the means of the weeks, ``function`` the scores of the PSFS, each oldest first.
    """

    patient: User
    concerns: tuple[Concern, ...]
    marks: tuple[str, ...] = ()
    pains: tuple[float, ...] = ()
    function: tuple[float, ...] = ()
    age: int | None = None
    week: int = 1
    last_seen: date | None = None

    @property
    def is_locked(self) -> bool:
        return any(concern.is_lock for concern in self.concerns)

    @property
    def missed(self) -> int:
        """Planned sessions left out in a row, up to now."""
        return len(list(takewhile(lambda mark: mark == "missed", reversed(self.marks))))

    @property
    def rise(self) -> float:
        """How far the last week's pain is above that of the first of these weeks."""
        return self.pains[-1] - self.pains[0] if len(self.pains) > 1 else 0.0

    @property
    def is_rising(self) -> bool:
        return self.rise >= PAIN_RISE

    @property
    def has_missed(self) -> bool:
        return self.missed >= MISSED

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
    collect(patients_visible_to(therapist))
    scored = MeasureResult.objects.alive().filter(name="psfs", score__isnull=False)
    entries = DiaryEntry.objects.alive().filter(patient=OuterRef("pk")).order_by("-felt_at")
    patients = list(
        patients_visible_to(therapist)
        .annotate(last_entry_on=Subquery(entries.values("day")[:1]))
        .prefetch_related(
            Prefetch("locks", Lock.objects.open().order_by("raised_at")),
            Prefetch("alerts", Alert.objects.open()),
            Prefetch("weeks", WeekSummary.objects.filter(monday__gte=since - timedelta(days=6))),
            Prefetch("measure_results", scored.order_by("day", "pk")),
        )
    )
    versions, done = _versions(patients), _done(patients, since)
    cards = [
        _card(patient, versions.get(patient.pk), done.get(patient.pk, {}), since, today)
        for patient in patients
    ]
    return sorted(cards, key=lambda card: (card.priority, str(card.patient).lower()))


def _versions(patients: Iterable[User]) -> dict[int, ProgramVersion]:
    """The newest version of each running program."""
    newest = ProgramVersion.objects.filter(program=OuterRef("program")).order_by("-number")
    running = ProgramVersion.objects.filter(program__patient__in=patients, program__ended_on=None)
    found = running.filter(pk=Subquery(newest.values("pk")[:1])).select_related("program")
    return {version.program.patient_id: version for version in found.defer("program__case")}


def _done(patients: Iterable[User], since: date) -> dict[int, dict[date, bool]]:
    """The days with a session, and whether it was done to its end."""
    days: dict[int, dict[date, bool]] = {}
    records = SessionRecord.objects.finished().filter(patient__in=patients, day__gte=since)
    for pk, day, was_stopped in records.values_list("patient_id", "day", "was_stopped"):
        days.setdefault(pk, {})[day] = not was_stopped
    return days


def _card(
    patient: Any,
    version: ProgramVersion | None,
    done: dict[date, bool],
    since: date,
    today: date,
) -> Card:
    plan = version.plan if version else None
    began = version.program.started_on if version else today
    planned = session_dates(plan, max(since, began), today) if plan else []
    return Card(
        patient=patient,
        concerns=tuple(concerns_of(patient.locks.all(), patient.alerts.all(), plan)),
        marks=tuple(_marks(done, planned, today)),
        pains=tuple(week.pain_total / week.entries for week in patient.weeks.all() if week.entries),
        function=tuple(result.score for result in patient.measure_results.all()),
        age=version.intake.get("age") if version else None,
        week=(today - began).days // 7 + 1,
        last_seen=max(filter(None, (*done, patient.last_entry_on)), default=None),
    )


def _marks(done: dict[date, bool], planned: list[date], today: date) -> Iterable[str]:
    """The last six sessions: ``done``, ``half`` where it was stopped, ``missed`` where none was."""
    days = sorted({*done, *(day for day in planned if day < today)})[-6:]
    for day in days:
        yield ("done" if done[day] else "half") if day in done else "missed"


def concerns_of(
    locks: Iterable[Lock], alerts: Iterable[Alert], plan: Mapping[str, Any] | None
) -> list[Concern]:
    """Open locks, open alerts, and a plan that waits or is to be looked at; most urgent first.

    A lock and the alert of the same cause are one concern.
    """
    waiting = {alert.rule: alert for alert in alerts}
    found = [_of_lock(lock, waiting) for lock in locks]
    found += [
        Concern(a.priority, a.rule, a.therapist_text, a.opened_at, a) for a in waiting.values()
    ]
    if plan and (concern := _of_plan(plan)):
        found.append(concern)
    return sorted(found, key=lambda concern: concern.priority)


def _of_lock(lock: Lock, waiting: dict[str, Alert]) -> Concern:
    """The lock, with the alert that it raised; that one is taken off what is ``waiting``."""
    is_emergency = lock.level == "emergency"
    alert = waiting.pop(escalation_of(lock.rule, 3 if is_emergency else 2), None)
    priority = "P1" if is_emergency else "P2"
    if alert is not None:
        priority = min(priority, alert.priority)
    return Concern(priority, lock.rule, lock.text, lock.raised_at, alert, is_lock=True)


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
