"""The tables of adaptation: every number that decides how a running program changes.

Zones and next day: R5, R6, R7, R7b. Three sessions, 15 %, gaps and deload: conservative choices that no
trial fixes. Days are whole days between two dates; pain and effort are 0–10.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# These tables are new: no table that a first plan reads has changed, so RULE_SET keeps its name and
# every stored plan and digest stays valid. Adapted plans carry this name in their digest.
ADAPTATION: Final = "backrelief-adaptation-2026.1"


@dataclass(frozen=True, slots=True)
class Zones:
    """Pain during an exercise (4.3): the bands, and the rises above the score before."""

    mild: int = 2
    most: int = 5
    most_with_caution: int = 4
    green_rise: int = 1
    red_rise: int = 3
    high_before: int = 6
    high_red_rise: int = 2


@dataclass(frozen=True, slots=True)
class Steps:
    """When a session counts as good, and what three good or two hard ones lead to (4.4).

    ``most_out``: with so many exercises out because they hurt no other takes their place.
    """

    completed: float = 0.8
    next_morning_rise: int = 1
    good_in_a_row: int = 3
    effort_to_spare: int = 1
    exercises_a_week: int = 2
    week: int = 7
    work_rise: float = 0.15
    hard: int = 2
    hard_of: int = 3
    reds: int = 2
    reds_days: int = 7
    red_share: float = 0.5
    most_out: int = 3


@dataclass(frozen=True, slots=True)
class LevelUp:
    days_at_level: int = 14
    good: int = 4
    of: int = 5
    no_flare_days: int = 14


@dataclass(frozen=True, slots=True)
class NextDay:
    """The rise by next morning (4.3): repeat, lighter next time, or leave the suspect out."""

    repeat: int = 1
    lighter: int = 2
    out: int = 3
    lighter_share: float = 0.8
    out_days: int = 7


@dataclass(frozen=True, slots=True)
class Deload:
    """Every fifth week at about 60 % of the sets; optional below ``from_level``."""

    every_weeks: int = 5
    share: float = 0.6
    from_level: int = 2
    asked_days: int = 7


@dataclass(frozen=True, slots=True)
class Gaps:
    """Days since the last session: lighter from, one level down from, start again after."""

    lighter_from: int = 8
    down_from: int = 15
    restart_after: int = 28
    share: float = 0.7
    sessions: int = 2


@dataclass(frozen=True, slots=True)
class Flares:
    """Section 4.5: what a flare-up is, its calm days, the way back, and when it is too many."""

    rise: float = 2
    days: int = 2
    days_apart: int = 3
    mean_days: int = 28
    least_entries: int = 4
    calm_days: int = 3
    way_back_share: float = 0.7
    way_back_sessions: int = 2
    way_back_days: int = 14
    sessions_a_week: int = 2
    not_settled_days: int = 14
    too_many: int = 3
    too_many_days: int = 56


@dataclass(frozen=True, slots=True)
class Reintroduce:
    """After four good weeks one exercise that was left out is tried again: one set at level 0."""

    weeks: int = 4
    sessions_a_week: int = 1


@dataclass(frozen=True, slots=True)
class Watch:
    """The numbers of section 7."""

    mean_days: int = 7
    mean_least: int = 4
    severe: float = 9
    strong: float = 8
    strong_entries: int = 2
    strong_days: int = 3
    paused_until_at_most: float = 7
    calm_entries: int = 2
    far_above: float = 3
    far_above_days: int = 3
    above: float = 2
    legs_entries: int = 2
    legs_days: int = 28
    nights: int = 5
    nights_of: int = 7
    peg_rise: float = 2
    psfs_fall: float = 2
    rmdq_rise: float = 5
    new_pain_days: int = 42
    two_weeks: int = 14
    four_weeks: int = 28
    twelve_weeks: int = 84
    fall_points: float = 2
    fall_share: float = 0.3
    psfs_gain: float = 2
    peg_share: float = 0.3
    rmdq_fall: float = 5
    much_better: float = 2
    much_worse: float = -2
    doming: int = 2
    silent_days: int = 14
    held_days: int = 21
    full_screen_days: int = 28
    well_days: int = 2
    correctable_days: int = 35
    late_days: int = 28


ZONES: Final = Zones()
STEPS: Final = Steps()
LEVEL_UP: Final = LevelUp()
NEXT_DAY: Final = NextDay()
DELOAD: Final = Deload()
GAPS: Final = Gaps()
FLARES: Final = Flares()
REINTRODUCE: Final = Reintroduce()
WATCH: Final = Watch()

# The highest rung of the ladder that progress may reach at a level (decision 13).
RUNG_AT_LEVEL: Final = {0: "easier", 1: "standard", 2: "standard", 3: "harder"}
RUNGS: Final = ("easier", "standard", "harder")
# Step sizes, the whole one first and then what it splits into.
REPS_STEPS: Final = (2, 1)
HOLD_STEPS: Final = (2, 1)
STILL_STEPS: Final = (5, 3, 2, 1)
# What a step back takes off, and what it leaves at least.
REPS_BACK, REPS_LEAST = 2, 4
HOLD_BACK, HOLD_LEAST = 2, 1
STILL_BACK, STILL_LEAST = 5, 5

# The questions of a full check that everybody gets (follow-ups come with their answers).
FULL_SCREEN: Final = frozenset(
    (
        "rf1a_saddle_numbness",
        "rf1b_bladder",
        "rf1c_bowel",
        "rf1d_sexual",
        "rf2_both_legs",
        "rf3_weakness",
        "rf4_cord",
        "rf5_major_injury",
        "rf6_minor_injury",
        "rf7_back_shape",
        "rf8_cancer",
        "rf9_weight_loss",
        "rf10_never_eases",
        "rf11_fever",
        "rf12_infection_risk",
        "rf13_aneurysm_signs",
        "rf13b_known_aneurysm",
        "rf14_heart_or_brain",
        "rf15_calf",
        "rf16_kidney",
        "rf18_pregnant",
        "rf22_blood_pressure",
        "rf24_dizziness",
        "rf25_blood_thinners_and_knock",
        "rf26_told_not_to_exercise",
    )
)
# RF1–RF4 and fever: the short form of every diary entry.
SHORT_SCREEN: Final = frozenset(
    (
        "rf1a_saddle_numbness",
        "rf1b_bladder",
        "rf1c_bowel",
        "rf1d_sexual",
        "rf2_both_legs",
        "rf3_weakness",
        "rf4_cord",
        "rf11_fever",
    )
)
# The six lines of the short check: what they stand for (the last line is "anything else").
SIX_LINES: Final = SHORT_SCREEN - {"rf1d_sexual"}
# Where nobody can tell which exercise sent pain down the leg, these go: they pull on the nerve.
NERVE_PULLERS: Final = ("seated-forward-bend", "standing-hamstring-stretch")
