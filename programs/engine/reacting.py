"""What a session and the morning after it lead to at once: zones, leg rule, next-day rule, E13."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
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
from programs.engine.gaps import stage_of
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
    """Writes the session down on its day and answers what went red in it."""
    case, on = turn.case, turn.on
    usual = not (case.lighter or case.flare or case.awaits or case.pause or case.is_locked)
    full = usual and case.plan.program is not None and not is_deload(case, on)
    place = bisect_right(case.sessions, on, key=lambda item: item.date)
    number = _number_at(case.sessions, place)
    done = done_from(turn.event, number, case.level, full=full, caution=case.has_caution)
    sessions = (*case.sessions[:place], done, *case.sessions[place:])
    last = max(on, case.last_session or on)
    turn.set(
        sessions=sessions[-KEPT_SESSIONS - 1 :],
        last_session=last,
        gap_stage=min(case.gap_stage, stage_of((turn.day - last).days)),
        rested=tuple(item for item in case.rested if item.since > on),
        lighter=tuple(_used(case.lighter, on)),
    )
    count_way_back(turn)
    _answer_leg(turn, done)
    _answer_red(turn, done)
    if done.next_morning is not None:
        _answer_morning(turn, done)


def _number_at(sessions: tuple[Done, ...], place: int) -> int:
    """The next number; for a session told late that of the one after it, so that old ones stay old."""
    if place < len(sessions):
        return sessions[place].number
    return sessions[-1].number + 1 if sessions else 1


def _used(lighter: tuple[Lighter, ...], on: date) -> Iterator[Lighter]:
    """What is left of the lighter sessions after one more on this day."""
    for item in lighter:
        if item.since > on:
            yield item
        elif item.sessions > 1:
            yield replace(item, sessions=item.sessions - 1)


def hear_hurt(turn: Turn) -> None:
    """What hurt in a session, told after its ending: as if it had been told in it."""
    sessions = turn.case.sessions
    named = [item for item in sessions if item.source and item.source == turn.event.get("of")]
    if sessions:
        amend(turn, (named or [sessions[-1]])[0])


def amend(turn: Turn, last: Done) -> None:
    """More about a session that was told before: pain and effort keep their worst, and new red counts."""
    event = turn.event
    told = {**event, "pain_before": last.before, "date": last.date.isoformat()}
    told = {key: value for key, value in told.items() if value is not None and key != "on"}
    late = done_from(told, last.number, last.level, full=last.full, caution=last.caution)
    new = tuple(slug for slug in late.red if slug not in last.red and (slug or not last.red))
    known = {item.slug for item in late.tried}
    tried = (*(item for item in last.tried if item.slug not in known), *late.tried)
    whole = replace(
        last,
        completed=last.completed if late.completed is None else late.completed,
        during=_worst(last.during, late.during),
        effort=_worst(last.effort, late.effort),
        red=(*last.red, *new),
        tried=tried,
    )
    turn.set(sessions=tuple(whole if item is last else item for item in turn.case.sessions))
    _answer_leg(turn, late)
    _answer_red(turn, replace(late, red=new))


def _worst(one: int | None, two: int | None) -> int | None:
    return max((score for score in (one, two) if score is not None), default=None)


def session_before(case: Case, on: date, *, is_morning: bool = True) -> int | None:
    """The place of the session that this day comes after.

    For a morning that of the day before, else one of an hour past midnight; else the latest of the two.
    """
    for apart in (1, 0) if is_morning else (0, 1):
        for index in reversed(range(len(case.sessions))):
            if (on - case.sessions[index].date).days == apart:
                return index
    return None


def hear_next_morning(turn: Turn, answered: str = "go") -> None:
    """The morning after. ``answered`` is what the next-day rule has answered for this session already."""
    event, case = turn.event, turn.case
    further = event.get("leg_symptoms_moved") == "further_down"
    is_morning = event["kind"] == "next_morning"
    index = session_before(case, turn.on, is_morning=is_morning)
    if index is None or event["kind"] == "session" or not (is_morning or further):
        return
    done = case.sessions[index]
    if is_morning:
        worst = _worst(event.get("pain_next_morning"), done.next_morning)
        done = replace(
            done,
            next_morning=None if worst is None else int(worst),
            sleep_lost=done.sleep_lost or bool(event.get("poor_sleep_from_pain")),
        )
        turn.set(sessions=(*case.sessions[:index], done, *case.sessions[index + 1 :]))
    _answer_morning(turn, done, further=further, answered=answered)


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
            lighter = Lighter("red-zone", STEPS.red_share, 1, turn.day)
            turn.set(lighter=(*turn.case.lighter, lighter))
            turn.act("regress", RED)
    if is_red_again(turn.case, done.date):
        slug = next((s for s in done.red if s), "") or suspect_of(turn.case, done)
        take_out(turn, slug, TWICE)
        alert(turn, "E13", detail=slug or "the session")
        level_down(turn, TWO_REDS)


def _reds_of(case: Case, slug: str) -> int:
    """In how many sessions this exercise was red, since it last came back in."""
    back = [step.date for step in case.raises if step.slug == slug and step.before is None]
    since = max(back, default=date.min)
    return sum(slug in done.red for done in case.sessions if done.date >= since)


def is_red_again(case: Case, day: date) -> bool:
    """Red in two sessions within 7 days of this one."""
    reds = [done for done in case.sessions if done.red]
    return sum(abs((day - done.date).days) <= STEPS.reds_days for done in reds) >= STEPS.reds


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


def _answer_morning(turn: Turn, done: Done, *, further: bool = False, answered: str = "go") -> None:
    """The next-day rule, where it says more than it has said of this session. Late, only what still helps."""
    found = next_day(done, leg_further_down=further)
    if ANSWERS.index(found) <= ANSWERS.index(answered):
        return
    if found == "out":
        if (turn.day - turn.on).days < NEXT_DAY.out_days:
            slug = suspect_of(turn.case, done)
            take_out(turn, slug, SORE, days=NEXT_DAY.out_days)
            level_down(turn, SORE_LEVEL)
        alert(turn, "next-day")
    elif found == "lighter" and done.date == turn.case.sessions[-1].date:
        others = tuple(item for item in turn.case.lighter if item.rule != "next-day")
        lighter = Lighter("next-day", NEXT_DAY.lighter_share, 1, turn.day)
        turn.set(lighter=(*others, lighter))
        turn.act("regress", LIGHTER_NEXT)


# What the next-day rule answers, the mildest first.
ANSWERS = ("go", "repeat", "lighter", "out")


def suspect_of(case: Case, done: Done) -> str:
    """The likeliest cause: what hurt in this session, what was raised last, else the hardest."""
    items = {item.slug: item for item in visible(case)}
    hurt = [slug for slug in suspects([done]) if slug in items]
    steps = [step.slug for step in reversed(case.raises) if step.slug in items]
    most = sorted(items, key=lambda slug: (-moved(items[slug]), slug))
    return next(iter([*hurt, *steps, *most]), "")
