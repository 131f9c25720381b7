"""Progress: a sentence first, the picture second, the same numbers as a table third."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from backrelief.accounts.models import User
from backrelief.htmx import SignedInRequest, render_page
from programs.calendar import diary_day, session_dates
from programs.models import ProgramVersion
from programs.views.plan import patient_or_404
from progress.charts import draw
from progress.models import DiaryEntry, SessionRecord
from progress.trends import RANGES, Change, by_week, change_of, first_day

NAMES = {
    "4w": gettext_lazy("4 weeks"),
    "3m": gettext_lazy("3 months"),
    "1y": gettext_lazy("1 year"),
    "all": gettext_lazy("All"),
}


@require_safe
def progress(request: SignedInRequest) -> HttpResponse:
    patient = patient_or_404(request)
    key = request.GET.get("range", "4w")
    context = chart_of(patient, key if key in RANGES else "4w")
    return render_page(request, "progress/progress.html", context, partial="chart", target="chart")


def chart_of(patient: User, key: str) -> dict[str, Any]:
    """Everything that the chart of this range shows, in four queries."""
    today = diary_day(patient, timezone.now())
    mine = DiaryEntry.objects.owned_by(patient).alive()
    sessions = SessionRecord.objects.owned_by(patient).finished()
    first = first_day(key, today, _earliest(mine, sessions) if RANGES[key] is None else None)
    entries = list(mine.filter(day__gte=first).order_by("felt_at").values_list("day", "pain"))
    done = list(sessions.filter(day__gte=first).values_list("day", flat=True))
    weeks = by_week(first, today, entries, done, planned_dates(patient, first, today))
    change = change_of(weeks)
    return {
        "ranges": [(name, NAMES[name], name == key) for name in RANGES],
        "range_name": NAMES[key],
        "weeks": weeks,
        "chart": draw(weeks, entries, first, today),
        "sentence": sentence(change),
        "done": len(done),
        "planned": sum(week.planned for week in weeks),
        "entries": len(entries),
    }


def _earliest(mine: Any, sessions: Any) -> date | None:
    days = [
        mine.order_by("day").values_list("day", flat=True).first(),
        sessions.order_by("day").values_list("day", flat=True).first(),
    ]
    return min((day for day in days if day), default=None)


def planned_dates(patient: User, first: date, last: date) -> list[date]:
    """The session dates of the versions that were in force, each until the next was made."""
    versions = list(
        ProgramVersion.objects.filter(program__patient=patient)
        .order_by("made_on", "pk")
        .only("made_on", "output", "program_id")
    )
    dates: set[date] = set()
    for version, later in zip(versions, [*versions[1:], None], strict=False):
        start = max(version.made_on, first)
        end = min(later.made_on - timedelta(days=1), last) if later else last
        if start <= end:
            dates.update(session_dates(version.plan, start, end))
    return sorted(dates)


def sentence(change: Change) -> str:
    """What the numbers carry, and no more."""
    points = f"{change.points:g}"
    if change.kind == "none":
        return _("No entries in this time yet. One number a day is enough.")
    if change.kind == "few":
        return _("Too early to say. After four weeks with entries we can compare.")
    if change.kind == "lower":
        return _("%(points)s points lower than at the start: more than day-to-day wobble.") % {
            "points": points
        }
    if change.kind == "higher":
        return _(
            "%(points)s points higher than at the start: more than day-to-day wobble. "
            "Talk about it with a therapist or doctor."
        ) % {"points": points}
    return _("No clear change yet: %(points)s points can be day-to-day wobble.") % {
        "points": points
    }
