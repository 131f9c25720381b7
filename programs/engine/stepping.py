"""After a session: one step up, one back, a level up, or hold (4.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from programs.engine.case import Case, Done
from programs.engine.changing import (
    put,
    raised,
    start_counting_anew,
    step_all_back,
)
from programs.engine.feedback import has_room, next_day, suspects, verdict, zone_of
from programs.engine.progression import Room, step_up
from programs.engine.renewing import ceiling_of
from programs.engine.rising import earned_level, is_blocked, level_up, reintroduce
from programs.engine.rules import LEVELS
from programs.engine.rules.adaptation import STEPS
from programs.engine.showing import is_deload, minutes_limit, visible
from programs.engine.turn import Turn
from programs.engine.types import Reason

UP = Reason(
    "progress",
    "Three good sessions in a row, so this one goes one step up.",
    (),
    None,
    "You undo it, or it feels too hard.",
)
BACK = Reason(
    "regress",
    "Two of the last three sessions were too hard, so we take one step back.",
    (),
    None,
    "Three good sessions in a row.",
)
HELD = Reason("hold", "Some sessions were fine and some were not, so your plan stays as it is.")


def counted(case: Case) -> list[Done]:
    """The sessions since the last change of the program. After a gap of 8 days two lighter ones count for no rise."""
    return [done for done in case.sessions if done.number >= case.fresh_from]


def judge_steps(turn: Turn) -> None:
    """What the sessions so far mean. Only one of these at a time, and nothing harder after a bad sign."""
    case = turn.case
    if not case.standing or case.plan.program is None:
        return
    last = counted(case)[-STEPS.hard_of :]
    hard = [done for done in last if verdict(done) is False]
    if len(hard) >= STEPS.hard:
        if not {"level_down", "stepped"} & turn.actions:
            slugs = [s for s in suspects(hard) if s in {i.slug for i in visible(case)}]
            step_all_back(turn, slugs or [item.slug for item in visible(case)], BACK)
        return
    if turn.is_cautious or (turn.event["kind"] == "session" and not _is_whole(case)):
        return
    _rise_or_hold(turn, last)


def _is_whole(case: Case) -> bool:
    """The last session's next morning is known, so that it can be judged."""
    return bool(case.sessions) and case.sessions[-1].next_morning is not None


def _rise_or_hold(turn: Turn, last: Sequence[Done]) -> None:
    case = turn.case
    may = may_rise(case, turn)
    if may and earned_level(case, turn):
        level_up(turn)
        return
    if may and reintroduce(turn):
        return
    if len(last) < STEPS.good_in_a_row:
        return
    if all(verdict(done) and done.full and has_room(done) for done in last):
        if next_day(last[-1]) != "go":
            turn.act("hold", REPEAT)
        elif may:
            _progress(turn)
        elif case.holds:
            turn.act("hold", HELD_BACK)
    elif not all(verdict(done) for done in last):
        turn.act("hold", HELD)


REPEAT = Reason("next-day", "You were a little sorer the next day, so we repeat the same dose.")
HELD_BACK = Reason(
    "hold", "Your plan stays as it is until the next check-in.", (), None, "Your next check-in."
)


def may_rise(case: Case, turn: Turn) -> bool:
    """Nothing stands in the way: no hold, flare-up, lighter week, pause, lock, open check or permission."""
    return not (
        case.holds
        or case.flare
        or case.lighter
        or case.pause
        or case.is_locked
        or case.awaits
        or case.base.triage.ok_first == "needed"
        or case.rested
        or is_deload(case, turn.day)
    )


def room_of(case: Case, turn: Turn) -> Room:
    """15 % against the least work in force in the last seven days."""
    in_force = [
        work
        for index, work in enumerate(case.works)
        if index + 1 == len(case.works) or (turn.day - case.works[index + 1].date).days < STEPS.week
    ]
    return Room(
        min(work.moved for work in in_force),
        min(work.held for work in in_force),
        minutes_limit(case, case.level),
    )


def _progress(turn: Turn) -> None:
    """One step for up to two exercises a week, one an exercise, the one that waited longest first."""
    for slug in _candidates(turn):
        if _steps_this_week(turn.case, turn) >= STEPS.exercises_a_week:
            break
        _step(turn, slug)
    if turn.raised:
        start_counting_anew(turn)
        turn.act("progress", UP)


def _steps_this_week(case: Case, turn: Turn) -> int:
    week = {
        step.slug
        for step in case.raises
        if step.slug != "level" and (turn.day - step.date).days < STEPS.week
    }
    return len(week)


def _candidates(turn: Turn) -> list[str]:
    """Exercises that were easy in the last three sessions and were not raised this week."""
    case = turn.case
    last = {step.slug: step.date for step in case.raises}
    slugs = [item.slug for item in visible(case)]
    free = [
        slug
        for slug in slugs
        if (slug not in last or (turn.day - last[slug]).days >= STEPS.week)
        and not is_blocked(case, slug, turn)
        and _was_easy(case, slug)
    ]
    return sorted(free, key=lambda slug: (last.get(slug, case.began), slugs.index(slug)))


def _was_easy(case: Case, slug: str) -> bool:
    tried = [
        zone_of(item.pain or 0, done.before, has_caution=done.caution) == "green"
        and not item.leg_spread
        and not item.skipped
        for done in case.sessions[-STEPS.good_in_a_row :]
        for item in done.tried
        if item.slug == slug
    ]
    return all(tried)


def _step(turn: Turn, slug: str) -> None:
    case = turn.case
    items = visible(case)
    index = next(i for i, item in enumerate(items) if item.slug == slug)
    levels = (case.level, ceiling_of(case))
    before = items[index]
    # A level's rest between sets comes with its first step.
    items[index] = replace(before, rest_seconds=LEVELS[case.level].rest_seconds)
    harder = step_up(items, index, turn.library.exercise(slug), levels, room_of(case, turn))
    if harder is not None:
        put(turn, harder, UP)
        raised(turn, slug, before)
