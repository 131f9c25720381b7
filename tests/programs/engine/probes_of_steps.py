"""Zones of pain, steps, levels and the next day, each number just below, at and just above."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from programs.engine import zone_of
from programs.engine.feedback import done_from, verdict
from programs.engine.progression import Room
from tests.programs.engine.probes import probe
from tests.programs.engine.story import GOOD, Story


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
