"""The weekly check-in: what it ends, what it changes, one suggestion for what got in the way, and E22."""

from __future__ import annotations

from typing import Any

from programs.engine.alerting import alert, end_holds
from programs.engine.case import Case, CheckIn, Hold
from programs.engine.changing import step_all_back
from programs.engine.renewing import make_anew
from programs.engine.rules.adaptation import WATCH
from programs.engine.showing import visible
from programs.engine.stepping import HELD_BACK
from programs.engine.turn import ORDER, Turn
from programs.engine.types import Reason

KEPT = 60
# One suggestion for each thing that can get in the way.
SUGGESTIONS: dict[str, str] = {
    "time": "Short on time? A session of five to eight minutes counts too. Pick it on today's page.",
    "pain": "Sore days are part of it. Take the easier version, or start with a short walk.",
    "forgot": "Tie it to something you do each day: after breakfast, in the same place.",
    "too_hard": "We made your sessions a bit easier. Small and steady works.",
    "too_easy": "Good to hear. Three good sessions in a row bring the next step.",
    "bored": "Swap one exercise for another of the same kind. Your plan page shows which fit.",
    "unsure": "Not sure how it goes? Open the exercise, watch the moving figure, and start small.",
    "other": "Write to your therapist what got in the way, or pick other days.",
}
WORSE = Reason(
    "check-in-worse",
    "You feel worse than last week, so nothing gets harder until the next check-in.",
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
    """Holds of before today end here; what is still true holds again. A wish for 2 or 3 sessions counts."""
    end_holds(turn, made_before_today=True)
    if turn.event.get("feeling") == "worse":
        turn.set(holds=(*turn.case.holds, Hold("check-in-worse", turn.day)))
        turn.act("hold", WORSE)
    wanted = turn.event.get("sessions_wanted")
    if wanted is not None and wanted != turn.case.answers.get("sessions_wanted"):
        answers: dict[str, Any] = {**turn.case.answers, "sessions_wanted": int(wanted)}
        reason = Reason("sessions-wanted", f"You asked for {int(wanted)} sessions a week.")
        make_anew(turn, reason, answers=answers)


def finish_check_in(turn: Turn) -> None:
    """The suggestion, and whether the plan was held once more."""
    barrier = turn.event.get("barrier")
    if barrier == "too_hard" and not set(ORDER[:6]) & turn.actions and turn.case.standing:
        step_all_back(turn, [item.slug for item in visible(turn.case)], TOO_HARD)
    if barrier in SUGGESTIONS:
        turn.reasons.append(Reason(f"barrier-{barrier}", SUGGESTIONS[barrier]))
    if turn.case.holds and not turn.actions:
        turn.act("hold", HELD_BACK)
    _notice_long_hold(turn)


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
