"""Every number of the adaptation tables, just below, at and just above; a number that moves is seen.

Each probe tells a short story and says what must come of it. The second test moves the number one step
up and one step down, and the story must end otherwise: no threshold can change unnoticed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from programs.engine import zone_of
from programs.engine.feedback import done_from, verdict
from programs.engine.progression import Room
from programs.engine.rules import adaptation
from programs.engine.showing import is_deload
from tests.programs.engine.story import DAY_ONE, GOOD, SHORT, Story

Probe = Callable[[], Any]
PROBES: dict[str, tuple[Probe, Any]] = {}


def probe(name: str, expected: Any) -> Callable[[Probe], Probe]:
    def keep(function: Probe) -> Probe:
        PROBES[name] = (function, expected)
        return function

    return keep


# Zones of pain
@probe("ZONES.mild", ["green", "amber"])
def _() -> Any:
    return [zone_of(2, 0), zone_of(3, 1)]


@probe("ZONES.most", ["amber", "red"])
def _() -> Any:
    return [zone_of(5, 3), zone_of(6, 4)]


@probe("ZONES.most_with_caution", ["amber", "red"])
def _() -> Any:
    return [zone_of(4, 2, has_caution=True), zone_of(5, 3, has_caution=True)]


@probe("ZONES.green_rise", ["green", "green", "amber"])
def _() -> Any:
    return [zone_of(4, 4), zone_of(5, 4), zone_of(5, 3)]


@probe("ZONES.red_rise", ["amber", "red"])
def _() -> Any:
    return [zone_of(5, 3), zone_of(4, 1)]


@probe("ZONES.high_before", ["red", "green"])
def _() -> Any:
    return [zone_of(6, 5), zone_of(7, 6)]


@probe("ZONES.high_red_rise", ["green", "red"])
def _() -> Any:
    return [zone_of(7, 6), zone_of(8, 6)]


# Steps
def three(**last: Any) -> list[str]:
    """Two good sessions and this one."""
    story = Story.at_level(1)
    story.good(0, 2)
    story.session(4, **last)
    return list(story.morning(5).actions)


@probe("STEPS.completed", [["hold"], ["progress"]])
def _() -> Any:
    return [three(completed_fraction=0.79), three(completed_fraction=0.8)]


@probe("STEPS.next_morning_rise", [True, True, False])
def _() -> Any:
    return [_session_ok(next_morning=score) for score in (3, 4, 5)]


def _session_ok(**values: Any) -> bool | None:
    event = GOOD | {"date": "2026-11-23", "kind": "session"}
    event |= {"pain_next_morning": values.get("next_morning", 3)}
    return verdict(done_from(event, 1, 1, full=True, caution=False))


@probe("STEPS.good_in_a_row", [["none"], ["progress"]])
def _() -> Any:
    story = Story.at_level(1)
    return [list(story.good(0, 2).actions), list(story.good(4).actions)]


@probe("STEPS.effort_to_spare", [["progress"], ["none"]])
def _() -> Any:
    return [three(effort=3), three(effort=4)]


@probe("STEPS.exercises_a_week", 2)
def _() -> Any:
    story = Story.at_level(2, minutes=20)
    return len(raised_by(story, 0, 1, 2))


def raised_by(story: Story, *days: int) -> list[str]:
    decision = story.good(*days)
    return sorted({change.slug for change in decision.changes if change.harder})


@probe("STEPS.week", [["hold-free"], True])
def _() -> Any:
    # Two exercises were raised on day 5; on day 11 the week is not over, on day 12 it is.
    early, late = Story.at_level(2, minutes=20), Story.at_level(2, minutes=20)
    early.good(0, 2, 4)
    late.good(0, 2, 4)
    early.good(6, 8)
    late.good(6, 8)
    return [["hold-free"] if not raised_by(early, 10) else ["raised"], bool(raised_by(late, 11))]


@probe("STEPS.work_rise", [True, False])
def _() -> Any:
    item = Story.at_level(1).item("cat-cow")
    room = Room(moved=400, held=100, minutes=60)
    return [room.takes_work([replace(item, reps=reps)]) for reps in (115, 116)]


@probe("STEPS.hard", [False, True])
def _() -> Any:
    story = Story.at_level(1)
    story.good(0)
    first = "regress" in story.session(2, effort=7, completed_fraction=0.5).actions
    story.morning(3)
    return [first, "regress" in story.session(4, effort=7, completed_fraction=0.5).actions]


@probe("STEPS.hard_of", [True, False])
def _() -> Any:
    near, far = Story.at_level(1), Story.at_level(1)
    for story in (near, far):
        story.session(0, effort=7)
        story.morning(1)
    near.good(2)
    far.good(2, 4)
    return [
        "regress" in near.session(4, effort=7).actions,
        "regress" in far.session(6, effort=7).actions,
    ]


@probe("STEPS.reds", [0, 1])
def _() -> Any:
    story = Story.at_level(1)
    red = [{"slug": "bridge", "pain_during": 7}]
    story.session(0, exercises=red)
    before = sum(rule == "E13" for rule, _ in story.alerts())
    story.session(2, exercises=red)
    return [before, sum(rule == "E13" for rule, _ in story.alerts())]


@probe("STEPS.reds_days", ["level_down", "no"])
def _() -> Any:
    found = []
    for second in (7, 8):
        story = Story.at_level(2)
        story.session(0, exercises=[{"slug": "bridge", "pain_during": 7}])
        decision = story.session(second, exercises=[{"slug": "cat-cow", "pain_during": 7}])
        found.append("level_down" if "level_down" in decision.actions else "no")
    return found


# Level up
def able(level: int = 1) -> Story:
    return Story.at_level(level, minutes=20)


@probe("LEVEL_UP.days_at_level", [1, 2])
def _() -> Any:
    story = able()
    story.good(0, 2, 4, 7, 9)
    story.session(11)
    story.morning(12)
    story.tell("check_in", 13)
    early = story.case.level
    story.tell("check_in", 14)
    return [early, story.case.level]


@probe("LEVEL_UP.good", [2, 1])
def _() -> Any:
    return [_levels_with(bad=1), _levels_with(bad=2)]


def _levels_with(bad: int) -> int:
    """Five sessions at the level, the first ``bad`` of them not good, spread so that none is a step back."""
    story = able()
    days = (0, 4, 8, 12, 14)
    hard = {0: 1, 12: 2}
    for day in days:
        is_hard = hard.get(day, 9) <= bad
        story.session(day, effort=5 if is_hard else 2)
        story.morning(day + 1)
    story.pains(range(15, 19), 3)
    story.tell("check_in", 19)
    return story.case.level


@probe("LEVEL_UP.of", [1, 2])
def _() -> Any:
    story = able()
    story.good(0, 5, 10, 14)
    story.pains(range(15, 18), 3)
    story.tell("check_in", 17)
    early = story.case.level
    story.good(18)
    return [early, story.case.level]


@probe("LEVEL_UP.no_flare_days", [1, 2])
def _() -> Any:
    found = []
    for last in (14, 15):
        story = Story.at_level(2, week=9, minutes=20)
        story.tell("flare", 0)
        story.good(4, 6)
        ended = 6
        story.good(8, 10, 12, 15, 17, 19)
        story.tell("check_in", ended + last)
        found.append(story.case.level)
    return found


# The next day
@probe("NEXT_DAY.repeat", ["progress", "hold"])
def _() -> Any:
    found = []
    for score in (3, 4):
        story = Story.at_level(1)
        story.good(0, 2)
        story.session(4)
        found.append(story.morning(5, score).action)
    return found


@probe("NEXT_DAY.lighter", ["none", "regress"])
def _() -> Any:
    found = []
    for score in (4, 5):
        story = Story.at_level(1)
        story.session(0)
        found.append(story.morning(1, score).action)
    return found


@probe("NEXT_DAY.out", ["regress", "level_down"])
def _() -> Any:
    found = []
    for score in (5, 6):
        story = Story.at_level(1)
        story.session(0)
        found.append(story.morning(1, score).action)
    return found


@probe("NEXT_DAY.lighter_share", 0.77)
def _() -> Any:
    story = Story.at_level(2, minutes=20)
    before = story.work()
    story.session(0)
    story.morning(1, 5)
    return round(story.work() / before, 2)


@probe("NEXT_DAY.out_days", [False, True])
def _() -> Any:
    story = Story.at_level(1)
    story.session(0, exercises=[{"slug": "bridge", "pain_during": 5}])
    story.morning(1, 6)
    story.tick(7)
    early = "bridge" in story.slugs
    story.tick(8)
    return [early, "bridge" in story.slugs]


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


# Section 7
def daily(scores: list[float], first: int = 0) -> Story:
    story = Story.at_level(1)
    for day, score in enumerate(scores, start=first):
        story.pain(day, score)
    return story


def when(story: Story, rule: str) -> int | None:
    """At which event a rule first gave an alert, from 0."""
    for index, decision in enumerate(story.decisions):
        if rule in {alert.rule for alert in decision.alerts}:
            return index
    return None


@probe("WATCH.mean_days", [6, None])
def _() -> Any:
    return [when(daily([6] * 8), "E7"), when(daily([4, 6, 6, 6, 6, 6, 6]), "E7")]


@probe("WATCH.mean_least", [False, True])
def _() -> Any:
    return [_mean_of_entries(3), _mean_of_entries(4)]


def _mean_of_entries(count: int) -> bool:
    story = Story.at_level(1)
    story.pain(0, 6)
    for day in range(13 - count, 13):
        story.pain(day, 6)
    return story.fired("E7")


@probe("WATCH.severe", [None, 0])
def _() -> Any:
    return [when(daily([8.9]), "E5"), when(daily([9]), "E5")]


@probe("WATCH.strong", [None, 1])
def _() -> Any:
    return [when(daily([7.9, 7.9]), "E5"), when(daily([8, 8]), "E5")]


@probe("WATCH.strong_entries", [None, 1])
def _() -> Any:
    return [when(daily([8]), "E5"), when(daily([8, 8]), "E5")]


@probe("WATCH.strong_days", [True, False])
def _() -> Any:
    found = []
    for second in (3, 4):
        story = Story.at_level(1)
        story.pain(0, 8)
        story.pain(second, 8)
        found.append(story.fired("E5"))
    return found


def after_pause(*scores: float) -> bool:
    """Whether sessions go on after strong pain, a clear check and these days."""
    story = Story.at_level(1)
    story.pain(0, 9)
    story.tell("screening", 1, screening=SHORT)
    for day, score in enumerate(scores, start=2):
        story.pain(day, score)
    return story.program is not None


@probe("WATCH.paused_until_at_most", [True, False])
def _() -> Any:
    return [after_pause(7, 7), after_pause(7.1, 7)]


@probe("WATCH.calm_entries", [False, True])
def _() -> Any:
    return [after_pause(5), after_pause(5, 5)]


@probe("WATCH.far_above", [None, 5])
def _() -> Any:
    return [when(daily([6.9] * 6), "E6"), when(daily([7] * 6), "E6")]


@probe("WATCH.far_above_days", [None, 5])
def _() -> Any:
    return [when(daily([7] * 5), "E6"), when(daily([7] * 6), "E6")]


@probe("WATCH.above", [None, 6])
def _() -> Any:
    return [when(daily([5.9] * 7), "E7"), when(daily([6] * 7), "E7")]


@probe("WATCH.legs_entries", [None, 1])
def _() -> Any:
    story = Story.at_level(1)
    story.pain(0, 4, leg_symptoms_moved="further_down")
    first = when(story, "E4")
    story.pain(3, 4, leg_symptoms_moved="further_down")
    return [first, when(story, "E4")]


@probe("WATCH.legs_days", [True, False])
def _() -> Any:
    found = []
    for second in (28, 29):
        story = Story.at_level(1)
        story.pain(0, 4, leg_symptoms_moved="further_down")
        story.pain(second, 4, leg_symptoms_moved="further_down")
        found.append(story.fired("E4"))
    return found


def nights(*days: int) -> bool:
    story = Story.at_level(1)
    for day in days:
        story.tell("check_in", day, average_pain=4, poor_sleep_from_pain=True)
    return story.fired("E9")


@probe("WATCH.nights", [False, True])
def _() -> Any:
    return [nights(0, 1, 2, 3), nights(0, 1, 2, 3, 4)]


@probe("WATCH.nights_of", [True, False])
def _() -> Any:
    return [nights(0, 1, 2, 3, 6), nights(0, 1, 2, 3, 7)]


def measured(name: str, *scores: float) -> Story:
    story = Story.at_level(1)
    for day, score in enumerate(scores):
        story.tell("measure", day, measure={"name": name, "score": score})
    return story


@probe("WATCH.peg_rise", [False, True])
def _() -> Any:
    return [measured("peg", 4, 5.9).fired("E8"), measured("peg", 4, 6).fired("E8")]


@probe("WATCH.psfs_fall", [False, True])
def _() -> Any:
    return [measured("psfs", 6, 4.1).fired("E8"), measured("psfs", 6, 4).fired("E8")]


@probe("WATCH.rmdq_rise", [False, True])
def _() -> Any:
    return [measured("rmdq", 8, 12).fired("E8"), measured("rmdq", 8, 13).fired("E8")]


@probe("WATCH.much_worse", [False, True])
def _() -> Any:
    return [
        measured("overall_change", -1).fired("E21"),
        measured("overall_change", -2).fired("E21"),
    ]


@probe("WATCH.new_pain_days", [True, False])
def _() -> Any:
    found = []
    for onset in (41, 42):
        story = Story(None, onset_days=onset)
        story.pain(14, 4)
        found.append(story.fired("E10"))
    return found


@probe("WATCH.two_weeks", [False, True])
def _() -> Any:
    found = []
    for day in (13, 14):
        story = Story(None, onset_days=20)
        story.pain(10, 4)
        story.tick(day)
        found.append(story.fired("E10"))
    return found


@probe("WATCH.four_weeks", [False, True])
def _() -> Any:
    return [_time(27, "E11"), _time(28, "E11")]


@probe("WATCH.twelve_weeks", [False, True])
def _() -> Any:
    return [_time(83, "E12"), _time(84, "E12")]


def _time(day: int, rule: str, score: float = 4, **measures: tuple[float, float]) -> bool:
    story = Story()
    for name, (first, last) in measures.items():
        story.tell("measure", 0, measure={"name": name, "score": first})
        story.tell("measure", day - 2, measure={"name": name, "score": last})
    story.pain(day - 1, score)
    story.tick(day)
    return story.fired(rule)


@probe("WATCH.fall_points", [True, False])
def _() -> Any:
    found = []
    for score in (6.5, 6):
        story = Story(None, onset_days=20, pain={"now": 8, "average": 8, "worst": 8})
        story.pain(14, score)
        found.append(story.fired("E10"))
    return found


@probe("WATCH.fall_share", [True, False])
def _() -> Any:
    return [_time(28, "E11", 2.81), _time(28, "E11", 2.8)]


@probe("WATCH.psfs_gain", [True, False])
def _() -> Any:
    return [_time(28, "E11", psfs=(3, 4.9)), _time(28, "E11", psfs=(3, 5))]


@probe("WATCH.peg_share", [True, False])
def _() -> Any:
    return [_time(84, "E12", peg=(10, 7.1)), _time(84, "E12", peg=(10, 7))]


@probe("WATCH.rmdq_fall", [True, False])
def _() -> Any:
    return [_time(84, "E12", rmdq=(20, 15.5)), _time(84, "E12", rmdq=(20, 15))]


@probe("WATCH.much_better", [True, False])
def _() -> Any:
    return [
        _time(84, "E12", overall_change=(0, 1)),
        _time(84, "E12", overall_change=(0, 2)),
    ]


@probe("WATCH.doming", [None, 1])
def _() -> Any:
    story = Story.at_level(1)
    story.pain(0, 4, symptoms=["doming"])
    first = when(story, "E16")
    story.pain(2, 4, symptoms=["leaking"])
    return [first, when(story, "E16")]


@probe("WATCH.silent_days", [False, True])
def _() -> Any:
    found = []
    for day in (13, 14):
        story = Story()
        story.tick(day)
        found.append(story.fired("E19"))
    return found


@probe("WATCH.held_days", [False, True])
def _() -> Any:
    found = []
    for last in (20, 21):
        story = Story.at_level(1)
        for day in (0, 7, 14, last):
            story.tell("check_in", day, feeling="worse")
            if day < last:
                story.session(day + 1)
        found.append(story.fired("E22"))
    return found


@probe("WATCH.full_screen_days", [False, True])
def _() -> Any:
    story = Story.at_level(1)
    return ["full-check-due" in {r.rule for r in story.tick(day).reasons} for day in (27, 28)]


@probe("WATCH.well_days", [False, True])
def _() -> Any:
    story = Story.at_level(1)
    story.tell("pause", 0, reason="illness")
    story.tell("resume", 3)
    story.tick(4)
    first = story.program is not None
    story.tick(5)
    return [first, story.program is not None]


@probe("STEPS.red_share", 0.5)
def _() -> Any:
    # Pain that no exercise explains halves the work of the next session.
    story = Story.at_level(1)
    story.session(0, pain_during=8)
    return story.case.lighter[0].share


@probe("STEPS.most_out", [3, 3, 0])
def _() -> Any:
    # One exercise after the other sends pain down the leg: two are replaced, after the third all stops.
    story = Story.at_level(1, minutes=8)
    left = []
    for day in (0, 1, 2):
        story.session(day, exercises=[{"slug": story.slugs[-1], "leg_spread": True}])
        left.append(len(story.slugs))
    return left


@probe("DELOAD.asked_days", [True, False])
def _() -> Any:
    story = Story.at_level(1)
    story.tell("lighter_week", 0)
    return [is_deload(story.case, DAY_ONE + timedelta(days=day)) for day in (6, 7)]


@probe("WATCH.correctable_days", [[2.0], [9.0]])
def _() -> Any:
    found = []
    for day in (35, 36):
        story = Story.at_level(1)
        story.tell("pain", 0, id="a", average_pain=9)
        story.tell("pain", 0, id="b", average_pain=2)
        story.tell("pain", day, average_pain=3)
        earlier = DAY_ONE.isoformat()
        story.tell("corrected", day, of="a", on=earlier, average_pain=1)
        found.append([p.score for p in story.case.pains if p.date == DAY_ONE])
    return found


@probe("WATCH.late_days", [True, False])
def _() -> Any:
    found = []
    for day in (28, 29):
        story = Story.at_level(1)
        story.tick(day)
        story.pain(day, 9, on=DAY_ONE.isoformat())
        found.append(story.fired("E5"))
    return found


TABLES = (
    "ZONES",
    "STEPS",
    "LEVEL_UP",
    "NEXT_DAY",
    "DELOAD",
    "GAPS",
    "FLARES",
    "REINTRODUCE",
    "WATCH",
)
NUMBERS = [
    f"{table}.{item.name}" for table in TABLES for item in fields(getattr(adaptation, table))
]
# Shares move by a step that a whole set can show.
STEP = {
    "red_share": 0.1,
    "completed": 0.01,
    "work_rise": 0.01,
    "lighter_share": 0.2,
    "share": 0.2,
    "way_back_share": 0.1,
    "fall_share": 0.05,
    "peg_share": 0.05,
}


@contextmanager
def moved(name: str, by: float) -> Iterator[None]:
    table, field = name.split(".")
    row = getattr(adaptation, table)
    was = getattr(row, field)
    object.__setattr__(row, field, was + by)
    try:
        yield
    finally:
        object.__setattr__(row, field, was)


def test_every_number_of_the_tables_has_its_probe():
    assert sorted(PROBES) == sorted(NUMBERS)


@pytest.mark.parametrize("name", NUMBERS)
def test_the_number_decides_where_the_table_says(name):
    tell, expected = PROBES[name]
    assert tell() == expected


@pytest.mark.parametrize("by", [-1, 1], ids=["one step less", "one step more"])
@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_that_moves_is_seen(name, by):
    tell, expected = PROBES[name]
    with moved(name, by * STEP.get(name.split(".")[1], 1)):
        try:
            told = tell()
        except (AssertionError, IndexError, ValueError):
            told = None
    assert told != expected
