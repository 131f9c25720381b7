"""Green, amber or red: what pain during an exercise means (the pain-monitoring rule; R5, R6, R7b)."""

from __future__ import annotations

from typing import Literal

Zone = Literal["green", "amber", "red"]

MILD = 2
MOST = 5
# People with a caution keep below this (R7b).
MOST_WITH_CAUTION = 4
HIGH_BEFORE = 6


def zone_of(
    pain: int, before: int | None, *, is_sharp: bool = False, has_caution: bool = False
) -> Zone:
    """The zone of ``pain`` (0–10) during an exercise, ``before`` being the pain at the start.

    Red stops the exercise. Where the rule leaves room, the more cautious reading holds: an unknown
    start counts as no pain, and the cap of people with a caution holds at every start.
    """
    rise = pain - (before or 0)
    if is_sharp or (has_caution and pain > MOST_WITH_CAUTION):
        return "red"
    if before is not None and before >= HIGH_BEFORE:
        return "red" if rise >= 2 else "green"
    if pain > MOST or rise >= 3:
        return "red"
    return "green" if pain <= MILD or rise <= 1 else "amber"
