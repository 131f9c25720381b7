"""An entry that was changed or taken back: later decisions use the new words, and nothing is lifted by it.

The old words leave the day that they were told of, the new ones take their place, and the rules hear
what is new in them. What was stopped, held, taken out or told to a therapist stays so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from programs.engine.case import Case, Done, Noted, Score, Told
from programs.engine.diary import keep, pain_on, telling_of, with_pain
from programs.engine.events import FRAME
from programs.engine.feedback import next_day
from programs.engine.reacting import amend, session_before
from programs.engine.rules.adaptation import WATCH
from programs.engine.turn import Turn
from programs.engine.types import Reason

CORRECTED = Reason(
    "corrected", "You changed what you told us. From now on we go by the new numbers."
)
STAYS = Reason(
    "corrected-stays",
    "What we stopped stays stopped. Today's page says what comes next.",
    (),
    None,
    "The steps on today's page.",
)
PAINS = ("average_pain", "now", "pain_before", "pain_during", "pain_after", "pain_next_morning")
# A sign in an entry, and the field that tells it.
SIGNS = {
    "poor_sleep": "poor_sleep_from_pain",
    "leg_down": "leg_symptoms_moved",
    "daily_tasks": "cannot_do_daily_tasks",
}
ALWAYS = ("text", "symptoms", "new_conditions", "screening", "none_new")


def hear_correction(turn: Turn) -> str:
    """Puts the new words in place of the old, and leaves to the rules what is new in them.

    Returns what the next-day rule has answered of the old ones.
    """
    of = turn.event["of"]
    session = next((done for done in turn.case.sessions if done.source == of), None)
    turn.say(CORRECTED)
    if turn.case.is_locked or turn.case.pause:
        turn.say(STAYS)
    if session is not None:
        return _more_of(turn, session)
    if any(score.source == of for score in turn.case.scores):
        return _score(turn, of)
    return _entry(turn, of)


def _more_of(turn: Turn, session: Done) -> str:
    """A session keeps the worst of what was told; the rules hear of stronger pain."""
    old = _told(turn.case, session.source)
    event = {**turn.event, "on": session.date.isoformat()}
    new = telling_of(event, session.date, session.source)
    amend(turn, session)
    fresh = _fresh(event, old, new, "session")
    told = telling_of(fresh, session.date)
    keep(turn, replace(told, source=f"{session.source}+", score=None, morning=None))
    turn.event = fresh
    return "go"


def _score(turn: Turn, of: str) -> str:
    """Another score of a measure, or none; the rules compare it with those before."""
    event, kept = turn.event, [item for item in turn.case.scores if item.source != of]
    measure = event.get("measure") or {}
    if "score" in measure and "name" in measure:
        kept.append(Score(turn.on, measure["name"], float(measure["score"]), of))
    turn.set(scores=tuple(sorted(kept, key=lambda item: item.date)))
    turn.event = {**event, "kind": "measure"}
    return "go"


def _entry(turn: Turn, of: str) -> str:
    case, event = turn.case, turn.event
    old = _told(case, of)
    index = None if old is None else session_before(case, old.on)
    answered = "go" if index is None else next_day(case.sessions[index])
    if old is not None:
        _take_back(turn, old)
    new = telling_of(event, turn.on, of)
    if event.keys() - FRAME:
        keep(turn, new)
    _look_again(turn, old)
    kind = "next_morning" if "pain_next_morning" in event else "pain"
    turn.event = _fresh(event, old, new, kind)
    return answered


def _told(case: Case, source: str) -> Told | None:
    return next((item for item in case.told_by if item.source == source), None)


def _take_back(turn: Turn, old: Told) -> None:
    """The day without this entry: its pain, its signs, and the morning that it told."""
    case = turn.case
    rest = tuple(item for item in case.told_by if item is not old)
    pains = tuple(item for item in case.pains if item.date != old.on)
    for item in rest:
        if item.on == old.on:
            pains = with_pain(pains, item)
    notes = list(case.notes)
    for note in (Noted(old.on, what) for what in old.said):
        if note in notes:
            notes.remove(note)
    turn.set(told_by=rest, pains=pains, notes=tuple(notes))
    if old.morning is not None:
        _morning_without(turn, old)


def _morning_without(turn: Turn, old: Told) -> None:
    """What other entries say of the same morning stays."""
    case = turn.case
    index = session_before(case, old.on)
    if index is None:
        return
    others = [
        item
        for item in case.told_by
        if item.morning is not None and session_before(case, item.on) == index
    ]
    done = replace(
        case.sessions[index],
        next_morning=max((item.morning or 0 for item in others), default=None),
        sleep_lost=any("poor_sleep" in item.said for item in others),
    )
    turn.set(sessions=(*case.sessions[:index], done, *case.sessions[index + 1 :]))


def _look_again(turn: Turn, old: Told | None) -> None:
    """A calm day that is calm no more does not count; a flare-up's worst day is what is told now."""
    case, day = turn.case, None if old is None else old.on
    if case.pause and day in case.pause.calm_days:
        pain = pain_on(case, day)
        if pain is None or not pain.told or pain.score > WATCH.paused_until_at_most:
            calm = tuple(item for item in case.pause.calm_days if item != day)
            turn.set(pause=replace(case.pause, calm_days=calm))
    if case.flare and day and day >= case.flare.start:
        since = [item.score for item in case.pains if item.told and item.date >= case.flare.start]
        flare = replace(case.flare, worst=max([*since, case.flare.usual]))
        turn.set(flares=(*case.flares[:-1], flare))


def _fresh(event: Mapping[str, Any], old: Told | None, new: Told, kind: str) -> dict[str, Any]:
    """What the rules have not heard yet: stronger pain, another day, a sign that was not there."""
    fresh = {"kind": kind, "date": event["date"], "on": event.get("on", event["date"])}
    fresh |= {key: event[key] for key in ALWAYS if key in event}
    if old is None or new.most > old.most or new.on != old.on:
        fresh |= {key: event[key] for key in PAINS if key in event}
    for sign, key in SIGNS.items():
        if key in event and sign in new.said and (old is None or sign not in old.said):
            fresh[key] = event[key]
    if kind == "next_morning":
        fresh["pain_next_morning"] = event["pain_next_morning"]
    return fresh
