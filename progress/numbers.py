"""The table of the charts: each stretch of time as a row of words, the same numbers as the picture."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from progress.rounding import plain
from progress.trends import Stretch

NOTHING = "–"
MOST_KEPT = 5000  # rows of the table, about 1 MB
# By unit: head of the column, caption of the table, the line's and the bars' names, format of a day.
UNITS = {
    "week": (
        gettext_lazy("Week of"),
        gettext_lazy("Weeks from Monday"),
        gettext_lazy("Mean of the week"),
        gettext_lazy("Sessions each week"),
    ),
    "month": (
        gettext_lazy("Month"),
        gettext_lazy("Weeks from Monday, in the month in which they begin"),
        gettext_lazy("Mean of the month"),
        gettext_lazy("Sessions each month"),
    ),
    "quarter": (
        gettext_lazy("Quarter from"),
        gettext_lazy("Weeks from Monday, in the quarter of the year in which they begin"),
        gettext_lazy("Mean of the quarter"),
        gettext_lazy("Sessions each quarter"),
    ),
}


def words_of(unit: str) -> dict[str, object]:
    """How the page names one point of its time: a week, a month, or a quarter of a year."""
    head, caption, mean, sessions = UNITS[unit]
    return {
        "unit": unit,
        "unit_head": head,
        "unit_caption": caption,
        "unit_mean": mean,
        "unit_sessions": sessions,
        "tick_format": "M j" if unit == "week" else "M Y",
    }


def dated_rows(rows: Iterable[tuple[date, Iterable[object]]], form: str) -> SafeString:
    """The body of a table with a day at the head of each row, written as ``form``."""
    language = get_language()
    written = (_dated_row(day, form, tuple(map(str, cells)), language) for day, cells in rows)
    return SafeString("\n".join(written))


@lru_cache(maxsize=MOST_KEPT)
def _dated_row(day: date, form: str, cells: tuple[str, ...], _language: str | None) -> SafeString:
    line = "<td>{}</td>" * len(cells)
    return format_html(f'<tr><th scope="row">{{}}</th>{line}</tr>', date_format(day, form), *cells)


def rows_of(parts: Iterable[Stretch], unit: str) -> SafeString:
    """The body of the table, written at once: a template would take longer than all the counting."""
    language = get_language()
    return SafeString("\n".join(_row(part, unit, language) for part in parts))


@lru_cache(maxsize=MOST_KEPT)
def _row(part: Stretch, unit: str, language: str | None) -> SafeString:
    """Weeks that are over do not change, so their rows are written once."""
    form = "M j, Y" if unit == "week" else "M Y"
    return _dated_row(part.first, form, cells_of(part), language)


def cells_of(part: Stretch) -> tuple[str, ...]:
    """Mean pain, lowest to highest, entries, sessions, mean effort."""
    return (
        _number(part.pain),
        _span(part),
        str(part.entries),
        _("%(done)s of %(planned)s") % {"done": part.done, "planned": part.planned},
        _number(part.effort),
    )


def _number(value: float | None) -> str:
    return NOTHING if value is None else plain(value)


def _span(part: Stretch) -> str:
    if part.low is None or part.high is None:
        return NOTHING
    if part.low == part.high:
        return str(part.low)
    return _("%(low)s to %(high)s") % {"low": part.low, "high": part.high}
