"""Red flags of age, pressure, pain, dizziness, bleeding and the spine (RF21–RF27)."""

from __future__ import annotations

from programs.engine.red_flags.finding import emergency, urgent
from programs.engine.red_flags.person import BLANK, MISSING, Found, Open, Person


def rf21_age(person: Person) -> Found:
    """RF21 (R22): under 18."""
    if person.age is not None and person.age < 18:
        text = "you are under 18: please see a clinician together with a parent or guardian"
        yield urgent("RF21", "age", person.age, text, "within_days", "R22")


def rf22_blood_pressure(person: Person) -> Found:
    """RF22 (R13): 180/110 or more stops; with symptoms it is an emergency."""
    key, value = "rf22_blood_pressure", person.get("rf22_blood_pressure")
    if value == "180_or_more_with_symptoms":
        yield emergency("RF22", key, value, "very high blood pressure with symptoms", "R13")
    elif value == "180_or_more":
        yield urgent("RF22", key, value, "blood pressure of 180/110 or more", "same_day", "R13")
    elif value in BLANK:
        yield Open(key)


def rf23_severe_pain(person: Person) -> Found:
    """RF23: pain of 9 or 10 on average or now, or no standing or walking at all."""
    pain = person.facts.get("pain", {})
    worst = max(pain.get("average", 0), pain.get("now", 0))
    if worst >= 9:
        yield urgent("RF23", "pain.average", worst, "pain of 9 or 10 out of 10", "same_day")
    elif person.facts.get("cannot_stand_or_walk"):
        text = "you can't stand or walk at all"
        yield urgent("RF23", "cannot_stand_or_walk", True, text, "same_day")


def rf24_dizziness(person: Person) -> Found:
    """RF24: new dizziness or blackouts. Known dizziness that was ticked counts as the answer."""
    key, value = "rf24_dizziness", person.get("rf24_dizziness")
    if value == "new_or_blackouts":
        yield urgent("RF24", key, value, "new dizziness or blackouts", "same_day")
    elif value == "not_sure" or (value == MISSING and not person.has("dizziness_known")):
        yield Open(key)


def rf25_blood_thinners(person: Person) -> Found:
    """RF25: blood thinners and a knock or fall. Both parts told elsewhere count as well."""
    key, value = "rf25_blood_thinners_and_knock", person.get("rf25_blood_thinners_and_knock")
    told_elsewhere = person.has("blood_thinners") and person.get("rf6_minor_injury") == "yes"
    if value == "yes" or told_elsewhere:
        yield urgent("RF25", key, value, "a knock or fall while on blood thinners", "same_day")
    elif value in BLANK:
        yield Open(key)


def rf27_spine_disease(person: Person) -> Found:
    """RF27 (R9, R10): a known disease of the spine."""
    told, listed = person.get("rf27_any"), person.get("rf27_spine_disease")
    ticked = person.has("healed_spine_fracture")
    if told == "not_sure" or (told == MISSING and listed == MISSING and not ticked):
        yield Open("rf27_any")
    elif told == "yes" and not person.spine_disease and not ticked and person.complete:
        yield Open("rf27_spine_disease")
    for item, text in (
        ("unhealed_fracture", "a spine fracture that has not healed"),
        ("tumour", "a tumor of the spine"),
        ("inflammatory_arthritis_neck", "arthritis that affects the neck"),
    ):
        if item in person.spine_disease:
            yield urgent("RF27", "rf27_spine_disease", item, text, "within_days", "R9, R10")
