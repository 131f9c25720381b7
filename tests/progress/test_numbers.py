"""Every number on the pages, computed a second time from the raw entries of random diaries.

The days are those at which calendars go wrong: midnight, the hours of summer time, 29 February.
"""

import os
import re
import uuid
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from programs.models import ProgramVersion, Screening
from progress.diary import delete_entry, edit_entry, log_pain
from progress.flares import flares_in
from progress.models import DiaryEntry, FlareSummary, Overview, SessionRecord, WeekSummary
from progress.recording import finish_session, start_session
from progress.summaries import overview_of, rebuild
from tests.factories.programs import give_program
from tests.support.pages import all_words, one, parse, words

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 17, tzinfo=UTC)
TODAY = date(2026, 11, 24)
ZONES = ("America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Honolulu")
EDGES = (
    datetime(2026, 3, 8, 6, 59, tzinfo=UTC),  # summer time begins in New York
    datetime(2026, 11, 1, 5, 30, tzinfo=UTC),  # and ends: this hour comes twice
    datetime(2026, 10, 3, 15, 29, tzinfo=UTC),  # half an hour is skipped on Lord Howe
    datetime(2024, 2, 29, 23, 59, tzinfo=UTC),
    datetime(2026, 11, 23, 5, 0, tzinfo=UTC),  # midnight in New York, and a Monday
    datetime(2026, 11, 22, 13, 0, tzinfo=UTC),  # midnight on Lord Howe
)
moments = st.sampled_from(EDGES).flatmap(
    lambda edge: st.integers(-70, 70).map(lambda minutes: edge + timedelta(minutes=minutes))
) | st.integers(0, 60 * 24 * 70).map(lambda minutes: NOW - timedelta(minutes=minutes))
pains = st.integers(0, 10)
told = st.fixed_dictionaries(
    {},
    optional={
        "average": pains,
        "sleep": st.sampled_from(DiaryEntry.Sleep.values),
        "mood": st.sampled_from(DiaryEntry.Mood.values),
        "is_next_morning": st.booleans(),
    },
)
happenings = st.one_of(
    st.tuples(st.just("log"), moments, pains, told),
    st.tuples(st.just("log"), moments, pains, told),
    st.tuples(st.just("edit"), st.integers(0, 9), moments, pains),
    st.tuples(st.just("delete"), st.integers(0, 9)),
    st.tuples(st.just("session"), st.integers(0, 40), st.integers(0, 10)),
)
few = settings(
    max_examples=100 if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else 6,
    phases=[Phase.generate],  # making a failing one smaller takes minutes here
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)


def half_up(values, digits: str = "0.1") -> str:
    """The mean as one writes it down by hand."""
    share = Decimal(sum(values)) / Decimal(len(values))
    return f"{share.quantize(Decimal(digits), ROUND_HALF_UP):f}".removesuffix(".0")


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def live(me, version, acts) -> None:
    """Does it all through the functions that the pages call."""
    for act, *what in acts:
        kept = list(DiaryEntry.objects.owned_by(me).alive().order_by("pk"))
        match act:
            case "log":
                moment, pain, more = what
                log_pain(me, uuid.uuid4(), pain, moment, **more)
            case "edit" if what[0] < len(kept):
                edit_entry(kept[what[0]], what[1], {"pain": what[2]})
            case "delete" if what[0] < len(kept):
                delete_entry(kept[what[0]])
            case "session":
                session = start_session(me, version, TODAY - timedelta(days=what[0]), 3)
                finish_session(session, 2, what[1], "")


class Raw:
    """The record as it was told: entries with the day on the person's own clock, sessions."""

    def __init__(self, me) -> None:
        zone = ZoneInfo(me.time_zone)
        rows = DiaryEntry.objects.filter(patient=me, deleted_at=None)
        self.entries = [
            (row.felt_at.astimezone(zone).date(), row.pain, row.sleep, row.mood) for row in rows
        ]
        self.sessions = list(
            SessionRecord.objects.filter(patient=me, finished_at__isnull=False).values_list(
                "day", "effort", "started_at", "finished_at"
            )
        )

    def pains(self, first: date, last: date) -> list[int]:
        return [pain for day, pain, *_more in self.entries if first <= day <= last]

    def efforts(self, first: date, last: date) -> list[int]:
        return [effort for day, effort, *_more in self.sessions if first <= day <= last]

    def daily(self) -> list[tuple[date, float]]:
        days = sorted({day for day, *_more in self.entries})
        return [(d, sum(p := self.pains(d, d)) / len(p)) for d in days]


def summaries(me) -> tuple:
    overview = Overview.objects.filter(patient=me).values().get()
    weeks = WeekSummary.objects.filter(patient=me).order_by("monday").values()
    flares = FlareSummary.objects.filter(patient=me).order_by("started_on").values()
    bare = [{k: v for k, v in row.items() if k != "id"} for row in (overview, *weeks, *flares)]
    return tuple(map(str, bare))


