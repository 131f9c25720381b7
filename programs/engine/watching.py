"""Section 7 by predicates: what the diary and time say, beside warning signs and sessions (E4–E22)."""

from __future__ import annotations

from datetime import date, timedelta

from programs.engine.alerting import alert, hold, reason_of
from programs.engine.case import Case, Noted, Pause
from programs.engine.changing import level_down, take_out
from programs.engine.despair import tells_of_despair
from programs.engine.diary import (
    baseline_of,
    calmer_days_since,
    days_noted,
    forget,
    is_week_full,
    mean_of,
    readings,
    times_noted,
    week_mean,
)
from programs.engine.events import TICK_OF
from programs.engine.flare import start_flare
from programs.engine.renewing import make_anew
from programs.engine.rules.adaptation import NERVE_PULLERS, WATCH
from programs.engine.showing import visible
from programs.engine.turn import Turn


def watch(turn: Turn) -> None:
    """Every rule that an entry may fire, the most urgent first."""
    _e20_despair(turn)
    if not turn.is_stale:
        _e5_strong_pain(turn)
        _e6_far_above(turn)
        _e7_above(turn)
        _e4_leg(turn)
        _e9_nights_and_days(turn)
    _e8_and_e21_measures(turn)
    _e16_pelvic(turn)
    _e17_fall(turn)
    _e18_new_condition(turn)


def _e20_despair(turn: Turn) -> None:
    if tells_of_despair(turn.event.get("text", "")):
        alert(turn, "E20")
        hold(turn, "E20")


def _e5_strong_pain(turn: Turn) -> None:
    """Pain of 9 once, or of 8 on two entries within 72 hours. Told late, unless calmer days came since."""
    told = max(readings(turn.event), default=0)
    strong = times_noted(turn.case, "strong_pain", turn.on, WATCH.strong_days)
    again = told >= WATCH.strong and strong >= WATCH.strong_entries
    if turn.is_late and calmer_days_since(turn.case, turn.on) >= WATCH.calm_entries:
        return
    if told >= WATCH.severe or again:
        _pause(turn, "E5")
        alert(turn, "E5")
        turn.triage = turn.triage if turn.case.is_locked else "urgent"


def _pause(turn: Turn, rule: str) -> None:
    """E5 is stronger than E6; a pause that is on begins anew."""
    if turn.case.pause and turn.case.pause.rule == "E5":
        rule = "E5"
    turn.set(pause=Pause(rule, turn.day, None, (), screened=False))
    turn.act("pause", reason_of(rule, change="Two calmer days and a clear check."))


def _e6_far_above(turn: Turn) -> None:
    """The 7-day mean 3 above baseline on three days in a row; new days only, after it has acted."""
    case, day = turn.case, turn.day
    if _acted(case, "E6", day, WATCH.far_above_days) or not _tells_a_day(turn):
        return
    most = baseline_of(case) + WATCH.far_above
    means = [week_mean(case, day - timedelta(days=back)) for back in range(WATCH.far_above_days)]
    if all(mean is not None and mean >= most for mean in means):
        _note(turn, "E6")
        start_flare(turn)
        turn.act("flare_plan")
        # A pause for strong pain that is on keeps its own way out, calm days and all.
        if case.pause is None or case.pause.rule not in ("E5", "E6"):
            _pause(turn, "E6")
        alert(turn, "E6")


def _e7_above(turn: Turn) -> None:
    """The mean of a full week 2 above baseline."""
    case, day = turn.case, turn.day
    if _acted(case, "E7", day, WATCH.mean_days) or not _tells_a_day(turn):
        return
    mean = week_mean(case, day)
    if mean is not None and is_week_full(case, day) and mean >= baseline_of(case) + WATCH.above:
        _note(turn, "E7")
        was_flaring = case.flare is not None
        start_flare(turn)
        if not case.is_locked:
            turn.act("flare_plan", reason_of("E7"))
            # A flare-up that is on has taken its level down already: one episode, one level.
            if not was_flaring:
                level_down(turn, reason_of("E7"))
        alert(turn, "E7")


def _tells_a_day(turn: Turn) -> bool:
    return "average_pain" in turn.event


