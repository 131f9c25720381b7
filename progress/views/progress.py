"""Progress: a sentence first, the picture second, the same numbers as a table third."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from backrelief.accounts.models import User
from backrelief.htmx import SignedInRequest, render_page
from programs.calendar import diary_day, session_day
from programs.models import Screening
from programs.standing import CHECK_EVERY
from programs.views.plan import patient_or_404
from progress import findings
from progress.cairns import path_of
from progress.charts import (
    LOW_NARROW,
    LOW_WIDE,
    NARROW,
    WIDE,
    draw,
    draw_effort,
    dumbbell,
)
from progress.flares import Flare
from progress.measure_pages import Line, Rated, lines_of, of_series, ratings_of
from progress.milestones import shown_milestones
from progress.models import (
    DiaryEntry,
    SessionRecord,
    WeekSummary,
)
from progress.numbers import NOTHING, dated_rows, rows_of, words_of
from progress.pebbles import pebbles_of
from progress.rhythm import MOST_WEEKS, barred, grid, steadiness
from progress.rounding import plain, tenth
from progress.summaries import Span, overview_of, planned_dates, planned_weeks, spans_of, without
from progress.trends import (
    RANGES,
    Stretch,
    Sums,
    change_of,
    first_day,
    monday_of,
    stretches,
    unit_of,
    wobble,
)

NAMES = {
    "4w": gettext_lazy("4 weeks"),
    "3m": gettext_lazy("3 months"),
    "1y": gettext_lazy("1 year"),
    "all": gettext_lazy("All"),
}
# Single entries are drawn in these; longer ones show lowest and highest instead.
WITH_RINGS = ("4w", "3m")
# Half a year of ratings and the first ones; all of them stand on the page of the measures.
LATEST_RATINGS = 13


@require_safe
def progress(request: SignedInRequest) -> HttpResponse:
    patient = patient_or_404(request)
    key = request.GET.get("range", "3m")
    context = chart_of(patient, key if key in RANGES else "3m")
    return render_page(request, "progress/progress.html", context, partial="chart", target="chart")


def chart_of(patient: User, key: str) -> dict[str, Any]:
    """Everything that the page of this range shows; the queries do not grow with the record."""
    course, today, first, planned = course_of(patient, key)
    return {
        **course,
        **_rhythm(patient, today, first, planned),
        **_function(ratings_of(patient, course["overview"], LATEST_RATINGS)),
    }


def course_of(patient: User, key: str) -> tuple[dict[str, Any], date, date, list[date]]:
    """Pain and sessions of this range in words and pictures; today, the first day, the planned days."""
    today = diary_day(patient, timezone.now())
    overview = overview_of(patient, None)
    sums = _sums(patient, key, today)
    spans = spans_of(overview)
    first = _begin(key, today, sums, spans)
    spans = without(spans, _barred(patient, today, spans))
    planned = planned_dates(spans, today - timedelta(weeks=MOST_WEEKS), _sunday(today))
    parts = stretches(first, today, sums, planned_weeks(spans, first, _sunday(today)))
    change = change_of(parts)
    flares = [_flare(kept) for kept in overview.flares]
    course = {
        "overview": overview,
        "ranges": [(name, NAMES[name], name == key) for name in RANGES],
        "range_name": NAMES[key],
        "range_key": key,
        "sentence": findings.of_pain(change, today),
        "change": change,
        "then": findings.when(change.since, today) if change.since else "",
        "band": wobble(change),
        **words_of(unit_of(first, today)),
        "parts": parts,
        "rows": rows_of(parts, unit_of(first, today)),
        "entries": sum(part.entries for part in parts),
        **_drawings(patient, key, parts, change, flares),
        **_sessions(parts),
        "milestones": shown_milestones(overview.milestones),
        "next_milestone": path_of(overview.sessions),
    }
    return course, today, first, planned


def _begin(key: str, today: date, sums: Sequence[Sums], spans: Sequence[Span]) -> date:
    """The Monday that the pictures begin with: the range's, or the record's where that is later."""
    known = [week.monday for week in sums[:1]] + [monday_of(span.since) for span in spans[:1]]
    earliest = min(known, default=None)
    first = first_day(key, today, earliest)
    return min(max(first, earliest), monday_of(today)) if earliest else first


def _sunday(today: date) -> date:
    return today + timedelta(days=6 - today.weekday())


def _sums(patient: User, key: str, today: date) -> list[Sums]:
    """The sums of the range's weeks in one query."""
    weeks = WeekSummary.objects.owned_by(patient)
    if RANGES[key] is not None:
        weeks = weeks.filter(monday__gte=first_day(key, today, None))
    return list(map(Sums._make, weeks.values_list(*Sums._fields)))