@few
@given(zone=st.sampled_from(ZONES), acts=st.lists(happenings, min_size=4, max_size=14))
def test_each_number_is_what_the_raw_entries_add_up_to(client, patient, library, zone, acts):
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        patient.time_zone = zone
        patient.save()
        client.force_login(patient)
        version = give_program(patient, TODAY - timedelta(days=45), days=["mon", "wed", "fri"])
        live(patient, version, acts)
        raw = Raw(patient)
        overview_of(patient, version)
        client.get("/progress/")
        before = summaries(patient)
        rebuild(patient)
        assert before == summaries(patient)
        stored = list(
            FlareSummary.objects.filter(patient=patient).values_list("started_on", "peak")
        )
        assert stored == [(flare.started_on, flare.peak) for flare in flares_in(raw.daily())]
        check_progress(client, raw)
        check_rhythm(client, raw, patient)
        check_calendar(client, raw)
        check_others(client, raw)
        transaction.set_rollback(True)


def check_progress(client, raw: Raw) -> None:
    for key, weeks in (("4w", 4), ("3m", 13), ("1y", 52)):
        page = parse(client.get(f"/progress/?range={key}"))
        rows = [all_words(row, "th, td") for row in page.cssselect("#numbers-table tbody tr")]
        first = monday(TODAY) - timedelta(weeks=len(rows) - 1)
        assert len(rows) <= weeks
        means = []
        for number, row in enumerate(rows):
            begin = first + timedelta(weeks=number)
            felt = raw.pains(begin, begin + timedelta(days=6))
            hard = raw.efforts(begin, begin + timedelta(days=6))
            span = f"{min(felt)} to {max(felt)}" if felt and min(felt) < max(felt) else None
            assert row[0] == f"{begin:%b} {begin.day}, {begin.year}"
            assert row[1] == (half_up(felt) if felt else "–")
            assert row[2] == (span or (str(felt[0]) if felt else "–"))
            assert row[3] == str(len(felt))
            assert row[4].startswith(f"{len(hard)} of ")
            assert row[5] == (half_up(hard) if hard else "–")
            means += [Decimal(row[1])] if felt else []
        shown = all_words(page, ".kpi .big")
        assert shown[0] == usual(means)
        assert shown[1] == str(len(raw.efforts(first, TODAY)))
        hard = raw.efforts(first, TODAY)
        told = words(one(page, "section[aria-labelledby=effort] p"))
        assert not hard or told.startswith(f"On average {half_up(hard)} of 10:")
        drawn = all_words(page, "svg.chart--wide .c-mean title")
        assert len(means) > 26 or [Decimal(text) for text in drawn] == means


def usual(means: list[Decimal]) -> str:
    """The last mean, or from four weeks on the mean of the last two."""
    if not means:
        return "–"
    return half_up(means[-2:] if len(means) > 3 else means[-1:])


def check_rhythm(client, raw: Raw, me) -> None:
    """Planned sessions and the gentle score, day by day; no session here has all of its sets."""
    rows = ProgramVersion.objects.filter(program__patient=me).order_by("made_on", "pk")
    plans = [(row.made_on, (row.plan["program"] or {"days": []})["days"]) for row in rows]
    checks = Screening.objects.filter(patient=me, kind="short")
    waits_since = min((check.at.date() for check in checks), default=date.max)
    page = parse(client.get("/progress/?range=3m"))
    weeks = len(page.cssselect("#numbers-table tbody tr"))
    first = monday(TODAY) - timedelta(weeks=weeks - 1)
    worked, planned, score = {day for day, *_more in raw.sessions}, 0, None
    for offset in range(weeks * 7):
        day = first + timedelta(days=offset)
        names = [days for made_on, days in plans if made_on <= day]
        is_planned = bool(names) and f"{day:%a}".lower() in names[-1]
        is_planned &= not waits_since <= day <= TODAY
        planned += is_planned
        if day <= TODAY and (day in worked or (is_planned and day < TODAY)):
            worth = Fraction(1, 2) if day in worked else 0
            score = ((score or 0) * 9 + worth) / Fraction(10)
    assert f"{planned} planned in this time" in words(page.cssselect(".kpis")[0])
    shown = all_words(page, ".kpi .big")[-1]
    assert shown == ("–" if score is None else str(int(100 * score + Fraction(1, 2))))


def check_calendar(client, raw: Raw) -> None:
    for month in {(day.year, day.month) for day, *_more in raw.entries}:
        page = parse(client.get(f"/diary/?view=calendar&month={month[0]}-{month[1]:02}"))
        shown = {
            int(words(cell.cssselect(".month__day span")[0])): int(words(disc).split()[-1])
            for cell in page.cssselect(".month td:not(.is-other)")
            for disc in cell.cssselect(".disc")
        }
        felt = {day for day, *_more in raw.entries if (day.year, day.month) == month}
        assert shown == {day.day: int(half_up(raw.pains(day, day), "1")) for day in felt}


def check_others(client, raw: Raw) -> None:
    text = words(one(parse(client.get("/today/")), "main"))
    done = len(raw.sessions)
    assert f"{done} session{'' if done == 1 else 's'} so far" in text or not done
    page = parse(client.get("/progress/report/?chosen=1&show=sleep&range=4w"))
    first = monday(TODAY) - timedelta(weeks=3)
    recent = [(sleep, mood) for day, _pain, sleep, mood in raw.entries if day >= first]
    for column, choices in ((0, DiaryEntry.Sleep.choices), (1, DiaryEntry.Mood.choices)):
        counts = Counter(entry[column] for entry in recent if entry[column])
        part = words(one(page, "section[aria-labelledby=r-sleep]"))
        told = [f"{name} {counts[key]}×" for key, name in choices if counts[key]]
        assert all(label in part for label in told), part
    assert sum(map(int, re.findall(r"(\d+)×", part))) == sum(bool(v) for e in recent for v in e)
