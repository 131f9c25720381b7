"""Red flags of injury, cancer and infection (RF5–RF12)."""

from __future__ import annotations

from programs.engine.red_flags.finding import caution, emergency, find, urgent
from programs.engine.red_flags.person import BLANK, MISSING, YES_OR_BLANK, Found, Open, Person
from programs.engine.types import Level


def rf5_major_injury(person: Person) -> Found:
    """RF5 (R25, R28): a serious accident at the start."""
    key, value = "rf5_major_injury", person.get("rf5_major_injury")
    if value == "not_assessed":
        text = "a serious accident that nobody has checked your back after"
        yield emergency("RF5", key, value, text, "R25, R28")
    elif value == "assessed_and_cleared":
        yield caution("RF5", key, value, "an accident that was checked", "R25, R28")
    elif value in BLANK:
        yield Open(key)


def rf6_minor_injury(person: Person) -> Found:
    """RF6 (R25): a small fall, bump, lift or cough with fragile bone. *Not sure* blocks only then."""
    key, value = "rf6_minor_injury", person.get("rf6_minor_injury")
    if value == "yes" and person.has_fragile_bone:
        text = "pain that began with a small knock or strain, and bones that may be fragile"
        yield urgent("RF6", key, value, text, "same_day", "R25")
    elif value == MISSING or (value == "not_sure" and person.has_fragile_bone):
        yield Open(key)


def rf8_cancer(person: Person) -> Found:
    """RF8 (R1, R25): cancer in the past. With a new weakness it is an emergency."""
    key, value = "rf8_cancer", person.get("rf8_cancer")
    had_cancer = str(value).startswith("pain_")
    weak = person.get("rf3_weakness") in ("one_leg_new_or_worse", "both_legs_or_rapid")
    cord = person.get("rf4_cord") in YES_OR_BLANK
    if had_cancer and (weak or cord):
        yield emergency("RF8", key, value, "cancer in the past, and weak or clumsy legs", "R1, R25")
    elif value in ("pain_new_or_different", "pain_old_nobody_aware"):
        text = "cancer in the past, and back pain that a doctor should know about"
        yield urgent("RF8", key, value, text, "within_days", "R1, R25")
    elif value == "pain_old_clinician_aware":
        text = "cancer in the past, and old pain that your doctor knows about"
        yield find(
            Level.CAUTION,
            "RF8",
            key,
            value,
            text,
            source="R1, R25",
            ok_first=True,
            change="A therapist or a doctor who records that you may exercise.",
        )
    elif value in BLANK:
        yield Open(key)


def rf11_fever(person: Person) -> Found:
    """RF11 (R26, R28): fever with the pain; an emergency with any risk of a serious infection."""
    key, value, unwell = "rf11_fever", person.get("rf11_fever"), person.get("rf11_very_unwell")
    feverish = value == "yes" or (value == MISSING and unwell == "yes")
    new_signs = person.get("rf3_weakness") == "one_leg_new_or_worse" or person.may_have_rf1_sign
    if feverish and (unwell == "yes" or person.risks_infection or new_signs):
        text = "fever with back pain, and signs that it could be serious"
        yield emergency("RF11", key, value, text, "R26, R28")
    elif feverish:
        yield urgent("RF11", key, value, "fever with back pain", "same_day", "R26, R28")
    if value in BLANK:
        yield Open(key)
    if value == "yes" and unwell in BLANK:
        yield Open("rf11_very_unwell")


def rf12_infection_risk(person: Person) -> Found:
    """RF12 (R26): a risk of infection without fever."""
    key, value = "rf12_infection_risk", person.get("rf12_infection_risk")
    ticked = person.has("weak_immune_system", "injects_drugs")
    if value == "risk_pain_new_or_worse":
        text = "a higher risk of infection, and pain that is new or getting worse"
        yield urgent("RF12", key, value, text, "within_days", "R26")
    elif value == "risk_pain_stable" or ticked:
        yield caution("RF12", key, value, "a higher risk of infection", "R26")
    if value in BLANK:
        yield Open(key)
