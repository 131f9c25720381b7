"""Red flags of pregnancy, birth and operations (RF18–RF20)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from programs.engine.red_flags.finding import emergency, urgent
from programs.engine.red_flags.person import BLANK, HALF_YEAR_WEEKS, MISSING, Found, Open, Person


def rf18_pregnancy(person: Person) -> Found:
    """RF18 (R11, R12): pregnancy. A warning sign, *not sure* included, is an emergency."""
    pregnant, sign = person.get("rf18_pregnant"), person.get("rf18_warning_sign")
    told, weeks = person.get("rf18_told_not_to_exercise"), person.get("rf18_weeks")
    if pregnant in BLANK:
        yield Open("rf18_pregnant")
    if pregnant in ("no", None):
        return
    if sign == "yes" or (pregnant == "yes" and sign in BLANK):
        text = "a warning sign in pregnancy: call your maternity unit"
        yield emergency("RF18", "rf18_warning_sign", sign, text, "R11, R12")
    if told == "yes":
        text = "your maternity team said not to exercise"
        yield urgent("RF18", "rf18_told_not_to_exercise", told, text, "within_days", "R12")
    elif pregnant == "yes" and told in BLANK:
        yield Open("rf18_told_not_to_exercise")
    if pregnant == "yes" and weeks == MISSING:
        yield Open("rf18_weeks")


def rf19_after_birth(person: Person) -> Found:
    """RF19 (R11): the first twelve weeks after birth."""
    told, weeks = person.get("rf19_given_birth_last_12_weeks"), person.weeks_since_birth
    checked, problem = person.get("rf19_checked"), person.get("rf19_problem")
    follow_up_given = {"rf19_checked", "rf19_problem"} & set(person.answers)
    if told == "not_sure" or (told == MISSING and follow_up_given and weeks is None):
        yield Open("rf19_given_birth_last_12_weeks")
    if problem == "yes" and told != "no":
        text = "fever, heavy bleeding, a swollen calf or a wound problem after birth"
        yield urgent("RF19", "rf19_problem", problem, text, "same_day", "R11")
    if not person.gave_birth:
        return
    if weeks is None and person.complete:
        yield Open("rf19_weeks_since_birth")
    if problem in BLANK:
        yield Open("rf19_problem")
    if (weeks is not None and weeks < 6) or checked == "no":
        text = "you gave birth a short time ago, or have not had your check yet"
        yield urgent("RF19", "rf19_weeks_since_birth", weeks, text, "within_days", "R11")
    elif checked in BLANK:
        yield Open("rf19_checked")


def rf20_surgery(person: Person) -> Found:
    """RF20 (R20, R21): operations on spine, tummy or hip. Six months are 26 weeks, the end counted in."""
    told, listed = person.get("rf20_any_operation"), person.get("rf20_surgery")
    if told == "not_sure" or (told == MISSING and listed == MISSING):
        yield Open("rf20_any_operation")
    elif told == "yes" and not person.operations and person.complete:
        yield Open("rf20_surgery")
    for item in person.operations:
        yield from _operation(item)


def _operation(item: Mapping[str, Any]) -> Found:
    site, weeks, cleared = item["site"], item["weeks_ago"], item["cleared"]
    value = f"{site}, {weeks} weeks ago"
    if item.get("fever_or_wound_leak"):
        text = "fever or a leaking wound after an operation"
        yield urgent("RF20", "rf20_surgery", value, text, "same_day", "R20, R21")
    is_hip = site.startswith("hip")
    healing = 12 if is_hip else 6
    if weeks < healing or (not cleared and (is_hip or weeks <= HALF_YEAR_WEEKS)):
        text = "an operation that is recent or not yet cleared for exercise"
        yield urgent("RF20", "rf20_surgery", value, text, "within_days", "R20, R21")
