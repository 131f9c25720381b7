"""A flare-up as the pages tell it: which day it is, and what the calm plan says for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

# Days 1–3 are calm, days 4–7 go back gently; after that the way back by the usual rules.
CALM_DAYS = 3
GENTLE_DAYS = 7


@dataclass(frozen=True, slots=True)
class FlareDay:
    """The day of a flare-up, counted from 1, and its phase: ``calm``, ``gentle`` or ``back``."""

    number: int
    started: date

    @property
    def phase(self) -> str:
        if self.number <= CALM_DAYS:
            return "calm"
        return "gentle" if self.number <= GENTLE_DAYS else "back"


def flare_day(state: Mapping[str, Any], today: date) -> FlareDay | None:
    """Today within the flare-up that goes on; None where there is none."""
    going_on = [flare for flare in state.get("flares", []) if flare["ended"] is None]
    if not going_on:
        return None
    started = date.fromisoformat(going_on[-1]["start"])
    return FlareDay(max((today - started).days + 1, 1), started)