def _flare(kept: Mapping[str, Any]) -> Flare:
    settled = kept["settled_on"]
    return Flare(
        date.fromisoformat(kept["started_on"]),
        kept["before"],
        kept["peak"],
        date.fromisoformat(settled) if settled else None,
    )


def _drawings(
    patient: User, key: str, parts: Sequence[Stretch], change: Any, flares: Sequence[Flare]
) -> dict[str, Any]:
    entries: list[tuple[date, int]] = []
    if key in WITH_RINGS:
        mine = DiaryEntry.objects.owned_by(patient).alive().filter(day__gte=parts[0].first)
        entries = list(mine.order_by("felt_at").values_list("day", "pain"))
    seen = [flare for flare in flares if flare.started_on >= parts[0].first]
    band, told = wobble(change), [(flare, findings.settled(flare)) for flare in seen]
    return {
        "charts": [draw(frame, parts, entries, band, told) for frame in (WIDE, NARROW)],
        "effort_charts": [draw_effort(frame, parts) for frame in (LOW_WIDE, LOW_NARROW)],
        "flares": [findings.of_flare(flare) for flare in reversed(seen)],
    }


def _sessions(parts: Sequence[Stretch]) -> dict[str, Any]:
    done, planned, efforts, total = (
        sum(getattr(part, name) for part in parts)
        for name in ("done", "planned", "efforts", "effort_total")
    )
    return {
        "done": done,
        "planned": planned,
        "sessions_sentence": findings.of_sessions(done, planned),
        "has_effort": bool(efforts),
        "effort_sentence": findings.of_effort(tenth(total, efforts) if efforts else None),
        "hours": _hours(sum(part.seconds for part in parts)),
    }


def _hours(seconds: int) -> str:
    return plain(tenth(seconds, 3600))


def _rhythm(patient: User, today: date, first: date, planned: Iterable[date]) -> dict[str, Any]:
    """The grid of the last weeks and the gentle score; one query."""
    weeks = min((monday_of(today) - first).days // 7 + 1, MOST_WEEKS)
    since = today - timedelta(weeks=MOST_WEEKS)
    sessions = SessionRecord.objects.owned_by(patient).finished().filter(day__gte=since).order_by()
    work = sessions.values_list("day").annotate(
        done=Sum("exercises__sets_done"), asked=Sum("exercises__sets_planned")
    )
    done = {day: (did or 0) >= (asked or 0) for day, did, asked in work}
    whole = grid(today, MOST_WEEKS, done, set(planned))
    score = steadiness([cell for week in whole for cell in week], today)
    return {
        "rhythm": pebbles_of(whole[-weeks:]),
        "rhythm_weeks": weeks,
        "steadiness": score,
        "steadiness_sentence": findings.of_steadiness(score),
    }


def _barred(patient: User, today: date, spans: Sequence[Span]) -> list[tuple[date, date]]:
    """When a full check had to come before any session; there is one every four weeks."""
    checks = Screening.objects.owned_by(patient).values_list("at", "kind")
    told = [(session_day(patient, at), kind == "full") for at, kind in checks]
    told += [(span.since, False) for span in spans if span.asks]
    return barred(sorted(told), today, CHECK_EVERY)


def _function(results: list[Rated]) -> dict[str, Any]:
    """The person's own activities and their average."""
    table = function_table(lines_of(results))
    series = [result.score for result in of_series(results) if result.score is not None]
    return {
        "lines": [(line, dumbbell(line.ratings)) for line in lines_of(results)],
        "function_sentence": findings.of_scores("psfs", series) if series else "",
        "function_now": plain(tenth(series[-1])) if series else "",
        "function_before": plain(tenth(series[0])) if len(series) > 1 else "",
        "function_rows": dated_rows(table, "M j, Y"),
        "function_days": len(table),
    }


def function_table(lines: Sequence[Line]) -> list[tuple[date, list[int | str]]]:
    """Every day of a rating with each activity's number, or nothing."""
    days = sorted({day for line in lines for day in line.days})
    told = [dict(zip(line.days, line.ratings, strict=True)) for line in lines]
    return [(day, [known.get(day, NOTHING) for known in told]) for day in days]
