"""From answers to a plan: screening first, then conditions, selection, dose, minutes and days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from programs.engine.conditions import (
    Direction,
    active_conditions,
    condition_findings,
    direction_of,
)
from programs.engine.dosage import (
    LEAST,
    MINI_BELOW_MINUTES,
    MINI_MINUTES,
    LevelChoice,
    choose_level,
    fit,
    lighten,
    minutes_of,
    prescribe,
)
from programs.engine.output import digest_of
from programs.engine.red_flags import Person
from programs.engine.rules import LEVELS, RULE_SET
from programs.engine.schedule import best_days, first_week, sessions_a_week
from programs.engine.screening import triage as triage_of
from programs.engine.selection import (
    Ranked,
    Usable,
    Verdicts,
    choose,
    has_enough,
    in_session,
    judge,
    rank,
)
from programs.engine.types import (
    Intake,
    LeftOut,
    Level,
    Library,
    Override,
    Plan,
    Prescribed,
    Program,
    Reason,
    Triage,
)

FULL_SCREEN_AFTER_DAYS = 14
FEW = 5


def make_plan(intake: Intake, library: Library, overrides: Sequence[Override] = ()) -> Plan:
    """The plan for this person with this library: always one, with a program or with why there is none.

    No program comes of an emergency, an urgent answer, an open question, a missing re-screen or too few
    exercises. A program that needs a permission is made, and ``triage.ok_first`` says that it is held.
    """
    plain = [
        {
            "slug": o.slug,
            "condition": o.condition,
            "variants": list(o.variants),
            "until": str(o.until),
        }
        for o in overrides
    ]
    return lay_out(intake, library, overrides, digest_of(intake, library, plain))


def lay_out(intake: Intake, library: Library, overrides: Sequence[Override], digest: str) -> Plan:
    """The plan without working out its digest, which costs more than all the rest."""
    direction = direction_of(intake)
    active = active_conditions(intake, direction.direction)
    triage = triage_of(intake, condition_findings(Person.of(intake), active))
    verdicts = judge(intake, library, active, overrides)
    obstacles = tuple(_obstacles(intake, verdicts, triage))
    program, not_chosen = None, verdicts.not_chosen
    if triage.level < Level.URGENT and not triage.not_cleared and not obstacles:
        program, spared = _program(intake, direction, tuple(active), triage, verdicts)
        not_chosen = (*not_chosen, *spared)
    return Plan(
        rule_set=RULE_SET,
        digest=digest,
        triage=triage,
        active_conditions=tuple(active),
        direction=direction.direction,
        emphasis=direction.emphasis,
        program=program,
        excluded=verdicts.excluded,
        not_chosen=tuple(sorted(not_chosen, key=lambda item: item.slug)),
        extra_reasons=obstacles,
    )


def _obstacles(intake: Intake, verdicts: Verdicts, triage: Triage) -> Iterator[Reason]:
    history = intake.history or {}
    gap = history.get("days_since_last_session", 0)
    if gap > FULL_SCREEN_AFTER_DAYS and not history.get("rescreened", False):
        text = "You have been away for a while. Please go through the safety check first."
        because = (f"history.days_since_last_session={gap}",)
        yield Reason("rescreen-after-gap", text, because, None, "You finish the check.")
    if triage.level < Level.URGENT and not has_enough(verdicts.usable):
        text = "Too few of our exercises fit you as things are. A therapist can find more with you."
        yield Reason("too-few-exercises", text, (), None, "A therapist looks at it with you.")


def _program(
    intake: Intake,
    direction: Direction,
    active: tuple[str, ...],
    triage: Triage,
    verdicts: Verdicts,
) -> tuple[Program, tuple[LeftOut, ...]]:
    choice = choose_level(intake, active, triage)
    class_key = direction.direction if direction.direction != "none" else direction.emphasis
    ranked = rank(verdicts.usable, class_key)
    items = _session(intake, ranked, choice, class_key)
    items = [_with_level_reasons(item, choice) for item in items]
    most = 2 if choice.calm or choice.minutes_cap is not None else LEVELS[choice.level].sessions
    sessions, needs_day = sessions_a_week(intake.days, intake.sessions_wanted, most)
    days = best_days(intake.days, sessions) if intake.days else ()
    review = triage.level == Level.CAUTION or len(verdicts.usable) <= FEW
    program = Program(
        level=choice.level,
        sessions_per_week=sessions,
        days=days,
        minutes=minutes_of(items),
        therapist_review=review,
        needs_another_day=needs_day,
        exercises=tuple(items),
        first_week=first_week(intake.today, days),
        advice=tuple(_advice(intake, active, needs_day=needs_day)),
    )
    return program, _spared(verdicts.usable, items, intake)


def _session(
    intake: Intake, ranked: list[Ranked], choice: LevelChoice, class_key: str
) -> list[Prescribed]:
    """The exercises of one session, fitted to the minutes that the person has."""
    if intake.minutes < MINI_BELOW_MINUTES or choice.calm:
        return _mini(intake, ranked, class_key)
    rule = LEVELS[choice.level]
    entries = choose(ranked, rule.most_exercises, class_key)
    items = {entry.slug: prescribe(intake, entry, choice.level, class_key) for entry in entries}
    least = LEAST
    if choice.level >= 1 and intake.minutes >= 15 and len(ranked) >= 4:
        least = 4
    limit = min(intake.minutes, rule.minutes, choice.minutes_cap or rule.minutes)
    kept = fit(entries, items, max(limit, MINI_MINUTES[0]), least)
    return lighten(entries, kept, choice.volume) if choice.volume < 1 else kept


def _mini(intake: Intake, ranked: list[Ranked], class_key: str) -> list[Prescribed]:
    """Under ten minutes: three exercises, one set each at level 0 doses, 5 to 8 minutes."""
    entries = choose(ranked, LEAST + 1, class_key)
    strength = [entry for entry in entries if entry.kind == "strength"][:2]
    others = [entry for entry in entries if entry not in strength]
    more = [entry for entry in ranked if entry not in entries]
    three = sorted([*strength, *others, *more][:LEAST], key=in_session)
    items = {entry.slug: prescribe(intake, entry, 0, class_key) for entry in three}
    single = {slug: replace(item, sets=1) for slug, item in items.items()}
    return fit(three, single, MINI_MINUTES[1], LEAST)


def _with_level_reasons(item: Prescribed, choice: LevelChoice) -> Prescribed:
    return replace(item, reasons=(*item.reasons, *choice.reasons))


def _spared(
    usable: Sequence[Usable], items: Sequence[Prescribed], intake: Intake
) -> tuple[LeftOut, ...]:
    """Usable, but not in this program: few exercises done well beat many."""
    taken = {item.slug for item in items}
    text = "It would fit you too. We keep the session short, and others help you more right now."
    because = (f"minutes={intake.minutes}",)
    reason = Reason("session-template", text, because, "R32, R33", "More minutes, or a swap.")
    return tuple(
        LeftOut(item.spec.slug, (reason,)) for item in usable if item.spec.slug not in taken
    )


def _advice(intake: Intake, active: Sequence[str], *, needs_day: bool) -> Iterator[Reason]:
    yield Reason("rest-days", "On rest days a light walk is welcome.", (), None)
    if "acute_severe" in active:
        text = "Keep moving a little through the day. Warmth may feel good. Check again in 3 to 7 days."
        yield Reason("acute_severe", text, (), "R2")
    if "balance_falls" in active:
        text = "Keep a worktop or wall within reach. Have someone at home for the first sessions."
        yield Reason("balance_falls", text, ("conditions=falls_or_unsteady",), "R9")
    if "leg_symptoms_on_walking" in intake.conditions:
        text = "Please ask a doctor or a therapist to look at your legs and how you walk."
        yield Reason(
            "leg_symptoms_on_walking", text, ("conditions=leg_symptoms_on_walking",), "R16"
        )
    if "wrist_pain" in active:
        text = "At a worktop, rest on your forearms and not on your hands."
        yield Reason("wrist_pain", text, ("conditions=wrist_pain",), None)
    if intake.minutes < MINI_MINUTES[0]:
        text = "Five minutes is the shortest session that still warms you up safely."
        yield Reason("shortest-session", text, (f"minutes={intake.minutes}",), None)
    if needs_day:
        text = "Your days leave no rest day between sessions. Please give us another day."
        yield Reason("rest-day-between", text, tuple(f"days={day}" for day in intake.days), None)
