"""The next level, and one exercise that was left out tried again (4.4; section 3.3)."""

from __future__ import annotations

from programs.engine.case import Case
from programs.engine.changing import add, raised, start_counting_anew, take_back_in
from programs.engine.diary import baseline_of, week_mean
from programs.engine.feedback import verdict
from programs.engine.renewing import ceiling_of, usable_now
from programs.engine.rules import LEVELS
from programs.engine.rules.adaptation import LEVEL_UP, REINTRODUCE
from programs.engine.showing import class_of
from programs.engine.turn import Turn
from programs.engine.types import Reason

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


def is_blocked(case: Case, slug: str, turn: Turn) -> bool:
    return any(item.slug == slug and item.until > turn.day for item in case.blocked)


def earned_level(case: Case, turn: Turn) -> bool:
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
        # Not on the morning after the one that went badly.
        and verdict(last[-1]) is True
        and mean is not None
        and mean <= baseline_of(case)
        and calm
        and not is_blocked(case, "level", turn)
    )


def level_up(turn: Turn) -> None:
    """Raises the ceiling only; doses climb by the ordinary steps (decision 26)."""
    turn.set(level=turn.case.level + 1, level_since=turn.day)
    start_counting_anew(turn)
    raised(turn, "level", None)
    turn.why["level"] = LEVEL_GAINED
    turn.act("level_up", LEVEL_GAINED)


def reintroduce(turn: Turn) -> bool:
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
