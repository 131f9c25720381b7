"""The plan of today from the standing exercises: stops, left-out ones, lighter weeks, minutes, days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from programs.engine.case import Case, Out
from programs.engine.dosage import LEAST, MINI_BELOW_MINUTES, MINI_MINUTES, fit, lighten, minutes_of
from programs.engine.plan import FEW
from programs.engine.progression import at_most, easier_variant
from programs.engine.rules import LEVELS, STRENGTH
from programs.engine.rules.adaptation import DELOAD, FLARES
from programs.engine.rules.escalations import ESCALATIONS
from programs.engine.schedule import best_days, first_week, sessions_a_week
from programs.engine.selection import Ranked, Usable, rank
from programs.engine.types import (
    Finding,
    LeftOut,
    Level,
    Library,
    Plan,
    Prescribed,
    Program,
    Reason,
    Triage,
)
from programs.engine.words import (
    ASKED_WEEK,
    AWAITS,
    CALM_PLAN,
    DELOAD_WEEK,
    LIGHTER,
    OUT,
    PAUSES,
    TODAY_SHORTER,
    TOO_FEW,
    WAY_BACK,
)


def show(case: Case, library: Library, day: date) -> Plan:
    """The plan as it is today. The digest stays; the caller renews it where the plan has changed."""
    triage = _triage(case)
    stops = tuple(_stops(case, triage))
    program = None
    if not stops:
        program = _program(case, library, day)
        if program is None:
            stops = (TOO_FEW,)
    return replace(
        case.base,
        digest=case.plan.digest,
        triage=triage,
        program=program,
        not_chosen=_not_chosen(case, program),
        extra_reasons=tuple(dict.fromkeys((*case.base.extra_reasons, *stops))),
    )


def _not_chosen(case: Case, program: Program | None) -> tuple[LeftOut, ...]:
    """What would fit by the conditions and is not in the program, with the latest reason for it."""
    taken = {item.slug for item in program.exercises} if program else set()
    barred = {item.slug for item in case.base.excluded}
    told = {item.slug: item for item in case.base.not_chosen}
    if program:
        for item in case.standing:
            told.setdefault(item.slug, LeftOut(item.slug, (TODAY_SHORTER,)))
    for out in (*case.rested, *case.out):
        told[out.slug] = LeftOut(out.slug, (out_reason(out),))
    return tuple(told[slug] for slug in sorted(told) if slug not in taken | barred)


def out_reason(out: Out) -> Reason:
    text, change = OUT[out.rule]
    because = (f"since={out.since.isoformat()}",)
    return Reason(out.rule, text, because, None, change)


def _triage(case: Case) -> Triage:
    """The triage of the answers and of every stop: an open lock keeps its level whatever is told later."""
    base = case.base.triage
    findings = [
        Finding(Level(lock.level), Reason(lock.rule, lock.text), lock.within)
        for lock in case.locks
        if lock.lifted is None
    ]
    if case.pause and case.pause.rule == "E5":
        findings.append(Finding(Level.URGENT, _pause_reason(case), "same_day"))
    known = {item.reason.rule for item in base.findings if item.level >= Level.URGENT}
    findings = [item for item in findings if item.reason.rule not in known]
    if not findings:
        return base
    every = sorted([*findings, *base.findings], key=lambda item: -item.level)
    level = every[0].level
    times = {item.within for item in every if item.level == level}
    within = next((time for time in ("now", "same_day", "within_days") if time in times), None)
    return replace(base, level=level, act_within=within, findings=tuple(every))


def _pause_reason(case: Case) -> Reason:
    rule = case.pause.rule if case.pause else ""
    text = ESCALATIONS[rule].patient if rule in ESCALATIONS else PAUSES[rule]
    change = "Two calmer days and a clear check, or a visit that is on record."
    return Reason(rule if rule in ESCALATIONS else f"pause-{rule}", text, (), None, change)


def _stops(case: Case, triage: Triage) -> Iterator[Reason]:
    """Why there are no sessions now. Empty where there are."""
    if triage.level >= Level.URGENT and not case.pause:
        yield from (item.reason for item in triage.findings if item.level >= Level.URGENT)
    if case.base.triage.not_cleared:
        yield Reason("not-cleared", "Some questions of the safety check still need an answer.")
    if case.awaits:
        yield Reason(*AWAITS[case.awaits], (), None, "You finish the check.")
    if case.pause:
        yield _pause_reason(case)
    yield from case.base.extra_reasons


def visible(case: Case) -> list[Prescribed]:
    """The standing exercises that are not left out."""
    out = {item.slug for item in case.out}
    return [item for item in case.standing if item.slug not in out]


def class_of(plan: Plan) -> str:
    return plan.direction if plan.direction != "none" else plan.emphasis


def ranked(items: Sequence[Prescribed], library: Library, class_key: str) -> list[Ranked]:
    """The exercises with their part in the class, as the shortening of a session needs them."""
    usable = [
        Usable(library.exercise(i.slug), i.allowed_variants, i.flags, i.reasons) for i in items
    ]
    order = {entry.slug: entry for entry in rank(usable, class_key)}
    return [order[item.slug] for item in items]


def minutes_limit(case: Case, level: int) -> int:
    """The minutes of a session: what the person has, at most what the level allows."""
    offered = int(case.answers["minutes"])
    if offered < MINI_BELOW_MINUTES:
        return MINI_MINUTES[1]
    return max(MINI_MINUTES[0], min(offered, LEVELS[level].minutes))


def is_calm(case: Case, day: date) -> bool:
    """The first three days of a flare-up, counted from its worst day."""
    return case.flare is not None and (day - case.flare.peak).days < FLARES.calm_days


def week_of(case: Case, day: date) -> int:
    return case.weeks_before + (day - case.began).days // 7 + 1


def is_asked(case: Case, day: date) -> bool:
    """A lighter week that the person asked for, counted from the day of asking."""
    asked = case.easy_from
    return asked is not None and 0 <= (day - asked).days < DELOAD.asked_days


def is_deload(case: Case, day: date) -> bool:
    """Every fifth week from Build on; at any level where the person asked for it."""
    if is_asked(case, day):
        return True
    return case.level >= DELOAD.from_level and week_of(case, day) % DELOAD.every_weeks == 0


def _program(case: Case, library: Library, day: date) -> Program | None:
    items = visible(case)
    if len(items) < LEAST or not {item.slug for item in items} & set(STRENGTH):
        return None
    rested = {item.slug for item in case.rested}
    items = [item for item in items if item.slug not in rested] or list(map(_halved, items))
    level = 0 if is_calm(case, day) else case.level
    kept = _calm(items, library) if is_calm(case, day) else _today(case, items, library, day)
    most = _most_sessions(case, day)
    wanted = case.answers.get("sessions_wanted")
    days_offered = tuple(case.answers["days"])
    sessions, needs_day = sessions_a_week(
        days_offered, None if wanted is None else int(wanted), most
    )
    days = best_days(days_offered, sessions) if days_offered else ()
    return Program(
        level=level,
        sessions_per_week=sessions,
        days=days,
        minutes=minutes_of(kept),
        therapist_review=case.has_caution or _usable_count(case, library) <= FEW,
        needs_another_day=needs_day,
        exercises=tuple(kept),
        first_week=first_week(day, days),
        advice=tuple(_advice(case, day)),
    )


def _usable_count(case: Case, library: Library) -> int:
    held_back = [
        item for item in case.base.not_chosen if item.reasons[0].rule == "only-if-it-eases"
    ]
    return len(library.exercises) - len(case.base.excluded) - len(held_back)


def _halved(item: Prescribed) -> Prescribed:
    """Where every exercise would rest for a session, each is done by half instead."""
    if item.reps:
        return replace(item, reps=max(1, item.reps // 2))
    return replace(item, hold_seconds=max(1, (item.hold_seconds or 0) // 2))


def _most_sessions(case: Case, day: date) -> int:
    """Two a week at Gentle for two weeks and in a flare-up; three only where the person wants them."""
    if case.flare is not None:
        return FLARES.sessions_a_week
    if case.level == 0:
        settled = day - case.level_since >= timedelta(days=14)
        return 3 if settled and case.answers.get("sessions_wanted") == 3 else LEVELS[0].sessions
    return LEVELS[case.level].sessions


def _today(case: Case, items: list[Prescribed], library: Library, day: date) -> list[Prescribed]:
    entries = ranked(items, library, class_of(case.base))
    if is_deload(case, day):
        items = [replace(item, sets=max(1, int(DELOAD.share * item.sets + 0.5))) for item in items]
    share = min((item.share for item in case.lighter), default=1.0)
    limit = minutes_limit(case, case.level)
    if case.flare is not None:
        limit = max(MINI_MINUTES[0], min(limit, int(FLARES.way_back_share * case.flare.minutes)))
    kept = fit(entries, {item.slug: item for item in items}, limit, LEAST)
    if share < 1:
        kept = lighten([e for e in entries if e.slug in {i.slug for i in kept}], kept, share)
    return kept


def _calm(items: Sequence[Prescribed], library: Library) -> list[Prescribed]:
    """Days 1–3 of a flare-up: the three easiest, in their easiest way, one set of the lowest dose."""
    easiest = []
    for item in items:
        spec = library.exercise(item.slug)
        variant = spec.variant(item.variant)
        while easier := easier_variant(spec, variant.key, item.allowed_variants):
            variant = easier
        easiest.append(replace(at_most(item, spec, variant, 0), sets=1))
    order = sorted(
        easiest, key=lambda i: (library.exercise(i.slug).kind == "stretch", i.seconds, i.slug)
    )
    strength = [item for item in order if item.slug in STRENGTH][:1]
    others = [item for item in order if item not in strength][: LEAST - len(strength)]
    slugs = {item.slug for item in (*strength, *others)}
    return [item for item in easiest if item.slug in slugs]


def _advice(case: Case, day: date) -> Iterator[Reason]:
    yield from case.advice
    if is_calm(case, day):
        yield CALM_PLAN
    elif case.flare is not None:
        yield WAY_BACK
    elif is_deload(case, day):
        yield ASKED_WEEK if is_asked(case, day) else DELOAD_WEEK
    for item in case.lighter:
        yield Reason(item.rule, LIGHTER[item.rule])
