"""What a session tells: zones of pain, whether it went well, and what the next morning says (4.3, 4.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from programs.engine.case import Done, Tried
from programs.engine.rules import LEVELS
from programs.engine.rules.adaptation import NEXT_DAY, STEPS, ZONES

Zone = Literal["green", "amber", "red"]


def zone_of(
    pain: int, before: int | None, *, is_sharp: bool = False, has_caution: bool = False
) -> Zone:
    """The zone of ``pain`` (0–10) during an exercise, ``before`` being the pain at the start.

    An unknown start counts as no pain. From a start of 6 the rise alone counts (decision 27): with the
    cap of 4 nobody with strong pain, who all have a CAUTION, could do any exercise.
    """
    rise = pain - (before or 0)
    if is_sharp:
        return "red"
    if before is not None and before >= ZONES.high_before:
        return "red" if rise >= ZONES.high_red_rise else "green"
    cap = ZONES.most_with_caution if has_caution else ZONES.most
    if pain > cap or rise >= ZONES.red_rise:
        return "red"
    return "green" if pain <= ZONES.mild or rise <= ZONES.green_rise else "amber"


def done_from(
    event: Mapping[str, Any], number: int, level: int, *, full: bool, caution: bool
) -> Done:
    """The session that ``event`` tells of, on the day that it tells of."""
    before, during = _whole(event.get("pain_before")), _whole(event.get("pain_during"))
    tried = tuple(
        Tried(
            item["slug"],
            _whole(item.get("pain_during")),
            item.get("leg_spread", False),
            item.get("skipped", False),
            item.get("sharp", False),
        )
        for item in event.get("exercises", ())
    )
    worst = max((item.pain for item in tried if item.pain is not None), default=None)
    red = [item.slug for item in tried if _is_red(item, before, caution=caution)]
    # Pain that no exercise explains: red, and nobody knows where.
    unexplained = during is not None and (worst is None or during > worst)
    if unexplained and not red and zone_of(during or 0, before, has_caution=caution) == "red":
        red.append("")
    return Done(
        number=number,
        date=date.fromisoformat(event.get("on", event["date"])),
        level=level,
        full=full,
        completed=event.get("completed_fraction"),
        before=before,
        during=max((pain for pain in (during, worst) if pain is not None), default=None),
        effort=_whole(event.get("effort")),
        next_morning=_whole(event.get("pain_next_morning")),
        sleep_lost=bool(event.get("poor_sleep_from_pain", False)) and "pain_next_morning" in event,
        caution=caution,
        red=tuple(dict.fromkeys(red)),
        tried=tried,
        source=event.get("id", ""),
    )


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _is_red(item: Tried, before: int | None, *, caution: bool) -> bool:
    pain = 0 if item.pain is None else item.pain
    zone = zone_of(pain, before, is_sharp=item.sharp, has_caution=caution)
    return item.leg_spread or zone == "red"


def verdict(done: Done) -> bool | None:
    """``session_ok``: True, False, or None where an answer is missing and nothing speaks against it."""
    known = [_completed(done), _pain_ok(done), _morning_ok(done), _effort_ok(done), not done.red]
    if False in known:
        return False
    return None if None in known else True


def has_room(done: Done) -> bool:
    """Effort at least one below the level's most: room for a step."""
    most = LEVELS[done.level].effort_max - STEPS.effort_to_spare
    return done.effort is not None and done.effort <= most


def _completed(done: Done) -> bool | None:
    return None if done.completed is None else done.completed >= STEPS.completed


def _pain_ok(done: Done) -> bool | None:
    """At most 5, at most 4 with a CAUTION; from a start of 6 on a rise of at most 1."""
    if done.during is None:
        return None
    if done.before is not None and done.before >= ZONES.high_before:
        return done.during - done.before < ZONES.high_red_rise
    return done.during <= (ZONES.most_with_caution if done.caution else ZONES.most)


def _morning_ok(done: Done) -> bool | None:
    if done.sleep_lost:
        return False
    if done.next_morning is None:
        return None
    return morning_rise(done) <= STEPS.next_morning_rise


def _effort_ok(done: Done) -> bool | None:
    return None if done.effort is None else done.effort <= LEVELS[done.level].effort_max


def morning_rise(done: Done) -> int:
    """How far the next morning is above the score before; an unknown one counts as none."""
    return (done.next_morning or 0) - (done.before or 0)


def next_day(done: Done, *, leg_further_down: bool = False) -> str:
    """The next-day rule: ``go``, ``repeat``, ``lighter`` or ``out``."""
    rise = morning_rise(done) if done.next_morning is not None else 0
    if rise >= NEXT_DAY.out or done.sleep_lost or leg_further_down:
        return "out"
    if rise >= NEXT_DAY.lighter:
        return "lighter"
    return "repeat" if rise >= NEXT_DAY.repeat else "go"


def suspects(sessions: Sequence[Done]) -> list[str]:
    """The exercises that hurt, spread to the leg or were skipped in these sessions, worst first."""
    found: dict[str, tuple[int, int]] = {}
    for done in sessions:
        for item in done.tried:
            zone = zone_of(
                item.pain or 0, done.before, is_sharp=item.sharp, has_caution=done.caution
            )
            if item.leg_spread or item.skipped or zone != "green":
                rank = (int(item.leg_spread), item.pain or 0)
                found[item.slug] = max(rank, found.get(item.slug, rank))
    return sorted(found, key=lambda slug: (found[slug][0] * -1, -found[slug][1], slug))
