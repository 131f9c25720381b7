"""CPU time of a person's pages after ten years of daily entries, against one month of them.

The two people take turns at each page. Run it with ``make bench``; ``tests.decade`` alone is shorter.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
from datetime import timedelta
from typing import Any

from tests.bench import Server, cookie_of, prepare

DAYS = {"month": 30, "decade": 3650}
ROUNDS = 30
TARGET = 1.3
PAGES = (
    "/today/",
    "/progress/?range=4w",
    "/progress/",
    "/progress/?range=1y",
    "/progress/?range=all",
    "/diary/",
    "/diary/?view=calendar",
    "/diary/?q=garden",
    "/diary/new/",
    "/measures/",
    "/goals/",
    "/progress/report/",
    "/progress/helps/",
)


def live(name: str, days: int) -> None:
    """An entry every day, a session every other, ratings every two weeks, up to today."""
    from django.db import transaction
    from django.utils import timezone

    from progress import demo, summaries
    from progress.models import DiaryEntry, ExerciseRecord, SessionRecord

    now, rng = timezone.now(), random.Random(7)
    today = now.date()
    with transaction.atomic():
        user = demo.person(f"{name}@example.org", name.capitalize())
        version = demo.answer(user, demo.replies(rng), today - timedelta(days=days))
        if version is None:
            sys.exit("The made-up answers lead to no program.")
        DiaryEntry.objects.bulk_create(
            DiaryEntry(
                patient=user,
                pain=2 + (back * 7) % 5,
                average=3 if back % 7 == 0 else None,
                note="Dug in the garden.",
                felt_at=now - timedelta(days=back),
                day=today - timedelta(days=back),
            )
            for back in range(days)
        )
        sessions = SessionRecord.objects.bulk_create(
            SessionRecord(
                patient=user,
                version=version,
                day=today - timedelta(days=back),
                started_at=now - timedelta(days=back, minutes=14),
                finished_at=now - timedelta(days=back),
                pain_before=3,
                pain_after=2,
                effort=3,
            )
            for back in range(1, days, 2)
        )
        ExerciseRecord.objects.bulk_create(
            ExerciseRecord(
                session=session,
                order=order,
                slug=item["slug"],
                variant=item["variant"],
                sets_planned=2,
                sets_done=2,
                reps=8,
                done_at=session.finished_at,
            )
            for session in sessions
            for order, item in enumerate(version.plan["program"]["exercises"])
        )
        rate(user, today, days)
        summaries.rebuild(user)


def rate(user: Any, today: Any, days: int) -> None:
    from progress import measuring
    from progress.models import MeasureResult

    activity = measuring.add_activity(user, "climb the stairs")
    MeasureResult.objects.bulk_create(
        MeasureResult(
            patient=user,
            name="psfs",
            score=5,
            items=[{"key": str(activity.pk), "words": activity.words, "value": 5}],
            day=today - timedelta(days=back),
        )
        for back in range(days, 0, -14)
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder, with_demo=False)
        for name, days in DAYS.items():
            live(name, days)
        server = Server()
        people = {name: cookie_of(f"{name}@example.org") for name in DAYS}
        print(f"{'page':<22} {'month':>7} {'decade':>7} {'ratio':>6}   (CPU ms; ≤ {TARGET})")
        for path in PAGES:
            times: dict[str, list[float]] = {name: [] for name in people}
            for turn in range(ROUNDS + 3):
                for name, cookie in people.items():
                    spent, _size, status = server.get(path, cookie)
                    if status != 200:
                        sys.exit(f"{path} answered {status}")
                    if turn >= 3:
                        times[name].append(spent)
            month, decade = (statistics.median(times[name]) for name in DAYS)
            print(f"{path:<22} {month:7.1f} {decade:7.1f} {decade / month:6.2f}")


if __name__ == "__main__":
    main()
