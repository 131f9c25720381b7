"""After a session: one step up, one back, a level up, or hold (4.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from programs.engine.case import Case, Done
from programs.engine.changing import (
    add,
    ceiling_of,
    put,
    raised,
    start_counting_anew,
    step_all_back,
    take_back_in,
    usable_now,
)
from programs.engine.diary import baseline_of, week_mean
from programs.engine.feedback import has_room, next_day, suspects, verdict, zone_of
from programs.engine.progression import Room, step_up
from programs.engine.rules import LEVELS
from programs.engine.rules.adaptation import LEVEL_UP, REINTRODUCE, STEPS
from programs.engine.showing import class_of, is_deload, minutes_limit, visible
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
LEVEL_GAINED = Reason(
    "level-up",
    "Two good weeks, so you reach the next level. The steps stay small.",
    (),
    None,
    "You undo it, or it feels too hard.",
)
TRY_AGAIN = Reason(
    "reintroduce",
    "After four good weeks we try this one again: one set. See how you feel the next day.",
    (),
    "R61",
    "You undo it, or it bothers you.",
)


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
    if may and _earned_level(case, turn):
        _level_up(turn)
        return
    if may and _reintroduce(turn):
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


def _is_blocked(case: Case, slug: str, turn: Turn) -> bool:
    return any(item.slug == slug and item.until > turn.day for item in case.blocked)


def _earned_level(case: Case, turn: Turn) -> bool:
    """LEVEL UP: two weeks, four of the last five sessions, pain not above baseline, no flare in 14 days."""
    at_level = (turn.day - case.level_since).days
    last = [done for done in case.sessions if done.level == case.level][-LEVEL_UP.of :]
    mean = week_mean(case, turn.day)
    if mean is None:
        mean = week_mean(case, turn.day, told_only=False)
    calm = all(
        (turn.day - (item.ended or turn.day)).days > LEVEL_UP.no_flare_days
        and (turn.day - item.peak).days > LEVEL_UP.no_flare_days
        for item in case.flares
    )
    return (
        case.level < ceiling_of(case)
        and case.level < max(LEVELS)
        and at_level >= LEVEL_UP.days_at_level
        and len(last) >= LEVEL_UP.of
        and sum(verdict(done) is True for done in last) >= LEVEL_UP.good
        and mean is not None
        and mean <= baseline_of(case)
        and calm
        and not _is_blocked(case, "level", turn)
    )


def _level_up(turn: Turn) -> None:
    """Raises the ceiling only; doses climb by the ordinary steps (decision 26)."""
    turn.set(level=turn.case.level + 1, level_since=turn.day)
    start_counting_anew(turn)
    raised(turn, "level", None)
    turn.why["level"] = LEVEL_GAINED
    turn.act("level_up", LEVEL_GAINED)


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
        and not _is_blocked(case, slug, turn)
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


def _reintroduce(turn: Turn) -> bool:
    """After four good weeks one exercise that was left out is tried again, if no condition bars it."""
    case = turn.case
    if not _good_weeks(case, turn):
        return False
    usable = usable_now(turn)
    for out in case.out:
        if out.slug in usable and out.rule in ("E13", "undo") and out.until is None:
            take_back_in(turn, out.slug, TRY_AGAIN)
            return _tried_again(turn, out.slug)
    inside = {item.slug for item in case.standing}
    for slug, item in usable.items():
        # Long still stretches are what a plan for control leaves out at first.
        if (
            slug not in inside
            and class_of(case.base) == "stability"
            and item.spec.kind == "stretch"
        ):
            add(turn, item, TRY_AGAIN)
            return _tried_again(turn, slug)
    return False


def _tried_again(turn: Turn, slug: str) -> bool:
    raised(turn, slug, None)
    start_counting_anew(turn)
    turn.act("progress", TRY_AGAIN, slug)
    return True


def _good_weeks(case: Case, turn: Turn) -> bool:
    """Each of the last four weeks had a session, and none of them went badly; no flare-up either."""
    days = 7 * REINTRODUCE.weeks
    if (turn.day - case.began).days < days or any(
        (turn.day - step.date).days < days and step.before is None and step.slug != "level"
        for step in case.raises
    ):
        return False
    recent = [done for done in case.sessions if (turn.day - done.date).days < days]
    weeks = [(turn.day - done.date).days // 7 for done in recent]
    enough = all(
        weeks.count(week) >= REINTRODUCE.sessions_a_week for week in range(REINTRODUCE.weeks)
    )
    calm = all((turn.day - (item.ended or turn.day)).days >= days for item in case.flares)
    return enough and calm and all(verdict(done) is not False for done in recent)
