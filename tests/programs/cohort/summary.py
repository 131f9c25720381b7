"""The summary table: what the rules do with a cohort. It is no evidence of benefit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tests.programs.cohort.drive import WEEKS, Course

MONTH_DAYS = 30.4


def table(courses: Sequence[Course]) -> str:
    """Levels at the start and reached, alerts a person-month by priority, and the share escalated."""
    started = [course for course in courses if course.first_level is not None]
    months = len(courses) * WEEKS * 7 / MONTH_DAYS
    first = Counter(course.first_level for course in started)
    highest = Counter(course.highest for course in started)
    priorities: Counter[str] = Counter()
    for course in courses:
        priorities.update(course.priorities)
    urgent = sum(bool(c.priorities["P1"] or c.priorities["P2"]) for c in courses)
    lines = [
        "| what | result |",
        "| --- | --- |",
        f"| people, weeks | {len(courses)}, {WEEKS} |",
        f"| with a program from the first day | {_share(len(started), len(courses))} |",
    ]
    for level in range(4):
        lines.append(
            f"| level {level}: at the start, highest reached |"
            f" {_share(first[level], len(started))}, {_share(highest[level], len(started))} |"
        )
    for priority in ("P1", "P2", "P3", "P4"):
        lines.append(f"| {priority} alerts a person-month | {priorities[priority] / months:.2f} |")
    lines += [
        f"| people with a P1 or P2 alert | {_share(urgent, len(courses))} |",
        f"| people with a lock | {_share(sum(bool(c.actions['lock']) for c in courses), len(courses))} |",
    ]
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


def faults(courses: Sequence[Course]) -> list[str]:
    """Every breach on any day, and everybody able to progress who did not."""
    found = [f"person {c.patient.seed}: {what}" for c in courses for what in c.breaches]
    return found + [
        f"person {c.patient.seed} is able and stayed at level {c.highest}"
        for c in courses
        if c.patient.is_able and c.first_level is not None and c.highest <= c.first_level
    ]
