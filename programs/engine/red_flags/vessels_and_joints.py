"""Red flags of heart, vessels and inflamed joints (RF13–RF17)."""

from __future__ import annotations

from programs.engine.red_flags.finding import caution, emergency, urgent
from programs.engine.red_flags.person import BLANK, MISSING, YES_OR_BLANK, Found, Open, Person


def rf13_aneurysm(person: Person) -> Found:
    """RF13 (R24): sudden severe pain with faintness, or a beating lump; RF13b: a known aneurysm."""
    value = person.get("rf13_aneurysm_signs")
    if value in YES_OR_BLANK:
        text = "sudden severe pain with faintness, or a beating lump in your tummy"
        yield emergency("RF13", "rf13_aneurysm_signs", value, text, "R24")
    known = person.get("rf13b_known_aneurysm")
    if known == "yes":
        text = "an aneurysm: a doctor should set your limits for exercise"
        yield urgent("RF13b", "rf13b_known_aneurysm", known, text, "within_days", "R24")
    elif known in BLANK:
        yield Open("rf13b_known_aneurysm")


def rf14_heart_or_brain(person: Person) -> Found:
    """RF14 (R28): chest pain, bad breathlessness, fainting, a drooping face, trouble speaking."""
    key, value = "rf14_heart_or_brain", person.get("rf14_heart_or_brain")
    if value in ("now_or_last_24_hours", *BLANK):
        text = "chest pain, bad breathlessness, fainting, or sudden trouble with face or speech"
        yield emergency("RF14", key, value, text, "R28")
    elif value == "on_effort_last_3_months":
        yield urgent(
            "RF14",
            key,
            value,
            "chest pain on effort, or a heart that is not stable",
            "same_day",
            "R28",
        )


def rf15_calf(person: Person) -> Found:
    """RF15: a swollen, hot, sore calf."""
    key, value = "rf15_calf", person.get("rf15_calf")
    if value == "yes_with_breathlessness":
        yield emergency("RF15", key, value, "a swollen, sore calf and trouble breathing")
    elif value == "yes":
        yield urgent("RF15", key, value, "a calf that is newly swollen, hot and sore", "same_day")
    elif value in BLANK:
        yield Open(key)


def rf17_inflammatory(person: Person) -> Found:
    """RF17 (R23): signs of inflammation, asked where pain began before 45 and lasts over 3 months.

    *Not sure* does not block; a missing answer does. The red painful eye belongs to the group.
    """
    began, items = person.get("rf17_pain_began_before_45"), person.get("rf17_inflammatory_items")
    eye = person.get("rf17_red_painful_eye")
    lasting = person.onset_days is None or person.onset_days > 90
    if eye == "yes":
        yield urgent("RF17", "rf17_red_painful_eye", eye, "a red, painful eye", "same_day", "R23")
    if began == MISSING:
        yield Open("rf17_pain_began_before_45")
    elif began == "yes" and lasting:
        if items == MISSING:
            yield Open("rf17_inflammatory_items")
        if eye == MISSING:
            yield Open("rf17_red_painful_eye")
    if began != "no" and isinstance(items, int | float) and items >= 3:
        what = (
            "show the letter to your doctor and ask for a check for spondyloarthritis"
            if items >= 4
            else "ask your doctor about a blood test (HLA-B27)"
        )
        text = f"signs that your back may be inflamed: {what}"
        yield caution("RF17", "rf17_inflammatory_items", items, text, "R23")