def _acted(case: Case, rule: str, day: date, days: int) -> bool:
    return days_noted(case, f"acted-{rule}", day, days) > 0


def _note(turn: Turn, rule: str) -> None:
    turn.set(notes=(*turn.case.notes, Noted(turn.day, f"acted-{rule}")))


def _e4_leg(turn: Turn) -> None:
    """Leg symptoms further down on two entries, with no weakness (that is E2)."""
    case = turn.case
    told = times_noted(case, "leg_down", turn.on, WATCH.legs_days)
    if case.is_locked or told < WATCH.legs_entries:
        return
    reason = reason_of("E4", change="A check by a professional that is on record.")
    for slug in NERVE_PULLERS:
        if slug in {item.slug for item in visible(case)}:
            take_out(turn, slug, reason)
    level_down(turn, reason)
    turn.say(reason)
    forget(turn, "leg_down")
    alert(turn, "E4")


def _e9_nights_and_days(turn: Turn) -> None:
    # Of an earlier day: the worst week that it is in.
    weeks = range(min((turn.day - turn.on).days + 1, WATCH.nights_of))
    ends = [turn.on + timedelta(days=ahead) for ahead in weeks]
    nights = max(days_noted(turn.case, "poor_sleep", end, WATCH.nights_of) for end in ends)
    if turn.event.get("cannot_do_daily_tasks") or (
        turn.event.get("poor_sleep_from_pain") and nights >= WATCH.nights
    ):
        alert(turn, "E9")
        hold(turn, "E9", f"nights={nights}")


def _e8_and_e21_measures(turn: Turn) -> None:
    measure = turn.event.get("measure") or {}
    name, score = measure.get("name"), measure.get("score")
    if score is None or name is None:
        return
    if name == "overall_change":
        if score <= WATCH.much_worse:
            alert(turn, "E21")
            hold(turn, "E21", f"overall_change={score}")
        return
    mine = [item for item in turn.case.scores if item.name == name and item.date <= turn.on]
    earlier = [item.score for item in mine[:-1]]
    if earlier and any(is_worse(name, before, score) for before in (earlier[0], earlier[-1])):
        alert(turn, "E8", detail=f"{name} {earlier[0]:g} to {score:g}")
        hold(turn, "E8", f"{name}={score}")


def is_worse(name: str, before: float, now: float) -> bool:
    """PEG up by 2, PSFS down by 2, RMDQ up by 5."""
    if name == "psfs":
        return before - now >= WATCH.psfs_fall
    return now - before >= {"peg": WATCH.peg_rise, "rmdq": WATCH.rmdq_rise}[name]


def _e16_pelvic(turn: Turn) -> None:
    """Doming, leaking or heaviness on two entries. Signs in pregnancy come with the check and lock."""
    noted = [item for item in turn.case.notes if item.what == "doming"]
    if len(noted) >= WATCH.doming and noted[-1].date == turn.on and _has_pelvic(turn):
        alert(turn, "E16", detail="doming, leaking or heaviness")
        hold(turn, "E16")


def _has_pelvic(turn: Turn) -> bool:
    return bool({"doming", "leaking", "heaviness"} & set(turn.event.get("symptoms", ())))


def _e17_fall(turn: Turn) -> None:
    """A fall: hold, ask about injuries, and from now on nothing without support."""
    if "fall" not in turn.event.get("symptoms", ()):
        return
    alert(turn, "E17")
    hold(turn, "E17", "symptoms=fall")
    _notice(turn, ["falls_or_unsteady"])
    conditions = turn.case.answers.get("conditions", ())
    if "falls_or_unsteady" not in conditions:
        answers = {**turn.case.answers, "conditions": [*conditions, "falls_or_unsteady"]}
        make_anew(turn, reason_of("E17"), answers=answers)


def _e18_new_condition(turn: Turn) -> None:
    """A new condition: screening and conditions again, with its start cap. One unknown here waits for a check."""
    told = turn.event.get("new_conditions", ())
    if not told:
        return
    had = list(turn.case.answers.get("conditions", ()))
    ticks = [TICK_OF[name] for name in told if name in TICK_OF]
    alert(turn, "E18", detail=", ".join(told))
    _notice(turn, ticks)
    if any(name not in TICK_OF for name in told):
        turn.set(awaits="condition")
    answers = {**turn.case.answers, "conditions": list(dict.fromkeys([*had, *ticks]))}
    make_anew(turn, reason_of("E18"), answers=answers, caps_new_conditions=True)
    turn.say(reason_of("E18", change="Your next full check."))
    turn.triage = turn.triage or turn.case.base.triage.level.key


