"""Red flags of the nerves and the cord (RF1–RF4)."""

from __future__ import annotations

from programs.engine.red_flags.finding import caution, emergency, urgent
from programs.engine.red_flags.person import BLANK, YES_OR_BLANK, Found, Open, Person


def rf1_cauda_equina(person: Person) -> Found:
    """RF1a–e (R1, R27, R28): numbness between the legs, bladder, bowel, sexual function.

    RF1e can clear RF1b–d and never RF1a. While the form is filled in, RF1b–d wait for RF1e.
    """
    value = person.get("rf1a_saddle_numbness")
    if value in YES_OR_BLANK:
        text = "new numbness or a strange feeling between your legs"
        yield emergency("RF1a", "rf1a_saddle_numbness", value, text, "R1, R27, R28")
    old = person.get("rf1e_longstanding_unchanged_checked")
    for rule, key, text in (
        ("RF1b", "rf1b_bladder", "a new change in how you pee"),
        ("RF1c", "rf1c_bowel", "a new loss of control of your bowels"),
        ("RF1d", "rf1d_sexual", "a new sexual problem, such as loss of feeling"),
    ):
        value = person.get(key)
        if value not in YES_OR_BLANK or old is None:
            continue
        if old == "yes":
            noted = f"{text}, which is old, has stayed the same and was checked"
            yield caution(rule, key, value, noted, "R1, R27")
        else:
            yield emergency(rule, key, value, text, "R1, R27, R28")


def rf2_both_legs(person: Person) -> Found:
    """RF2 (R27, R28): symptoms in both legs."""
    key, value = "rf2_both_legs", person.get("rf2_both_legs")
    if value in ("new_or_worse", *BLANK):
        yield emergency("RF2", key, value, "new or worse symptoms in both legs", "R27, R28")
    elif value == "stable_not_checked":
        text = "symptoms in both legs that nobody has checked"
        yield urgent("RF2", key, value, text, "within_days", "R28")
    elif value == "stable_checked":
        yield caution("RF2", key, value, "old symptoms in both legs that were checked", "R28")


def rf3_weakness(person: Person) -> Found:
    """RF3 (R1, R22): a leg or foot that gets weaker."""
    key, value = "rf3_weakness", person.get("rf3_weakness")
    if value == "both_legs_or_rapid":
        yield emergency("RF3", key, value, "weakness in both legs, or that came on fast", "R1, R22")
    elif value == "one_leg_new_or_worse":
        text = "a leg or foot that is getting weaker"
        if person.may_have_rf1_sign:
            yield emergency("RF3", key, value, text, "R1, R22")
        else:
            yield urgent("RF3", key, value, text, "same_day", "R1, R22")
    elif value == "old_stable_assessed":
        yield caution("RF3", key, value, "an old weakness that was checked", "R1, R22")
    elif value in BLANK:
        yield Open(key)


def rf4_cord(person: Person) -> Found:
    """RF4 (R1): clumsy, heavy legs or a tight band around the chest or tummy."""
    value = person.get("rf4_cord")
    if value in YES_OR_BLANK:
        text = "clumsy or heavy legs, or a tight band around your chest or tummy"
        yield emergency("RF4", "rf4_cord", value, text, "R1")
