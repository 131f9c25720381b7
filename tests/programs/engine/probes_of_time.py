"""Lighter weeks, time away, flare-ups and second tries, each number just below, at and just above."""

from __future__ import annotations

from typing import Any

from programs.engine.rules import adaptation
from programs.engine.showing import is_deload
from tests.programs.engine.probes import probe
from tests.programs.engine.story import Story


# Deload
@probe("DELOAD.every_weeks", [False, True, False])
def _() -> Any:
    found = []
    for week in (4, 5, 6):
        story = Story.at_level(2, week=week)
        found.append(is_deload(story.case, story.case.today))
    return found


@probe("DELOAD.share", [(2, 1), (3, 2)])
def _() -> Any:
    story = Story.at_level(2, week=4, minutes=20)
    usual = {item.slug: item.sets for item in story.program.exercises}
    story.tick(7)
    return [(usual["bridge"], story.item("bridge").sets), _three_sets()]


def _three_sets() -> tuple[int, int]:
    story = Story.at_level(3, week=4, minutes=30)
    usual = {item.slug: item.sets for item in story.program.exercises}
    story.tick(7)
    return usual["bridge"], story.item("bridge").sets


@probe("DELOAD.from_level", [False, True])
def _() -> Any:
    return [
        is_deload(story.case, story.case.today)
        for story in (Story.at_level(1, week=5), Story.at_level(2, week=5))
    ]


# Time away
def away(days: int, level: int = 2) -> Story:
    story = Story.at_level(level, minutes=20)
    story.good(0)
    story.tell("gap", days)
    return story


@probe("GAPS.lighter_from", [0, 1])
def _() -> Any:
    return [len(away(days).case.lighter) for days in (7, 8)]


@probe("GAPS.down_from", [2, 1])
def _() -> Any:
    return [away(days).case.level for days in (14, 15)]


@probe("GAPS.restart_after", [2, 1])
def _() -> Any:
    return [away(days, level=3).case.level for days in (28, 29)]


@probe("GAPS.share", 0.65)
def _() -> Any:
    before = Story.at_level(2, minutes=20).work()
    return round(away(8).work() / before, 2)


@probe("GAPS.sessions", [1, 0])
def _() -> Any:
    story = away(8)
    story.session(8)
    first = len(story.case.lighter)
    story.session(10)
    return [first, len(story.case.lighter)]


# Flare-ups
@probe("FLARES.rise", [False, True])
def _() -> Any:
    return [_flares([5.9, 5.9]), _flares([6, 6])]


def _flares(scores: list[float], days: tuple[int, ...] = (5, 6)) -> bool:
    story = Story.at_level(1)
    story.pains(range(5), 4)
    for day, score in zip(days, scores, strict=True):
        story.pain(day, score)
    return bool(story.case.flares)


@probe("FLARES.days", [False, True])
def _() -> Any:
    return [_flares([6], (5,)), _flares([6, 6])]


@probe("FLARES.days_apart", [True, False])
def _() -> Any:
    return [_flares([6, 6], (5, 8)), _flares([6, 6], (5, 9))]


@probe("FLARES.mean_days", [True, False])
def _() -> Any:
    # Four low days, the first of them 28 or 29 days before: inside and outside of the four weeks.
    found = []
    for start in (0, 1):
        story = Story({"level": 1, "baseline_average_pain": 9})
        story.pains(range(4), 2)
        story.pain(28 + start, 4)
        found.append(story.pain(29 + start, 4).action == "flare_plan")
    return found


@probe("FLARES.least_entries", [False, True])
def _() -> Any:
    found = []
    for count in (3, 4):
        story = Story({"level": 1, "baseline_average_pain": 9})
        story.pains(range(count), 2)
        story.pain(5, 4)
        found.append(story.pain(6, 4).action == "flare_plan")
    return found


def flaring(level: int = 2) -> Story:
    story = Story.at_level(level, minutes=20)
    story.tell("flare", 0)
    return story


@probe("FLARES.calm_days", [0, 1])
def _() -> Any:
    story = flaring()
    story.tick(2)
    calm = story.program.level
    story.tick(3)
    return [calm, story.program.level]


@probe("FLARES.way_back_share", 13)
def _() -> Any:
    story = flaring()
    story.tick(4)
    return int(adaptation.FLARES.way_back_share * story.case.flare.minutes)


@probe("FLARES.way_back_sessions", [False, True])
def _() -> Any:
    story = flaring()
    story.good(4)
    first = story.case.flare is None
    story.good(6)
    return [first, story.case.flare is None]


@probe("FLARES.way_back_days", [False, True])
def _() -> Any:
    story = flaring()
    story.tick(13)
    first = story.case.flare is None
    story.tick(14)
    return [first, story.case.flare is None]


@probe("FLARES.sessions_a_week", 2)
def _() -> Any:
    return flaring().program.sessions_per_week


@probe("FLARES.not_settled_days", [False, True])
def _() -> Any:
    found = []
    for day in (13, 14):
        story = flaring()
        story.pain(3, 7)
        story.pain(9, 7)
        story.pain(12, 7)
        story.tick(day)
        found.append(story.fired("flare-not-settled"))
    return found


@probe("FLARES.too_many", [False, True])
def _() -> Any:
    story = Story.at_level(1)
    for day in (0, 15):
        story.tell("flare", day)
    first = story.fired("E14")
    story.tell("flare", 30)
    return [first, story.fired("E14")]


@probe("FLARES.too_many_days", [True, False])
def _() -> Any:
    found = []
    for last in (56, 57):
        story = Story.at_level(1)
        for day in (0, 30, last):
            story.tell("flare", day)
        found.append(story.fired("E14"))
    return found


# One exercise tried again
def _tries_again(days: list[int]) -> bool:
    story = Story.at_level(1, week=2, minutes=20)
    red = [{"slug": "bridge", "pain_during": 7}]
    story.session(0, exercises=red)
    story.session(9, exercises=red)
    assert "bridge" not in story.slugs
    story.good(*days)
    return any(reason.rule == "reintroduce" for d in story.decisions for reason in d.reasons)


@probe("REINTRODUCE.weeks", [False, True])
def _() -> Any:
    fine = [12, 15, 18, 21, 24, 27, 30, 33]
    return [_tries_again(fine), _tries_again([*fine, 36, 37])]


@probe("REINTRODUCE.sessions_a_week", [True, False])
def _() -> Any:
    return [
        _tries_again([12, 14, 18, 22, 29, 36, 38]),
        _tries_again([12, 14, 16, 28, 30, 32, 34, 37, 39]),
    ]
