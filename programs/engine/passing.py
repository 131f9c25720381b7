"""What time alone brings, worked out with every event and by ``tick``; twice on a day is the same as once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from programs.engine.case import Case, Lock, Work
from programs.engine.changing import take_back_in
from programs.engine.conditions import active_conditions, direction_of
from programs.engine.dials import end_pause
from programs.engine.diary import pain_on, settle_baseline
from programs.engine.facts import facts_now
from programs.engine.flare import flare_passes
from programs.engine.gaps import gap_passes
from programs.engine.progression import work_of
from programs.engine.renewing import make_anew
from programs.engine.rules.adaptation import WATCH
from programs.engine.rules.escalations import escalation_of
from programs.engine.showing import is_deload
from programs.engine.turn import Turn
from programs.engine.types import Level, Reason
from programs.engine.watching import silence
from programs.engine.words import DELOAD_WEEK

BACK_IN = Reason(
    "back-again", "It had its week of rest. It comes back with one set, to see how it feels."
)
LOOKED_AT = Reason(
    "back-again",
    "A professional has looked at it. It comes back with one set, to see how it feels.",
)
CALENDAR = Reason("calendar", "Time has passed, so we looked again at what fits you.")
FED_BACK = Reason("fed-back", "What your diary says changed what fits you now.")
FULL_CHECK_DUE = Reason("full-check-due", "It is time for the full safety check again.")


def started(case: Case) -> Case:
    """A case as it begins: the locks of its first answers, and the work of its first week."""
    locks = tuple(
        Lock(
            item.reason.rule,
            escalation_of(item.reason.rule, item.level),
            int(item.level),
            item.within or "same_day",
            item.reason.text,
            case.began,
            None,
        )
        for item in case.base.triage.findings
        if item.level >= Level.URGENT
    )
    works = tuple(Work(case.began, *work_of(case.standing)) for _ in range(1) if case.standing)
    return replace(case, locks=locks, works=works)


def time_passes(turn: Turn, since: date) -> None:
    """Breaks that end, exercises that come back, time away, conditions with a date, and silence (E19).

    ``since`` is the day of the event before. A lighter week explains the change where it begins, and
    not what happens within it: a pause in such a week is no lighter week.
    """
    _pause_passes(turn)
    settle_baseline(turn)
    _conditions_pass(turn, CALENDAR)
    flare_passes(turn)
    gap_passes(turn)
    outs_pass(turn)
    silence(turn)
    if is_deload(turn.case, turn.day) and not is_deload(turn.case, since):
        turn.why.setdefault("*", DELOAD_WEEK)
    due = turn.case.screened or turn.case.began
    if turn.event["kind"] in ("tick", "check_in") and (
        (turn.day - due).days >= WATCH.full_screen_days
    ):
        turn.reasons.append(FULL_CHECK_DUE)


def diary_passes(turn: Turn) -> None:
    """What the diary feeds back into the answers, and the way out of a pause."""
    if "average_pain" in turn.event:
        _conditions_pass(turn, FED_BACK)
    _calm_days(turn)


def _pause_passes(turn: Turn) -> None:
    now = turn.case.pause
    if now and now.until is not None and now.until <= turn.day:
        end_pause(turn)


def _calm_days(turn: Turn) -> None:
    """E5 and E6 end with two entries of 7 or less on different days and a clear check."""
    now = turn.case.pause
    if now is None or now.rule not in ("E5", "E6"):
        return
    pain = pain_on(turn.case, turn.on)
    if "average_pain" in turn.event and pain is not None and turn.on > now.since:
        calm = set(now.calm_days) - {turn.on}
        if pain.score <= WATCH.paused_until_at_most:
            calm.add(turn.on)
        now = replace(now, calm_days=tuple(sorted(calm)))
        turn.set(pause=now)
    if now.screened and len(now.calm_days) >= WATCH.calm_entries:
        end_pause(turn)


def _conditions_pass(turn: Turn, reason: Reason) -> None:
    """Fits the plan anew where the calendar or the diary switched a condition on or off."""
    case = turn.case
    intake = facts_now(case, turn.day)
    active = active_conditions(intake, direction_of(intake).direction)
    expired = any(
        item.until < turn.day and item.until >= case.overrides_seen for item in case.overrides
    )
    if tuple(active) != case.base.active_conditions or expired:
        turn.set(overrides_seen=turn.day)
        make_anew(turn, reason)
        turn.say(reason)


def outs_pass(turn: Turn) -> None:
    """What was left out for a time comes back with a first set, and what somebody has looked at."""
    case = turn.case
    # Nothing is added in a flare-up, a pause, a lock or a hold: it comes back after that.
    waits = case.flare or case.pause or case.is_locked or case.holds
    for out in () if waits else case.out:
        if out.until is not None and out.until <= turn.day:
            take_back_in(turn, out.slug, BACK_IN if out.rule == "next-day" else LOOKED_AT)
    rested = tuple(
        item for item in turn.case.rested if (turn.day - item.since).days < WATCH.mean_days
    )
    if rested != turn.case.rested:
        turn.set(rested=rested)
