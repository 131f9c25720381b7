"""What a session and the morning after it lead to at once: zones, leg rule, next-day rule, E13."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from programs.engine.alerting import alert
from programs.engine.case import Case, Done, Lighter, Out
from programs.engine.changing import (
    as_shown,
    in_standing,
    level_down,
    put,
    start_counting_anew,
    take_out,
)
from programs.engine.feedback import done_from, next_day, suspects
from programs.engine.flare import count_way_back
from programs.engine.progression import after_red, moved
from programs.engine.rules.adaptation import NEXT_DAY, STEPS
from programs.engine.showing import is_deload, visible
from programs.engine.turn import Turn
from programs.engine.types import Reason

KEPT_SESSIONS = 60
RED = Reason(
    "red-zone",
    "It hurt too much, so this one is easier next time.",
    (),
    "R6, R7",
    "Three good sessions in a row.",
)
TWICE = Reason(
    "E13",
    "It hurt too much more than once, so we take it out for now.",
    (),
    "R6, R7",
    "Four good weeks, or your therapist.",
)
TWO_REDS = Reason(
    "level-down",
    "It hurt too much twice within a week, so we go one level down.",
    (),
    "R6, R7",
    "Good sessions, one after another.",
)
LEG = Reason(
    "leg-rule",
    "Symptoms moved down your leg in this one, so we take it out.",
    (),
    "R14",
    "A check by a professional that is on record.",
)
LIGHTER_NEXT = Reason(
    "next-day",
    "You were sorer the next day, so the next session is a bit shorter.",
    (),
    "R6",
    "The session after that.",
)
SORE = Reason(
    "next-day",
    "You were clearly sorer the next day, so one exercise rests for a week.",
    (),
    "R6",
    "A week.",
)
SORE_LEVEL = Reason(
    "next-day", "You were clearly sorer the next day, so we go one level down.", (), "R6"
)


def hear_session(turn: Turn) -> None:
    """Writes the session down and answers what went red in it."""
    case = turn.case
    number = case.sessions[-1].number + 1 if case.sessions else 1
    usual = not (case.lighter or case.flare or case.awaits or case.pause or case.is_locked)
    full = usual and case.plan.program is not None and not is_deload(case, turn.day)
    done = done_from(turn.event, number, case.level, full=full, caution=case.has_caution)
    turn.set(
        sessions=(*case.sessions[-KEPT_SESSIONS:], done),
        last_session=turn.day,
        gap_stage=0,
        rested=(),
        lighter=tuple(
            replace(item, sessions=item.sessions - 1) for item in case.lighter if item.sessions > 1
        ),
    )
    count_way_back(turn)
    _answer_leg(turn, done)
    _answer_red(turn, done)
    if done.next_morning is not None:
        _answer_morning(turn, done)


def hear_hurt(turn: Turn) -> None:
    """What hurt in the last session, told after its ending: as if it had been told in it."""
    if not turn.case.sessions:
        return
    last = turn.case.sessions[-1]
    event = {**turn.event, "pain_before": last.before, "date": last.date.isoformat()}
    told = {key: value for key, value in event.items() if value is not None}
    late = done_from(told, last.number, last.level, full=last.full, caution=last.caution)
    new = tuple(slug for slug in late.red if slug not in last.red)
    worst = max((pain for pain in (last.during, late.during) if pain is not None), default=None)
    known = {item.slug for item in late.tried}
    tried = (*(item for item in last.tried if item.slug not in known), *late.tried)
    whole = replace(last, during=worst, red=(*last.red, *new), tried=tried)
    turn.set(sessions=(*turn.case.sessions[:-1], whole))
    _answer_leg(turn, late)
    _answer_red(turn, replace(late, red=new))


def hear_next_morning(turn: Turn) -> None:
    """The morning after: belongs to the session of the day before, or of an hour past midnight."""
    event, case = turn.event, turn.case
    further = event.get("leg_symptoms_moved") == "further_down"
    is_morning = event["kind"] == "next_morning"
    if not case.sessions or not (is_morning or further):
        return
    last = case.sessions[-1]
    if not 0 <= (turn.day - last.date).days <= 1 or event["kind"] == "session":
        return
    if is_morning:
        told = event.get("pain_next_morning")
        worst = max((x for x in (told, last.next_morning) if x is not None), default=None)
        last = replace(
            last,
            next_morning=None if worst is None else int(worst),
            sleep_lost=last.sleep_lost or bool(event.get("poor_sleep_from_pain")),
        )
        turn.set(sessions=(*case.sessions[:-1], last))
    _answer_morning(turn, last, further=further)


def _answer_leg(turn: Turn, done: Done) -> None:
    """The leg rule: pain that moves down the leg takes that exercise out, and the therapist is told."""
    for item in done.tried:
        if item.leg_spread and take_out(turn, item.slug, LEG):
            alert(turn, "leg-rule", detail=item.slug)


def _answer_red(turn: Turn, done: Done) -> None:
    if not done.red:
        return
    for slug in done.red:
        if slug and _reds_of(turn.case, slug) >= STEPS.reds:
            if take_out(turn, slug, TWICE):
                alert(turn, "E13", detail=slug)
        elif slug:
            _ease(turn, slug)
        else:
            turn.set(lighter=(*turn.case.lighter, Lighter("red-zone", 0.5, 1)))
            turn.act("regress", RED)
    if is_red_again(turn.case, turn.day):
        slug = next((s for s in done.red if s), "") or suspect_of(turn.case)
        take_out(turn, slug, TWICE)
        alert(turn, "E13", detail=slug or "the session")
        level_down(turn, TWO_REDS)


def _reds_of(case: Case, slug: str) -> int:
    """In how many sessions this exercise was red, since it last came back in."""
    back = [step.date for step in case.raises if step.slug == slug and step.before is None]
    since = max(back, default=date.min)
    return sum(slug in done.red for done in case.sessions if done.date >= since)


def is_red_again(case: Case, day: date) -> bool:
    """Red in two sessions within 7 days."""
    reds = [done for done in case.sessions if done.red]
    return sum((day - done.date).days <= STEPS.reds_days for done in reds) >= STEPS.reds


def _ease(turn: Turn, slug: str) -> None:
    """One variant easier with half the sets; where nothing easier is left it rests for one session."""
    item = in_standing(turn.case, slug)
    if item is None or slug not in {i.slug for i in visible(turn.case)}:
        return
    easier = after_red(as_shown(turn.case, item), turn.library.exercise(slug))
    if easier is None:
        put(turn, as_shown(turn.case, item), RED)
        turn.set(rested=(*turn.case.rested, Out(slug, "red-zone", turn.day, None)))
    else:
        put(turn, easier, RED)
        turn.set(raises=tuple(step for step in turn.case.raises if step.slug != slug))
    start_counting_anew(turn)
    turn.act("regress", RED, slug)


def _answer_morning(turn: Turn, done: Done, *, further: bool = False) -> None:
    found = next_day(done, leg_further_down=further)
    if found == "out":
        slug = suspect_of(turn.case)
        take_out(turn, slug, SORE, days=NEXT_DAY.out_days)
        level_down(turn, SORE_LEVEL)
        alert(turn, "next-day")
    elif found == "lighter":
        others = tuple(item for item in turn.case.lighter if item.rule != "next-day")
        turn.set(lighter=(*others, Lighter("next-day", NEXT_DAY.lighter_share, 1)))
        turn.act("regress", LIGHTER_NEXT)


def suspect_of(case: Case) -> str:
    """The likeliest cause: what hurt in the last session, what was raised last, else the hardest."""
    items = {item.slug: item for item in visible(case)}
    hurt = [slug for slug in suspects(case.sessions[-1:]) if slug in items]
    steps = [step.slug for step in reversed(case.raises) if step.slug in items]
    most = sorted(items, key=lambda slug: (-moved(items[slug]), slug))
    return next(iter([*hurt, *steps, *most]), "")
