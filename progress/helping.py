"""From the record to what seems to help: the days, what was done on them, and words for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from backrelief.accounts.models import User
from exercises.models import Exercise
from programs.calendar import diary_day, zone_of
from progress.models import DiaryEntry, ExerciseRecord
from progress.patterns import SESSION, Pair, Pattern, patterns_in, session_pairs, whole_fortnights

# Half a year: older days say little about now, and ten years cost what half a year costs.
DAYS_BACK = 182
NOON = 12


@dataclass(frozen=True, slots=True)
class Told:
    """A pattern with the exercise's name and a sentence."""

    pattern: Pattern
    name: str
    sentence: str


def helping(patient: User, now: datetime | None = None) -> list[Told]:
    """What is compared for this person, the clearest first; in three queries."""
    today = diary_day(patient, now or timezone.now())
    since = today - timedelta(days=DAYS_BACK)
    mornings = mornings_of(patient, since)
    done = _sessions(patient, since)
    pairs = {SESSION: whole_fortnights(session_pairs(mornings, done), today)}
    with_morning = whole_fortnights(_session_days(done, mornings), today)
    for slug in sorted({slug for pair in with_morning for slug in pair.did}):
        pairs[slug] = with_morning
    patterns = patterns_in(pairs)
    names = dict(Exercise.objects.filter(slug__in=pairs).values_list("slug", "name"))
    return [_told(pattern, names.get(pattern.key, pattern.key)) for pattern in patterns]


def mornings_of(patient: User, since: date) -> dict[date, float]:
    """The first pain before noon of each day, on the person's own clock."""
    zone = zone_of(patient)
    entries = DiaryEntry.objects.owned_by(patient).alive().filter(day__gte=since)
    found: dict[date, float] = {}
    for day, felt_at, pain in entries.order_by("felt_at").values_list("day", "felt_at", "pain"):
        if day not in found and felt_at.astimezone(zone).hour < NOON:
            found[day] = pain
    return found


@dataclass(slots=True)
class _Session:
    before: float | None
    did: set[str]


def _sessions(patient: User, since: date) -> dict[date, _Session]:
    """Finished sessions by their day: pain before the first, and every exercise that was done."""
    rows = ExerciseRecord.objects.filter(
        session__patient=patient, session__finished_at__isnull=False, session__day__gte=since
    ).order_by("session__started_at", "order")
    found: dict[date, _Session] = {}
    values = ("session__day", "session__pain_before", "slug", "sets_done")
    for day, before, slug, sets in rows.values_list(*values):
        session = found.setdefault(day, _Session(before, set()))
        if sets:
            session.did.add(slug)
    return found


def _session_days(done: dict[date, _Session], mornings: dict[date, float]) -> Iterable[Pair]:
    """Session days with pain before and a next morning."""
    for day, session in sorted(done.items()):
        after = mornings.get(day + timedelta(days=1))
        if after is not None and session.before is not None:
            yield Pair(day, session.before, after, frozenset(session.did))


def _told(pattern: Pattern, name: str) -> Told:
    if pattern.key == SESSION:
        name = _("Any session")
    return Told(pattern, name, _sentence(pattern))


def _sentence(pattern: Pattern) -> str:
    """What the numbers carry, and no more."""
    if pattern.strength == "few":
        return _("Not enough days to compare yet.")
    if pattern.strength == "none":
        return _("No clear difference.")
    low, high = sorted((abs(pattern.low), abs(pattern.high)))
    sizes = {"points": f"{abs(pattern.points):g}", "low": f"{low:g}", "high": f"{high:g}"}
    if pattern.points < 0:
        return (
            _("Less pain the next morning: about %(points)s points (%(low)s to %(high)s).") % sizes
        )
    return _("More pain the next morning: about %(points)s points (%(low)s to %(high)s).") % sizes
