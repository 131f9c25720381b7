"""The red-flag rules, one function each, in the order in which the questions are asked.

Each yields what fired (``Finding``) and what has no usable answer (``Open``). The texts name the sign in
plain words, for a page that says "You told us: …".
"""

from __future__ import annotations

from collections.abc import Callable

from programs.engine.red_flags.birth_and_operations import (
    rf18_pregnancy,
    rf19_after_birth,
    rf20_surgery,
)
from programs.engine.red_flags.finding import plain
from programs.engine.red_flags.injury_and_illness import (
    rf5_major_injury,
    rf6_minor_injury,
    rf8_cancer,
    rf11_fever,
    rf12_infection_risk,
)
from programs.engine.red_flags.nerves import rf1_cauda_equina, rf2_both_legs, rf3_weakness, rf4_cord
from programs.engine.red_flags.person import Found, Open, Person
from programs.engine.red_flags.the_rest import (
    rf21_age,
    rf22_blood_pressure,
    rf23_severe_pain,
    rf24_dizziness,
    rf25_blood_thinners,
    rf27_spine_disease,
)
from programs.engine.red_flags.vessels_and_joints import (
    rf13_aneurysm,
    rf14_heart_or_brain,
    rf15_calf,
    rf17_inflammatory,
)

__all__ = ["RULES", "Open", "Person"]

RULES: tuple[Callable[[Person], Found], ...] = (
    rf1_cauda_equina,
    rf2_both_legs,
    rf3_weakness,
    rf4_cord,
    rf5_major_injury,
    rf6_minor_injury,
    plain("RF7", "rf7_back_shape", "a change in the shape of your back", "within_days", "R28"),
    rf8_cancer,
    plain("RF9", "rf9_weight_loss", "weight loss without trying", "within_days", "R1, R28"),
    plain(
        "RF10", "rf10_never_eases", "pain that never eases and gets worse", "within_days", "R1, R28"
    ),
    rf11_fever,
    rf12_infection_risk,
    rf13_aneurysm,
    rf14_heart_or_brain,
    rf15_calf,
    plain("RF16", "rf16_kidney", "blood in your pee, burning, or pain in waves", "same_day", None),
    rf17_inflammatory,
    rf18_pregnancy,
    rf19_after_birth,
    rf20_surgery,
    rf21_age,
    rf22_blood_pressure,
    rf23_severe_pain,
    rf24_dizziness,
    rf25_blood_thinners,
    plain(
        "RF26", "rf26_told_not_to_exercise", "you were told not to exercise", "within_days", None
    ),
    rf27_spine_disease,
)
