"""What the pages of the diary list: entries and sessions by week, a month of days, finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from backrelief.accounts.models import User
from progress.diary_forms import AREAS, DOINGS, PELVIC_SIGNS
from progress.models import FEELINGS, DiaryEntry, DiaryRevision, SessionRecord
from progress.rounding import whole
from progress.trends import monday_of

FOUND_A_PAGE = 20
# What an entry may name several of, and the words for each.
LISTS: dict[str, dict[str, Any]] = {"areas": AREAS, "did": DOINGS, "pelvic": PELVIC_SIGNS}
LABELS = {field.name: field.verbose_name for field in DiaryRevision._meta.fields}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: an entry or a session, with the words that belong to an entry."""

    at: datetime
    day: date
    entry: DiaryEntry | None = None
    session: SessionRecord | None = None
    tags: tuple[Any, ...] = ()


def month_after(month: date, by: int) -> date:
    number = month.year * 12 + month.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)


def rows_between(patient: User, first: date, end: date) -> list[Row]:
    """Everything from ``first`` up to the day before ``end``, the newest first; three queries."""
    span = {"day__gte": first, "day__lt": end}
    mine = DiaryEntry.objects.owned_by(patient).alive().filter(**span)
    sessions = SessionRecord.objects.owned_by(patient).finished().filter(**span)
    rows = [
        *entry_rows(mine.prefetch_related("revisions")),
        *(Row(s.started_at, s.day, session=s) for s in sessions),
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)


def entry_rows(entries: Iterable[DiaryEntry]) -> Iterator[Row]:
    for entry in entries:
        yield Row(entry.felt_at, entry.day, entry=entry, tags=tuple(tags_of(entry)))


def tags_of(entry: DiaryEntry) -> Iterator[Any]:
    """What an entry says beside its number and its note, in words."""
    for name, words in LISTS.items():
        yield from (words[key] for key in getattr(entry, name) if key in words)


def facts_of(old: DiaryRevision) -> Iterator[str]:
    """What an earlier version of an entry said beside its pain and its note, a line each."""
    for name in FEELINGS:
        value = getattr(old, name)
        if name in ("pain", "note") or value in (None, "", False, []):
            continue
        label = str(LABELS[name])
        yield f"{capfirst(label)}: {_in_words(old, name, value)}"


def _in_words(old: DiaryRevision, name: str, value: Any) -> str:
    if value is True:
        return _("yes")
    if name in LISTS:
        return ", ".join(str(LISTS[name].get(key, key)) for key in value)
    shown = getattr(old, f"get_{name}_display", None)
    return str(shown() if shown else value)


def by_week(rows: Iterable[Row]) -> list[tuple[date, list[Row]]]:
    weeks: dict[date, list[Row]] = {}
    for row in rows:
        weeks.setdefault(monday_of(row.day), []).append(row)
    return list(weeks.items())


def found(patient: User, word: str, since: date | None, until: date | None) -> Any:
    """The entries of these days that hold the word in their note or their tags, the newest first."""
    entries = DiaryEntry.objects.owned_by(patient).alive()
    if since:
        entries = entries.filter(day__gte=since)
    if until:
        entries = entries.filter(day__lte=until)
    if word:
        entries = _holding(entries, word)
    return entries.prefetch_related("revisions")


def _holding(entries: Any, word: str) -> Any:
    entries = entries.annotate(**{f"said_{name}": Cast(name, TextField()) for name in LISTS})
    asked = Q(note__icontains=word)
    for column, names in LISTS.items():
        for key in (key for key, name in names.items() if word.lower() in str(name).lower()):
            asked |= Q(**{f"said_{column}__contains": f'"{key}"'})
    return entries.filter(asked)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar: the mean of its entries (0–10, whole), how many, and sessions."""

    date: date
    is_in_month: bool
    is_ahead: bool
    pain: int | None
    entries: int
    sessions: int


def calendar(patient: User, month: date, today: date) -> list[list[Day]]:
    """The weeks of a month, Monday to Sunday, in two queries."""
    first, end = monday_of(month), month_after(month, 1)
    last = monday_of(end - timedelta(days=1)) + timedelta(days=6)
    span = {"day__gte": first, "day__lte": last}
    mine = DiaryEntry.objects.owned_by(patient).alive().filter(**span)
    pains: dict[date, list[int]] = {}
    for day, pain in mine.values_list("day", "pain"):
        pains.setdefault(day, []).append(pain)
    sessions = SessionRecord.objects.owned_by(patient).finished().filter(**span)
    done = list(sessions.values_list("day", flat=True))
    days = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        felt = pains.get(day, [])
        average = whole(sum(felt), len(felt)) if felt else None
        is_in_month = month <= day < end
        days.append(Day(day, is_in_month, day > today, average, len(felt), done.count(day)))
    return [days[n : n + 7] for n in range(0, len(days), 7)]
