"""What the person and the therapist change by hand: undo, swap, days, breaks, overrides, new answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from programs.engine.alerting import close_alerts
from programs.engine.case import Blocked, Lighter, Out, Pause, Raise
from programs.engine.changing import in_standing, put, start_counting_anew
from programs.engine.dosage import minutes_of, prescribe
from programs.engine.gaps import days_away, stage_of
from programs.engine.locks import hear_answers, looked_at
from programs.engine.progression import explained, no_more_than, step_back
from programs.engine.renewing import make_anew, usable_now
from programs.engine.rules.adaptation import GAPS, STEPS, WATCH
from programs.engine.selection import rank
from programs.engine.showing import class_of, is_asked, is_deload, minutes_limit, visible
from programs.engine.turn import Turn
from programs.engine.types import Override, Prescribed, Reason
from programs.engine.words import ASKED_WEEK

UNDONE = Reason(
    "undo",
    "You took the last step back. We will not offer it again for a week.",
    (),
    None,
    "A week.",
)
NOTHING = Reason("undo-nothing", "There is no step up to take back here.")
SWAPPED = Reason("swap", "You chose this one in place of another of the same kind.")


def undo(turn: Turn) -> None:
    """Takes the latest harder step of an exercise, or of the level, back; not offered again for a week."""
    slug, case = turn.event["slug"], turn.case
    step = next((item for item in reversed(case.raises) if item.slug == slug), None)
    if step is None:
        turn.say(NOTHING)
        return
    turn.set(raises=tuple(item for item in case.raises if item is not step))
    if slug == "level":
        turn.set(level=max(0, case.level - 1), level_since=turn.day)
        turn.why["level"] = UNDONE
    else:
        _take_back(turn, step)
    until = turn.day + timedelta(days=STEPS.week)
    others = tuple(item for item in turn.case.blocked if item.slug != slug)
    turn.set(blocked=(*others, Blocked(slug, until)))
    start_counting_anew(turn)
    turn.act("regress", UNDONE, slug)


def _take_back(turn: Turn, step: Raise) -> None:
    item = in_standing(turn.case, step.slug)
    if item is None:
        return
    if step.before is None:
        turn.set(out=(*turn.case.out, Out(step.slug, "undo", turn.day, None)))
        turn.why[step.slug] = UNDONE
        return
    was = step.before
    if was.variant not in item.allowed_variants:
        put(turn, step_back(item, turn.library.exercise(item.slug)), UNDONE)
        return
    if item.variant == was.variant:
        # Of the same movement never more than it is now, whatever happened since.
        was = replace(
            was,
            sets=min(was.sets, item.sets),
            reps=_less(was.reps, item.reps),
            hold_seconds=_less(was.hold_seconds, item.hold_seconds),
        )
    back = replace(
        item,
        variant=was.variant,
        sets=was.sets,
        reps=was.reps,
        hold_seconds=was.hold_seconds,
        per_side=was.per_side,
    )
    put(turn, _within_minutes(turn, back), UNDONE)


def _less(one: int | None, two: int | None) -> int | None:
    return one if one is None or two is None else min(one, two)


def _within_minutes(turn: Turn, back: Prescribed) -> Prescribed:
    """Fewer sets where it would not fit the minutes any more: better than leaving the exercise out."""
    case = turn.case
    others = [item for item in visible(case) if item.slug != back.slug]
    most = minutes_limit(case, case.level)
    while back.sets > 1 and minutes_of([*others, back]) > most:
        back = replace(back, sets=back.sets - 1)
    return back


def swap(turn: Turn) -> None:
    """Another usable exercise of the same kind, through the same matrix check, for no more work."""
    slug, to = turn.event["slug"], turn.event["to"]
    item = next((entry for entry in visible(turn.case) if entry.slug == slug), None)
    refusal = _refusal(turn, slug, to) if item else "This exercise is not in your plan now."
    if item is None or refusal:
        turn.say(Reason("swap-refused", refusal or "", (f"slug={slug}", f"to={to}")))
        return
    class_key = class_of(turn.case.base)
    entry = rank([usable_now(turn)[to]], class_key)[0]
    new = prescribe(turn.intake, entry, turn.case.level, class_key)
    new = explained(no_more_than(item, new) or replace(new, sets=1), SWAPPED)
    places = [new if old.slug == slug else old for old in turn.case.standing if old.slug != to]
    turn.set(
        standing=tuple(places),
        raises=tuple(step for step in turn.case.raises if step.slug not in (slug, to)),
    )
    turn.why[slug] = turn.why[to] = SWAPPED
    start_counting_anew(turn)
    turn.say(SWAPPED, to)


def _refusal(turn: Turn, slug: str, to: str) -> str:
    """Why this swap is not possible; empty where it is."""
    case = turn.case
    barred = {item.slug: item.reasons[0].text for item in case.base.excluded}
    known = {item.slug: item for item in turn.library.exercises}
    bothered = {out.slug for out in case.out if out.rule not in ("undo", "swap")}
    rules = (
        (to not in known, "We do not have this exercise."),
        (to in barred, barred.get(to, "")),
        (to in bothered, "We left this one out after it bothered you."),
        (to in {item.slug for item in visible(case)}, "This one is in your plan already."),
        (
            to in known and known[to].kind != known[slug].kind,
            "This one has another purpose. Pick one of the same kind.",
        ),
        (
            to not in usable_now(turn),
            "This one is only for people whose pain eases in that position.",
        ),
    )
    return next((text for is_so, text in rules if is_so), "")


def days(turn: Turn) -> None:
    """Other days, or other minutes."""
    answers: dict[str, Any] = {**turn.case.answers, "days": list(turn.event["days"])}
    if "minutes" in turn.event:
        answers["minutes"] = int(turn.event["minutes"])
    make_anew(turn, Reason("days", "You chose other days or minutes."), answers=answers)


def pause(turn: Turn) -> None:
    """A break by choice. A stronger pause that is on stays on."""
    if turn.case.pause and turn.case.pause.rule in ("E5", "E6"):
        return
    until = turn.event.get("until")
    turn.set(
        pause=Pause(
            turn.event["reason"],
            turn.day,
            date.fromisoformat(until) if until else None,
            (),
            screened=False,
        )
    )
    turn.act("pause", Reason("pause", "Your sessions rest. Nothing is lost."))


def resume(turn: Turn) -> None:
    """Back from a break. After an illness not before two days well; E5 and E6 have their own way out."""
    now = turn.case.pause
    if now is None or now.rule in ("E5", "E6"):
        return
    if now.rule == "illness":
        until = turn.day + timedelta(days=WATCH.well_days)
        turn.set(pause=replace(now, until=until))
        turn.act("pause", Reason("pause-illness", "Good. Give it two more days, then start again."))
        return
    end_pause(turn)


def end_pause(turn: Turn) -> None:
    """Sessions go on; two of them are a bit shorter after strong pain or illness."""
    was = turn.case.pause
    turn.set(pause=None)
    turn.say(Reason("pause-over", "Welcome back. Your plan goes on."))
    gap = stage_of(days_away(turn.case, turn.day))
    if was and was.rule in ("E5", "E6", "illness") and gap == 0:
        others = tuple(item for item in turn.case.lighter if item.rule != "pause-over")
        lighter = Lighter("pause-over", GAPS.share, GAPS.sessions, turn.day)
        turn.set(lighter=(*others, lighter))


WEEK_OVER = Reason("lighter-week-over", "Your lighter week is over. Your usual sets are back.")
WEEK_ON = Reason("lighter-week-on", "This week is a lighter one already.")


def lighter_week(turn: Turn) -> None:
    """About 60 % of the sets for a week, at any level; ``ends`` is the person's way back before that."""
    if turn.event.get("ends"):
        if is_asked(turn.case, turn.day):
            turn.set(easy_from=None)
            turn.say(WEEK_OVER)
    elif is_deload(turn.case, turn.day):
        turn.say(WEEK_ON)
    else:
        turn.set(easy_from=turn.day)
        turn.say(ASKED_WEEK)


