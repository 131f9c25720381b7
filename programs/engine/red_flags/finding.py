"""How a red-flag rule says what it found: its level, its sentence and what would change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from programs.engine.red_flags.person import BLANK, MISSING, Found, Open, Person
from programs.engine.types import Finding, Level, Reason


def find(  # noqa: PLR0913 - the columns of a row in the table of red flags
    level: Level,
    rule: str,
    key: str,
    value: Any,
    text: str,
    *,
    within: str | None = None,
    source: str | None = None,
    ok_first: bool = False,
    clears: tuple[str, ...] = (),
    change: str = "",
) -> Finding:
    path = key if "." in key or key in ("age", "cannot_stand_or_walk") else f"screening.{key}"
    reason = Reason(
        rule, _sentence(text, value), (f"{path}={value}",), source, change or _CHANGES[level]
    )
    return Finding(level, reason, within, ok_first, clears)


def _sentence(text: str, value: Any) -> str:
    if text.startswith(("you ", "your ")):
        return f"{text[0].upper()}{text[1:]}."
    told = {"not_sure": "You were not sure about", MISSING: "We have no answer yet about"}
    return f"{told.get(value, 'You told us about')} {text}."


_CHANGES = {
    Level.EMERGENCY: "A clinician's check, recorded here, and a new set of answers.",
    Level.URGENT: "A professional's check, recorded here, and a new set of answers.",
    Level.CAUTION: "Tell us if this changes.",
}


def emergency(rule: str, key: str, value: Any, text: str, source: str | None = None) -> Finding:
    return find(Level.EMERGENCY, rule, key, value, text, within="now", source=source)


def urgent(
    rule: str, key: str, value: Any, text: str, within: str, source: str | None = None
) -> Finding:
    return find(Level.URGENT, rule, key, value, text, within=within, source=source)


def caution(rule: str, key: str, value: Any, text: str, source: str | None = None) -> Finding:
    return find(Level.CAUTION, rule, key, value, text, source=source)


def plain(
    rule: str, key: str, text: str, within: str, source: str | None
) -> Callable[[Person], Found]:
    """A rule with one question: yes is URGENT, not sure and missing are not cleared."""

    def check(person: Person) -> Found:
        value = person.get(key)
        if value == "yes":
            yield urgent(rule, key, value, text, within, source)
        elif value in BLANK:
            yield Open(key)

    check.__doc__ = f"{rule} ({source}): {text}."
    return check
