"""Time away: 1–7 days go on, 8–14 lighter, 15–28 one level down, more: start again (4.4)."""

from __future__ import annotations

from datetime import date

from programs.engine.case import Case, Lighter
from programs.engine.changing import level_down, start_counting_anew, to_level
from programs.engine.plan import FULL_SCREEN_AFTER_DAYS
from programs.engine.renewing import restart_level
from programs.engine.rules.adaptation import GAPS
from programs.engine.turn import Turn
from programs.engine.types import Reason

PICK_UP = "Picking it up again is what counts."


def days_away(case: Case, day: date) -> int:
    """Days since the last session, or since the program began."""
    return (day - (case.last_session or case.began)).days


def _days_away(turn: Turn) -> int:
    """As ``days_away``; a session that is told late, of a day in between, parts the time away in two."""
    days = days_away(turn.case, turn.day)
    if turn.event["kind"] == "session" and turn.is_late:
        ago = (turn.day - turn.on).days
        return max(min(ago, days), days - ago)
    return days


def stage_of(days: int) -> int:
    """0 goes on, 1 lighter, 2 one level down, 3 start again."""
    if days > GAPS.restart_after:
        return 3
    if days >= GAPS.down_from:
        return 2
    return 1 if days >= GAPS.lighter_from else 0


def gap_passes(turn: Turn) -> None:
    """Takes each stage of time away once, whether or not the person has come back yet."""
    case, days = turn.case, _days_away(turn)
    if not case.standing:
        return
    stage = stage_of(days)
    if days > FULL_SCREEN_AFTER_DAYS and not _just_screened(case):
        turn.set(awaits="gap")
    for step in range(case.gap_stage + 1, stage + 1):
        # Only the strictest stage says something: the milder ones on the way are part of it.
        _take(turn, step, days, is_last=step == stage)
    if stage > case.gap_stage:
        turn.set(gap_stage=stage)


def _just_screened(case: Case) -> bool:
    """A full check since the last session, at most two weeks ago."""
    last = case.last_session or case.began
    return (
        case.screened is not None
        and case.screened > last
        and ((case.today - case.screened).days <= FULL_SCREEN_AFTER_DAYS)
    )


def _take(turn: Turn, stage: int, days: int, *, is_last: bool) -> None:
    case = turn.case
    because = (f"days_since_last_session={days}",)
    others = tuple(item for item in case.lighter if item.rule != "gap-8-14")
    if stage == 1 and is_last:
        reason = Reason("gap-8-14", f"{PICK_UP} Two sessions are a bit shorter.", because)
        turn.set(lighter=(*others, Lighter("gap-8-14", GAPS.share, GAPS.sessions, turn.day)))
        turn.act("regress", reason)
        turn.act("hold")
    if stage == 2 and case.flare is None:
        reason = Reason("gap-15-28", f"{PICK_UP} We go one level down.", because)
        turn.set(lighter=others)
        level_down(turn, reason)
    if stage >= 2:
        turn.act("hold")
    if stage == 3:
        reason = Reason("gap-over-28", f"{PICK_UP} We start again gently.", because)
        target = min(turn.case.level, restart_level(turn))
        if target < turn.case.level:
            to_level(turn, target, reason)
            turn.actions.add("level_down")
        else:
            turn.say(reason)
            start_counting_anew(turn)


def come_back(turn: Turn) -> None:
    """The event of coming back says how it goes on."""
    days = days_away(turn.case, turn.day)
    if stage_of(days) == 0:
        turn.say(Reason("gap-1-7", f"{PICK_UP} Go on as planned.", (f"days={days}",)))
    if turn.case.awaits:
        turn.say(Reason("rescreen-after-gap", "Please go through the safety check first."))