def _notice(turn: Turn, conditions: list[str]) -> None:
    """Keeps what an entry told, so that answers given anew do not lose it."""
    turn.set(noticed=tuple(dict.fromkeys((*turn.case.noticed, *conditions))))


def time_watch(turn: Turn) -> None:
    """E10–E12: what time alone brings, each once in a program."""
    days = (turn.day - turn.case.began).days + 7 * turn.case.weeks_before
    _once(turn, "E10", is_due=days >= WATCH.two_weeks and _is_new_and_no_better(turn))
    _once(turn, "E11", is_due=days >= WATCH.four_weeks and not _is_improving(turn))
    _once(turn, "E12", is_due=days >= WATCH.twelve_weeks and not has_responded(turn.case, turn.day))


def silence(turn: Turn) -> None:
    """E19: no entry for 14 days; once for each silence."""
    days = (turn.day - (turn.case.last_log or turn.case.began)).days
    if days >= WATCH.silent_days and not _acted(turn.case, "E19", turn.day, days):
        _note(turn, "E19")
        alert(turn, "E19")
        hold(turn, "E19")


def _once(turn: Turn, rule: str, *, is_due: bool) -> None:
    if is_due and rule not in turn.case.fired:
        turn.set(fired=(*turn.case.fired, rule))
        alert(turn, rule)
        turn.say(reason_of(rule, change="A review."))


def latest_mean(case: Case, day: date) -> float | None:
    """The last week's mean; else that of the last 14 days however few entries."""
    mean = week_mean(case, day)
    return mean_of(case, day, WATCH.two_weeks, 1) if mean is None else mean


def _fall(before: float, now: float) -> tuple[float, float]:
    return before - now, (before - now) / before if before > 0 else 0.0


def _is_new_and_no_better(turn: Turn) -> bool:
    """Pain that was under six weeks old at the start, with a fall of neither 2 points nor 30 %."""
    onset = turn.case.answers.get("onset_days")
    now = latest_mean(turn.case, turn.day)
    if onset is None or onset >= WATCH.new_pain_days or now is None or turn.case.first_pain <= 0:
        return False
    points, share = _fall(turn.case.first_pain, now)
    return points < WATCH.fall_points and share < WATCH.fall_share


def _is_improving(turn: Turn) -> bool:
    """A fall of 30 % or a PSFS gain of 2; without any data nothing is said."""
    base, now = baseline_of(turn.case), latest_mean(turn.case, turn.day)
    if now is None or base <= 0:
        return True
    return _fall(base, now)[1] >= WATCH.fall_share or gain(turn.case, "psfs") >= WATCH.psfs_gain


def gain(case: Case, name: str) -> float:
    """The last score of a measure above its first."""
    scores = [item.score for item in case.scores if item.name == name]
    return scores[-1] - scores[0] if scores else 0.0


def has_responded(case: Case, day: date) -> bool:
    """Whether any measure meets its mark: pain, PSFS, PEG, RMDQ or overall change."""
    now = latest_mean(case, day)
    points, share = _fall(baseline_of(case), now) if now is not None else (0.0, 0.0)
    first = {
        name: next((s.score for s in case.scores if s.name == name), 0.0)
        for name in ("peg", "rmdq")
    }
    overall = [item.score for item in case.scores if item.name == "overall_change"]
    return (
        (points >= WATCH.fall_points and share >= WATCH.fall_share)
        or gain(case, "psfs") >= WATCH.psfs_gain
        or (first["peg"] > 0 and -gain(case, "peg") >= WATCH.peg_share * first["peg"])
        or -gain(case, "rmdq") >= WATCH.rmdq_fall
        or (first["rmdq"] > 0 and -gain(case, "rmdq") >= WATCH.fall_share * first["rmdq"])
        or bool(overall and overall[-1] >= WATCH.much_better)
    )