def override(turn: Turn) -> None:
    """A therapist's decision on one cell of the matrix; it never opens a lock."""
    event = turn.event
    new = Override(
        slug=event["slug"],
        condition=event["condition"],
        variants=tuple(event["variants"]),
        by=event["by"],
        why=event["why"],
        until=date.fromisoformat(event["until"]),
    )
    others = tuple(
        item
        for item in turn.case.overrides
        if (item.slug, item.condition) != (new.slug, new.condition)
    )
    reason = Reason("override", "Your therapist changed what fits you.", (f"override.by={new.by}",))
    make_anew(turn, reason, overrides=(*others, new))


def intake(turn: Turn) -> None:
    """Answers told anew: direction and conditions are scored again, and the check counts as full.

    A fall or a new condition that the program heard of stays until a professional has looked at it.
    """
    told = {key: value for key, value in turn.event["intake"].items() if key != "history"}
    kept = {
        key: turn.case.answers[key]
        for key in ("assessments", "clearances")
        if key in turn.case.answers and key not in told
    }
    if turn.case.noticed:
        conditions = (*told.get("conditions", ()), *turn.case.noticed)
        kept["conditions"] = list(dict.fromkeys(conditions))
    turn.set(told=turn.day)
    hear_answers(turn, {**told, **kept}, frozenset(told.get("screening", {})))


def library(turn: Turn) -> None:
    """The running program takes over the library as it is now."""
    make_anew(turn, Reason("library", "The exercises were revised, and your plan with them."))


def closed(turn: Turn) -> None:
    """A therapist has dealt with an alert: it may open anew, and its hold ends. No lock opens by it."""
    rule = turn.event["rule"]
    close_alerts(turn, {rule})
    looked_at(turn, {rule})
    turn.set(holds=tuple(item for item in turn.case.holds if item.rule != rule))


DIALS: dict[str, Callable[[Turn], None]] = {
    "undo": undo,
    "swap": swap,
    "days": days,
    "pause": pause,
    "resume": resume,
    "override": override,
    "intake": intake,
    "library": library,
    "closed": closed,
    "lighter_week": lighter_week,
}
