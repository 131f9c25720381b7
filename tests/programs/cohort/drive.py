"""Drives a simulated patient through the rules, and notes every breach of what must always hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from programs.engine import Case, Decision, Library, advance, begin, read_intake
from programs.engine.progression import moved, work_of
from programs.engine.renewing import ceiling_of
from programs.engine.rules import MATRIX
from programs.engine.rules.adaptation import STEPS
from programs.engine.schedule import WEEK
from programs.engine.showing import is_deload
from tests.programs.cohort.patient import FULL, Patient, days

WEEKS = 12


@dataclass
class Course:
    """What became of one patient."""

    patient: Patient
    case: Case
    first_level: int | None
    highest: int
    alerts: Counter[str] = field(default_factory=Counter)
    priorities: Counter[str] = field(default_factory=Counter)
    actions: Counter[str] = field(default_factory=Counter)
    breaches: list[str] = field(default_factory=list)
    events: int = 0
    held_since: date | None = None


def follow(seed: int, library: Library, weeks: int = WEEKS) -> Course:
    """Twelve weeks of one patient, day by day."""
    patient = Patient.of(seed)
    case = begin(read_intake(patient.intake), library)
    level = case.plan.program.level if case.plan.program else None
    course = Course(patient, case, level, level or 0)
    history: dict[date, Case] = {}
    last: dict[str, Any] | None = None
    for day in days(weeks):
        patient.live(day)
        told = _today(course, day, last)
        # Time passes with any event; a day without one has its tick.
        for event in told or [{"date": day.isoformat(), "kind": "tick"}]:
            _tell(course, event, library)
        last = patient.session(course.case.plan, day)
        if last:
            _tell(course, last, library)
        history[day] = course.case
        _check_week(course, history, day)
    return course


def _today(course: Course, day: date, last: dict[str, Any] | None) -> list[dict[str, Any]]:
    """What is told before today's session: the morning after, the diary, the check-in, records."""
    patient, case, text = course.patient, course.case, day.isoformat()
    told = [patient.morning(last, day) if last else None, patient.diary(day), patient.check_in(day)]
    if case.is_locked and patient.rng.random() < 0.15:
        rules = [lock.rule for lock in case.locks if lock.lifted is None]
        told += [
            {"date": text, "kind": "assessed", "by": "doctor", "lifts": rules},
            {"date": text, "kind": "screening", "screening": dict(FULL)},
        ]
    elif (case.awaits or case.pause) and patient.rng.random() < 0.3:
        told.append({"date": text, "kind": "screening", "screening": dict(FULL)})
    return [event for event in told if event]


def _tell(course: Course, event: dict[str, Any], library: Library) -> None:
    before = course.case
    course.case, decision = advance(before, event, library)
    course.events += 1
    course.highest = max(course.highest, course.case.level)
    course.alerts.update(alert.rule for alert in decision.alerts)
    course.priorities.update(alert.priority for alert in decision.alerts)
    course.actions.update(decision.actions)
    course.breaches += [
        f"{event['date']} {event['kind']}: {what}"
        for what in _breaches(before, event, course, decision)
    ]


def _breaches(before: Case, event: dict[str, Any], course: Course, decision: Decision) -> list[str]:
    case, found = course.case, []
    program = case.plan.program
    stopped = case.is_locked or case.plan.triage.level >= 2 or case.pause or case.awaits
    if stopped and program is not None:
        found.append("a program runs in spite of a stop")
    signs = {"yes", "one_leg_new_or_worse"} & set(event.get("screening", {}).values())
    locked = "lock" in decision.actions or before.is_locked
    if signs and (program is not None or not locked):
        found.append("a red flag left a program running")
    for item in program.exercises if program else ():
        for condition in case.plan.active_conditions:
            cell = MATRIX[condition].get(item.slug)
            if cell and (cell["code"] == "exclude" or item.variant not in cell["variants"]):
                found.append(f"{item.slug} {item.variant} is barred by {condition}")
    if program:
        numbers = sorted(WEEK.index(day) for day in program.days)
        if any((b - a) % 7 in (1, 6) for a in numbers for b in numbers if a != b):
            found.append("no rest day between sessions")
    if case.level > ceiling_of(case):
        found.append(f"level {case.level} is above the ceiling")
    found += _harder_after_red(before, event, case)
    if event["kind"] == "check_in":
        found += _held_too_long(course, event, decision)
    return found


def _harder_after_red(before: Case, event: dict[str, Any], case: Case) -> list[str]:
    """No exercise, and no session of the same exercises, is more work after red."""
    was, now = before.plan.program, case.plan.program
    if event["kind"] != "session" or not case.sessions[-1].red or not was or not now:
        return []
    known = {item.slug: item for item in was.exercises}
    both = [item for item in now.exercises if item.slug in known]
    is_more = work_of(both)[0] > work_of([known[item.slug] for item in both])[0]
    red = [item for item in both if item.slug in case.sessions[-1].red]
    same = [item.slug for item in red if item == known[item.slug]]
    return ["harder after red"] if is_more or same else []


def _held_too_long(course: Course, event: dict[str, Any], decision: Decision) -> list[str]:
    day = date.fromisoformat(event["date"])
    if decision.action != "hold":
        course.held_since = None
        return []
    course.held_since = course.held_since or day
    long = (day - course.held_since).days >= 21
    if long and "E22" not in {item.rule for item in course.case.alerts}:
        raised = course.case.raises and course.case.raises[-1].date > course.held_since
        return [] if raised else ["held for three weeks without E22"]
    return []


def _usual(case: Case, day: date) -> bool:
    """No lighter, calm or deload day, and nothing resting."""
    return not (case.lighter or case.flare or case.rested or is_deload(case, day))


def _check_week(course: Course, history: dict[date, Case], day: date) -> None:
    """Work of today's plan against the plan of a week ago, exercises that were in both."""
    then = date.fromordinal(day.toordinal() - STEPS.week)
    if then not in history or not _usual(history[then], then):
        return
    old, new = history[then].plan.program, course.case.plan.program
    if old is None or new is None:
        return
    known = {item.slug for item in old.exercises}
    for offset in range(1, STEPS.week):
        between = history[date.fromordinal(then.toordinal() + offset)].plan.program
        # What was out for a day comes back with a first set, which is not counted as a rise.
        known &= {item.slug for item in between.exercises} if between else set()
    now = sum(moved(item) for item in new.exercises if item.slug in known)
    most = (1 + STEPS.work_rise) * work_of(old.exercises)[0]
    if now > most + 1e-9:
        course.breaches.append(f"{day} work {now} above {most:.0f}")
