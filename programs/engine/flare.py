"""Flare-ups: noticed or told, three calm days, the way back, and when there were too many (4.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from programs.engine.alerting import alert, hold
from programs.engine.case import Case, Flare, Noted, Pain
from programs.engine.changing import level_down
from programs.engine.diary import days_noted, pain_on, usual_pain
from programs.engine.rules.adaptation import FLARES, WATCH
from programs.engine.showing import is_calm
from programs.engine.turn import Turn
from programs.engine.types import Reason

STARTED = Reason(
    "flare",
    "A flare-up is common and no sign of harm. For three days do only three easy moves and short walks.",
    (),
    "R2",
    "Two calm sessions, or 14 days after the worst day.",
)
STEP_DOWN = Reason(
    "flare-way-back",
    "After the calm days you come back one level down, in short sessions.",
    (),
    None,
    "Good sessions, one after another.",
)


def hear_flare(turn: Turn) -> None:
    """Starts the plan where a flare-up shows or is told, and follows its worst day."""
    case, event = turn.case, turn.event
    is_now = (turn.day - turn.on).days < FLARES.calm_days
    is_told = event["kind"] == "flare" or (is_now and event.get("cannot_do_daily_tasks"))
    if case.flare is not None:
        _follow(turn, case.flare)
    elif is_told or is_flaring(case, turn.day, is_told="average_pain" in event):
        start_flare(turn)


def is_flaring(case: Case, day: date, *, is_told: bool = False) -> bool:
    """Average pain 2 or more above the 4-week mean on two days, and the last flare-up had settled.

    The second is today, or one of the last days that is told of only now.
    """
    told = [item for item in case.pains if item.told]
    if len(told) < FLARES.days:
        return False
    ago = (day - told[-1].date).days
    if ago > (FLARES.days_apart if is_told else 0):
        return False
    last = told[-FLARES.days :]
    apart = (last[-1].date - last[0].date).days
    usual = usual_pain(case, last[0].date)
    high = all(item.score >= usual + FLARES.rise for item in last)
    return high and apart <= FLARES.days_apart and _had_settled(case, told)


def _had_settled(case: Case, told: list[Pain]) -> bool:
    before = case.flares[-1] if case.flares else None
    return before is None or any(
        item.date > before.peak and item.score < before.usual + FLARES.rise for item in told
    )


def start_flare(turn: Turn) -> None:
    """The calm plan now, one level down for the way back. One flare-up at a time."""
    case, day = turn.case, turn.day
    if case.flare is not None or case.is_locked:
        return
    program = case.plan.program
    usual = usual_pain(case, day)
    at = pain_on(case, turn.on)
    today = at.score if at and at.told else usual
    flare = Flare(
        start=day,
        peak=day,
        worst=max(today, usual),
        usual=usual,
        minutes=program.minutes if program else int(case.answers["minutes"]),
        sessions=0,
        ended=None,
    )
    turn.set(flares=(*case.flares[-10:], flare))
    turn.act("flare_plan", STARTED)
    if case.level > 0:
        level_down(turn, STEP_DOWN)
    recent = sum((day - item.start).days <= FLARES.too_many_days for item in turn.case.flares)
    if recent >= FLARES.too_many:
        alert(turn, "E14")
        hold(turn, "E14")


def _follow(turn: Turn, flare: Flare) -> None:
    """A worse day begins the calm days anew, counted from that day."""
    today = turn.event.get("average_pain", 0)
    if today > flare.worst and turn.on >= flare.start:
        _put(turn, replace(flare, peak=max(flare.peak, turn.on), worst=today))
        turn.act("flare_plan", STARTED)


def _put(turn: Turn, flare: Flare) -> None:
    turn.set(flares=(*turn.case.flares[:-1], flare))


def count_way_back(turn: Turn) -> None:
    """A session done after the calm days counts for the way back; two end it."""
    flare = turn.case.flare
    if flare is None or turn.on < flare.start or is_calm(turn.case, turn.on):
        return
    sessions = flare.sessions + 1
    is_over = sessions >= FLARES.way_back_sessions
    _put(turn, replace(flare, sessions=sessions, ended=turn.day if is_over else None))
    if is_over:
        turn.say(OVER)


def flare_passes(turn: Turn) -> None:
    """What time brings: the alert where it has not settled in two weeks, and the end after 14 days."""
    _not_settled(turn)
    flare = turn.case.flare
    if flare is None:
        return
    if (turn.day - flare.peak).days >= FLARES.way_back_days:
        _put(turn, replace(flare, ended=turn.day))
        turn.say(OVER)
    elif not is_calm(turn.case, turn.day):
        turn.why.setdefault("*", STEP_DOWN)


def _not_settled(turn: Turn) -> None:
    """Once for each flare-up, in the third week, also where two sessions have ended its way back."""
    case = turn.case
    if not case.flares:
        return
    last = case.flares[-1]
    days = (turn.day - last.start).days
    is_due = FLARES.not_settled_days <= days < FLARES.not_settled_days + WATCH.mean_days
    if is_due and not days_noted(case, UNSETTLED, turn.day, days) and _still_high(case, last, turn):
        turn.set(notes=(*case.notes, Noted(turn.day, UNSETTLED)))
        alert(turn, "flare-not-settled")


UNSETTLED = "acted-flare-not-settled"


OVER = Reason(
    "flare-over",
    "Your flare-up is behind you. You regain your old level step by step. Please do the full check soon.",
)


def _still_high(case: Case, flare: Flare, turn: Turn) -> bool:
    days = WATCH.mean_days
    last = [p.score for p in case.pains if p.told and 0 <= (turn.day - p.date).days <= days]
    return bool(last) and sum(last) / len(last) >= flare.usual + FLARES.rise
