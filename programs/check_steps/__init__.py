"""The screens of the check, as data: what is asked, in which order, and of whom."""

from __future__ import annotations

from programs.check_steps.about import ABOUT
from programs.check_steps.heart_and_last import HEART_AND_LAST
from programs.check_steps.illness_and_injury import ILLNESS_AND_INJURY
from programs.check_steps.nerves_and_legs import NERVES_AND_LEGS
from programs.questions import Step

CHECK: tuple[Step, ...] = (*ABOUT, *NERVES_AND_LEGS, *ILLNESS_AND_INJURY, *HEART_AND_LAST)
