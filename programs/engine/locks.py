"""Warning signs in the diary, the locks that they close, and the records that open them again (E1–E3).

A lock opens only by a recorded assessment that names its rule, and a full check after it. The person's
own record lifts URGENT only. Another answer, however harmless, lifts nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from programs.engine.alerting import alert, close_alerts, end_holds, reason_of
from programs.engine.case import Case, Lock
from programs.engine.conditions import conditions_so_far
from programs.engine.facts import facts_now
from programs.engine.red_flags import Person
from programs.engine.renewing import make_anew
from programs.engine.rules.adaptation import FULL_SCREEN, SHORT_SCREEN, SIX_LINES
from programs.engine.rules.escalations import (
    EMERGENCY_TEXT,
    MATERNITY_TEXT,
    STOPPING,
    TOLD_IN_SESSION,
    URGENT_TEXT,
    escalation_of,
)
from programs.engine.screening import triage
from programs.engine.turn import Turn
from programs.engine.types import Finding, Level, Reason

WHEN = {"now": "now", "same_day": "today", "within_days": "in the next few days"}
PREGNANT = frozenset({"pregnancy_t1", "pregnancy_t2t3"})
WEAK_LEG = ("one_leg_new_or_worse", "both_legs_or_rapid", "old_stable_assessed", "not_sure")


def stops_of(case: Case, answers: Mapping[str, Any], day: Any) -> list[Finding]:
    """The answers that stop a program, as if nothing had been assessed."""
    bare = {key: value for key, value in answers.items() if key != "assessments"}
    found = triage(facts_now(replace(case, answers=bare), day)).findings
    return [item for item in found if item.level >= Level.URGENT]


def hear_screening(turn: Turn) -> None:
    """Takes the answers over, triages at once, and locks where one of them stops the program."""
    given = turn.event.get("screening")
    if given is None:
        if turn.event.get("none_new"):
            hear_none_new(turn)
        return
    screening = {**turn.case.answers.get("screening", {}), **given}
    hear_answers(turn, {**turn.case.answers, "screening": screening}, frozenset(given))


def hear_none_new(turn: Turn) -> None:
    """None of the six signs is new: what was told of them before stays as it was, whatever it was."""
    known = turn.case.answers.get("screening", {})
    _screened(turn, SIX_LINES & frozenset(known))


def hear_answers(turn: Turn, answers: dict[str, Any], given: frozenset[str]) -> None:
    """Answers in place of those before; ``given`` are the questions of the check that were asked now."""
    case, day = turn.case, turn.day
    if answers == case.answers and case.base.triage.level < Level.URGENT:
        # The same answers as before: a check that changes nothing.
        _screened(turn, given)
        return
    before = {(item.reason.rule, item.reason.because) for item in stops_of(case, case.answers, day)}
    if "rf18_weeks" in given:
        turn.set(told_weeks=day)
    new = {
        item.reason.rule
        for item in stops_of(turn.case, answers, day)
        if (item.reason.rule, item.reason.because) not in before
    }
    if new:
        answers = {**answers, "assessments": _without(answers.get("assessments", ()), new)}
    if answers != case.answers:
        told_before = conditions_so_far(Person.of(facts_now(case, day)))
        make_anew(turn, ANSWERED, answers=answers, caps_new_conditions=True)
        _e18_new_in_answers(turn, set(told_before))
    for finding in turn.case.base.triage.findings:
        if finding.level >= Level.URGENT:
            lock_for(turn, finding)
    _screened(turn, given)


def _e18_new_in_answers(turn: Turn, before: set[str]) -> None:
    """E18: answers that name a condition, an operation or a pregnancy for the first time."""
    told = set(conditions_so_far(Person.of(facts_now(turn.case, turn.day))))
    if before & PREGNANT:
        told -= PREGNANT  # the weeks went on
    if new := sorted(told - before):
        alert(turn, "E18", detail=", ".join(new))
        turn.say(reason_of("E18"))


def _screened(turn: Turn, given: frozenset[str]) -> None:
    """What a check opens: a full one what waited for it, a short one the way out of a pause."""
    _full_check(turn, given)
    if turn.case.pause and given >= SHORT_SCREEN and _is_clear(turn.case):
        turn.set(pause=replace(turn.case.pause, screened=True))
    locks = (Level(lock.level) for lock in open_locks(turn.case))
    turn.triage = max(turn.case.base.triage.level, *locks, Level.CLEAR).key


ANSWERED = Reason("screening", "Your answers to the safety check changed your plan.")


def _is_clear(case: Case) -> bool:
    triage_now = case.base.triage
    return triage_now.level < Level.URGENT and not triage_now.not_cleared and not open_locks(case)


def open_locks(case: Case) -> list[Lock]:
    return [lock for lock in case.locks if lock.lifted is None]


def _without(records: Any, rules: set[str]) -> list[dict[str, Any]]:
    """The records without these rules: a sign that comes anew was not what they looked at."""
    kept = []
    for record in records:
        lifts = [rule for rule in record["lifts"] if rule not in rules]
        if lifts:
            kept.append({**record, "lifts": lifts})
    return kept


def _full_check(turn: Turn, given: frozenset[str]) -> None:
    """A full check: lifted locks go, and what a gap or a new condition waited for is done."""
    case = turn.case
    if not given >= FULL_SCREEN:
        return
    turn.set(screened=turn.day)
    if not _is_clear(case):
        return
    turn.set(locks=(), awaits="")


def lock_for(turn: Turn, finding: Finding) -> None:
    """Locks for one finding, with the alert of its rule."""
    rule = finding.reason.rule
    escalation = escalation_of(rule, finding.level)
    lock(turn, rule, escalation, finding.level, finding.within or "same_day", finding.reason.text)


def lock(
    turn: Turn,
    rule: str,
    escalation: str,
    level: Level,
    within: str,
    text: str,
    *,
    priority: str | None = None,
) -> None:
    """Stops the program until a professional's check is on record. Twice is the same lock.

    Without a ``priority`` the alert's goes by how soon somebody must look; E1 and E2 have one each.
    """
    known = next((item for item in turn.case.locks if item.rule == rule), None)
    if known and known.lifted is None and known.level >= level:
        turn.triage = Level(max(known.level, level)).key
        return
    others = tuple(item for item in turn.case.locks if item.rule != rule)
    new = Lock(rule, escalation, int(level), within, text, turn.day, None)
    turn.set(locks=(*others, new))
    is_maternal = rule == "E16" or (rule == "RF18" and level == Level.EMERGENCY)
    told = MATERNITY_TEXT if is_maternal else _told(level, within)
    turn.act("lock", Reason(rule, text, (), None, "A professional's check that is on record."))
    urgent = level == Level.EMERGENCY or within in ("now", "same_day") or escalation in ("E1", "E2")
    priority = priority or ("P1" if urgent else "P2")
    detail = f"{rule}: {text.rstrip('.')}"
    alert(turn, escalation, priority=priority, detail=detail, patient=told, program="lock")
    highest = max(Level(item.level) for item in open_locks(turn.case))
    turn.triage = highest.key


def _told(level: Level, within: str) -> str:
    if level == Level.EMERGENCY:
        return EMERGENCY_TEXT
    return URGENT_TEXT.format(when=WHEN[within])


def hear_symptoms(turn: Turn) -> None:
    """E15: chest signs, breathlessness and fainting are an emergency; dizziness is seen the same day.

    What a button of a session names (E2, E15, E16) is seen the same day too, and told at once.
    """
    for symptom in turn.event.get("symptoms", ()):
        if told := TOLD_IN_SESSION.get(symptom):
            _hear_button(turn, *told)
        level = STOPPING.get(symptom)
        if level == "emergency":
            text = "You told us about chest signs, trouble breathing or fainting."
            lock(turn, "E15", "E15", Level.EMERGENCY, "now", text)
        elif level == "urgent":
            text = "You got dizzy."
            lock(turn, "E15", "E15", Level.URGENT, "same_day", text, priority="P2")


def _hear_button(turn: Turn, rule: str, text: str) -> None:
    """Beside a lock of the same rule, such as dizziness, the new sign is told too, and at once (P1)."""
    known = next((item for item in open_locks(turn.case) if item.rule == rule), None)
    if known and text not in known.text:
        others = tuple(item for item in turn.case.locks if item.rule != rule)
        turn.set(locks=(*others, replace(known, text=f"{known.text} {text}")))
    lock(turn, rule, rule, Level.URGENT, "same_day", text)
    detail = f"{rule}: {text.rstrip('.')}"
    alert(turn, rule, priority="P1", detail=detail, program="lock")


def hear_weak_leg(turn: Turn) -> None:
    """E2: symptoms further down the leg in somebody whose leg is weak, even if that is old."""
    weak = turn.case.answers.get("screening", {}).get("rf3_weakness") in WEAK_LEG
    if weak and turn.event.get("leg_symptoms_moved") == "further_down":
        text = "You told us about a weak leg, and about symptoms further down."
        lock(turn, "E2", "E2", Level.URGENT, "same_day", text)


def hear_assessed(turn: Turn) -> None:
    """A record: lifts the locks that it names, closes their alerts, ends holds and pauses, may permit."""
    event, case = turn.event, turn.case
    by, kind = event.get("by", "doctor"), event.get("record", "assessment")
    named = set(event.get("lifts", ()))
    lifted = [item for item in open_locks(case) if _lifts(item, named, by)]
    records = [*case.answers.get("assessments", ())]
    rules = sorted(named | {item.rule for item in lifted})
    if rules:
        records.append({"by": by, "date": turn.day.isoformat(), "lifts": rules})
    answers = {**case.answers, "assessments": records}
    if kind == "permission" and by != "self":
        answers["clearances"] = sorted({*answers.get("clearances", ()), by})
    locks = tuple(replace(item, lifted=turn.day) if item in lifted else item for item in case.locks)
    turn.set(locks=locks, awaits="lock" if lifted else case.awaits)
    if by != "self":
        close_alerts(turn, named | {item.escalation for item in lifted})
        looked_at(turn, named)
        turn.set(released=tuple(sorted({*case.released, *(named & {"ceiling"})})))
        _give_back(turn, named)
        end_holds(turn, made_before_today=False)
    if (
        case.pause
        and case.pause.rule in ("E5", "E6")
        and (case.pause.rule in named or kind == "contact" or by != "self")
    ):
        turn.set(pause=None)
    if "baseline_average_pain" in event and by == "therapist":
        turn.set(baseline=float(event["baseline_average_pain"]))
    make_anew(turn, ASSESSED, answers=answers)


def looked_at(turn: Turn, rules: set[str]) -> None:
    """What an entry told and a professional has looked at: from now on the person's answers decide."""
    fall = {"falls_or_unsteady"} if "E17" in rules else set()
    others = {name for name in turn.case.noticed if name != "falls_or_unsteady"}
    seen = fall | (others if "E18" in rules else set())
    turn.set(noticed=tuple(name for name in turn.case.noticed if name not in seen))


ASSESSED = Reason("assessed", "A professional's record changed your plan.")


def _lifts(item: Lock, named: set[str], by: str) -> bool:
    mine = by != "self" or item.level == Level.URGENT
    return mine and bool({item.rule, item.escalation} & named)


def _give_back(turn: Turn, named: set[str]) -> None:
    """Exercises left out by a rule that was looked at may come back, with a first set."""
    turn.set(
        out=tuple(
            replace(item, until=turn.day) if item.rule in named else item for item in turn.case.out
        )
    )
