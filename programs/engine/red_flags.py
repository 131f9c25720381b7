"""The red-flag rules, one function each, in the order in which the questions are asked.

Each yields what fired (``Finding``) and what has no usable answer (``Open``). The texts name the sign in
plain words, for a page that says "You told us: …".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from programs.engine.types import Finding, Intake, Level, Reason

MISSING = "missing"
BLANK = ("not_sure", MISSING)
YES_OR_BLANK = ("yes", *BLANK)
OLDEST_BIRTH_WEEKS = 12
HALF_YEAR_WEEKS = 26


@dataclass(frozen=True, slots=True)
class Open:
    """A screening question that still needs an answer."""

    key: str


Found = Iterator[Finding | Open]


@dataclass(frozen=True, slots=True)
class Person:
    """What the rules read. Before the form is complete, a question not yet asked counts for nothing."""

    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    complete: bool

    @classmethod
    def of(cls, intake: Intake) -> Person:
        return cls(intake.screening, intake.raw, complete=True)

    @classmethod
    def so_far(cls, screening: Mapping[str, Any], facts: Mapping[str, Any]) -> Person:
        return cls(screening, facts, complete=False)

    def get(self, key: str) -> Any:
        """The answer; ``missing`` where there is none and there should be one, else None."""
        return self.answers.get(key, MISSING if self.complete else None)

    def has(self, *conditions: str) -> bool:
        """Whether any of these was ticked among the conditions."""
        return bool(set(conditions) & set(self.facts.get("conditions", ())))

    @property
    def age(self) -> int | None:
        return self.facts.get("age")

    @property
    def onset_days(self) -> int | None:
        return self.facts.get("onset_days")

    @property
    def operations(self) -> list[Mapping[str, Any]]:
        return list(self.answers.get("rf20_surgery") or ())

    @property
    def spine_disease(self) -> list[str]:
        return list(self.answers.get("rf27_spine_disease") or ())

    @property
    def weeks_since_birth(self) -> int | None:
        return self.answers.get("rf19_weeks_since_birth")

    @property
    def gave_birth(self) -> bool:
        """Within twelve weeks, told by the question or by the weeks."""
        weeks = self.weeks_since_birth
        told = self.answers.get("rf19_given_birth_last_12_weeks")
        return told == "yes" or (weeks is not None and weeks <= OLDEST_BIRTH_WEEKS)

    @property
    def has_fragile_bone(self) -> bool:
        """RF6: 65 or older, osteoporosis, steroids for 3 months, or an earlier fragility fracture."""
        ticked = self.has(
            "osteoporosis",
            "steroids_3_months",
            "fragility_fracture_not_spine",
            "healed_spine_fracture",
        )
        fractures = {"healed_fracture", "unhealed_fracture"} & set(self.spine_disease)
        return ticked or bool(fractures) or (self.age or 0) >= 65

    @property
    def risks_infection(self) -> bool:
        """RF11, RF12: what makes an infection more likely, wherever it was told."""
        spine_operation = any(item["site"] == "spine" for item in self.operations)
        told = str(self.answers.get("rf12_infection_risk", "")).startswith("risk")
        return told or spine_operation or self.has("weak_immune_system", "injects_drugs")


def _find(  # noqa: PLR0913 - the columns of a row in the table of red flags
    level: Level,
    rule: str,
    key: str,
    value: Any,
    text: str,
    *,
    within: str | None = None,
    source: str | None = None,
    ok_first: bool = False,
    clears: tuple[str, ...] = (),
    change: str = "",
) -> Finding:
    path = key if "." in key or key in ("age", "cannot_stand_or_walk") else f"screening.{key}"
    reason = Reason(
        rule, _sentence(text, value), (f"{path}={value}",), source, change or _CHANGES[level]
    )
    return Finding(level, reason, within, ok_first, clears)


def _sentence(text: str, value: Any) -> str:
    if text.startswith(("you ", "your ")):
        return f"{text[0].upper()}{text[1:]}."
    told = {"not_sure": "You were not sure about", MISSING: "We have no answer yet about"}
    return f"{told.get(value, 'You told us about')} {text}."


_CHANGES = {
    Level.EMERGENCY: "A clinician's check, recorded here, and a new set of answers.",
    Level.URGENT: "A professional's check, recorded here, and a new set of answers.",
    Level.CAUTION: "Tell us if this changes.",
}


def emergency(rule: str, key: str, value: Any, text: str, source: str | None = None) -> Finding:
    return _find(Level.EMERGENCY, rule, key, value, text, within="now", source=source)


def urgent(
    rule: str, key: str, value: Any, text: str, within: str, source: str | None = None
) -> Finding:
    return _find(Level.URGENT, rule, key, value, text, within=within, source=source)


def caution(rule: str, key: str, value: Any, text: str, source: str | None = None) -> Finding:
    return _find(Level.CAUTION, rule, key, value, text, source=source)


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


def _any_rf1_yes(person: Person) -> bool:
    keys = ("rf1a_saddle_numbness", "rf1b_bladder", "rf1c_bowel", "rf1d_sexual")
    return any(person.get(key) in YES_OR_BLANK for key in keys)


def rf3_weakness(person: Person) -> Found:
    """RF3 (R1, R22): a leg or foot that gets weaker."""
    key, value = "rf3_weakness", person.get("rf3_weakness")
    if value == "both_legs_or_rapid":
        yield emergency("RF3", key, value, "weakness in both legs, or that came on fast", "R1, R22")
    elif value == "one_leg_new_or_worse":
        text = "a leg or foot that is getting weaker"
        if _any_rf1_yes(person):
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
        yield _find(
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
    new_signs = person.get("rf3_weakness") == "one_leg_new_or_worse" or _any_rf1_yes(person)
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


def plain(
    rule: str, key: str, text: str, within: str, source: str | None
) -> Callable[[Person], Found]:
    """A rule with one question: yes is URGENT, not sure and missing are not cleared."""

    def check(person: Person) -> Found:
        value = person.get(key)
        if value == "yes":
            yield urgent(rule, key, value, text, within, source)
        elif value in BLANK:
            yield Open(key)

    check.__doc__ = f"{rule} ({source}): {text}."
    return check


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
