"""The weekly check-in: what it ends, what it changes, one suggestion for what got in the way, and E22."""

from __future__ import annotations

from typing import Any

from programs.engine.alerting import alert, end_holds
from programs.engine.case import Case, CheckIn, Hold
from programs.engine.changing import step_all_back
from programs.engine.differences import WHOLE
from programs.engine.dosage import MINI_BELOW_MINUTES
from programs.engine.feedback import has_room, verdict
from programs.engine.renewing import make_anew
from programs.engine.rules import LEVELS
from programs.engine.rules.adaptation import STEPS, WATCH
from programs.engine.showing import visible
from programs.engine.stepping import HELD_BACK, counted, may_rise
from programs.engine.turn import ORDER, Turn
from programs.engine.types import Reason

KEPT = 60
# One suggestion for each thing that can get in the way.
SUGGESTIONS: dict[str, str] = {
    "time": "Short on time? A session of five to eight minutes counts too.",
    "pain": "Sore days are part of it. Take the easier way, or start with a short walk.",
    "forgot": "Tie it to something you do each day: after breakfast, in the same place.",
    "too_hard": "We made your sessions a bit easier. Small and steady works.",
    "too_easy": "Good to hear. Tell us the effort after each session: that brings the next step.",
    "bored": "Swap one exercise for another of the same kind.",
    "unsure": "Not sure how it goes? Watch the moving figure, and start small.",
    "other": "Pick the days that are easiest. One small session is better than none.",
}
# Shorter sessions, one notch at a time; the last is a mini-session of five to eight minutes.
NOTCHES = (20, 15, 10, 7)
WORSE = Reason(
    "check-in-worse",
    "You feel worse than last week, so nothing gets harder until the next check-in.",
    (),
    None,
    "Your next check-in.",
)
SORE = Reason(
    "check-in-pain",
    "Pain got in the way, so nothing gets harder until the next check-in.",
    (),
    None,
    "Your next check-in.",
)
TOO_HARD = Reason(
    "regress",
    "You told us that it was too hard, so we take one step back.",
    (),
    None,
    "Three good sessions in a row.",
)


def begin_check_in(turn: Turn) -> None:
    """Holds of before today end here; what is still true holds again. Wishes and short weeks count."""
    end_holds(turn, made_before_today=True)
    if turn.event.get("feeling") == "worse":
        _hold(turn, WORSE)
    elif turn.event.get("barrier") == "pain":
        _hold(turn, SORE)
    wanted = turn.event.get("sessions_wanted")
    if wanted is not None and wanted != turn.case.answers.get("sessions_wanted"):
        answers: dict[str, Any] = {**turn.case.answers, "sessions_wanted": int(wanted)}
        reason = Reason("sessions-wanted", f"You asked for {int(wanted)} sessions a week.")
        make_anew(turn, reason, answers=answers)
        turn.why[WHOLE] = reason
    if turn.event.get("barrier") == "time":
        _shorten(turn)


def _hold(turn: Turn, reason: Reason) -> None:
    turn.set(holds=(*turn.case.holds, Hold(reason.rule, turn.day)))
    turn.act("hold", reason)


def _shorten(turn: Turn) -> None:
    """Short on time: sessions one notch shorter. Nothing is below the shortest."""
    program = turn.case.plan.program
    if program is None:
        return
    offered = int(turn.case.answers["minutes"])
    now = min(offered, LEVELS[turn.case.level].minutes)
    shorter = next((notch for notch in NOTCHES if notch < now and notch < program.minutes), None)
    if shorter is None:
        return
    about = "five to eight" if shorter < MINI_BELOW_MINUTES else str(shorter)
    text = f"You were short on time, so a session takes {about} minutes at most now."
    reason = Reason(
        "check-in-time", text, (f"minutes={offered}",), None, "You choose more minutes."
    )
    make_anew(turn, reason, answers={**turn.case.answers, "minutes": shorter})
    turn.why["*"] = reason
    turn.say(reason)


def finish_check_in(turn: Turn) -> None:
    """The suggestion, and whether the plan was held once more."""
    barrier = turn.event.get("barrier")
    if barrier == "too_hard" and not set(ORDER[:6]) & turn.actions and turn.case.standing:
        step_all_back(turn, [item.slug for item in visible(turn.case)], TOO_HARD)
    if barrier == "too_easy":
        _say_what_is_missing(turn)
    if barrier in SUGGESTIONS:
        turn.reasons.append(Reason(f"barrier-{barrier}", SUGGESTIONS[barrier]))
    if turn.case.holds and not turn.actions:
        turn.act("hold", HELD_BACK)
    _notice_long_hold(turn)


def _say_what_is_missing(turn: Turn) -> None:
    """Too easy: how many good sessions with effort to spare are still to come before a step."""
    if {"progress", "level_up"} & turn.actions or not may_rise(turn.case, turn):
        return
    good = 0
    for done in reversed(counted(turn.case)):
        if not (verdict(done) and done.full and has_room(done)):
            break
        good += 1
    left = max(1, STEPS.good_in_a_row - good)
    more = "One more good session" if left == 1 else f"{left} good sessions in a row"
    text = f"{more} with effort to spare, and the next step comes."
    turn.say(Reason("check-in-easy", text))


def _notice_long_hold(turn: Turn) -> None:
    """E22: every check-in of 21 days ended in hold, and nothing was raised meanwhile (decisions 28, 38)."""
    strongest = next((action for action in ORDER if action in turn.actions), "none")
    held = strongest == "hold"
    turn.set(check_ins=(*turn.case.check_ins[-KEPT:], CheckIn(turn.day, held)))
    if held and days_held(turn.case) >= WATCH.held_days:
        alert(turn, "E22")


def days_held(case: Case) -> int:
    """Days from the first to the last check-in of the run that ended in hold."""
    last_step = case.raises[-1].date if case.raises else None
    run: list[CheckIn] = []
    for item in reversed(case.check_ins):
        if not item.held or (last_step is not None and item.date < last_step):
            break
        run.append(item)
    return (run[0].date - run[-1].date).days if run else 0
