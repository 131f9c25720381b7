"""The check: age, pregnancy, birth, operations and illness of the spine (RF18–RF21, RF27)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from programs.questions import SITES, Question, Step, Text, had_operation, said_yes


def _operation(site: str, weeks: Text, cleared: Text) -> tuple[Question, Question]:
    """How long ago, and whether it is cleared: both are asked of each operation."""
    hint = _("If you are not sure, take the lower number.")
    return (
        Question(f"op_{site}", weeks, "number", hint=hint, low=0, high=5000),
        Question(f"op_{site}_cleared", cleared),
    )


ABOUT: tuple[Step, ...] = (
    Step(
        "check:about",
        _("First, about you"),
        (
            Question("age", _("How old are you?"), "number", low=0, high=120),
            Question(
                "rf18_pregnant", _("Are you pregnant?"), why=_("Some moves change in pregnancy.")
            ),
            Question(
                "rf19_given_birth_last_12_weeks",
                _("Did you give birth in the last 12 weeks?"),
                why=_("Your tummy and back need time to heal first."),
            ),
            Question(
                "rf20_any_operation",
                _("Did you have an operation on your spine, tummy or hip in the last 6 months?"),
                hint=_(
                    "A birth by C-section counts. Say yes as well if you have a new hip, from any time."
                ),
                why=_("A fresh operation changes what is safe."),
            ),
            Question(
                "rf27_any",
                _("Do you have a known illness of the spine?"),
                hint=_(
                    "Such as a broken back bone, a tumor, arthritis in the neck, or an operation for a curved spine."
                ),
                why=_("It tells us which moves to leave out."),
            ),
            Question(
                "health",
                _("Do any of these fit you?"),
                "ticks",
                choices=(
                    ("osteoporosis", _("I was told that I have osteoporosis")),
                    ("osteopenia", _("I was told that my bones are a bit thin")),
                    ("steroids_3_months", _("I took steroid tablets for 3 months or more")),
                    (
                        "fragility_fracture_not_spine",
                        _("I broke a bone after 50 from a small fall"),
                    ),
                    ("blood_thinners", _("I take blood thinners")),
                    ("weak_immune_system", _("My immune system is weak")),
                    ("injects_drugs", _("I have injected drugs")),
                    ("none", _("None of these")),
                ),
                hints={
                    "fragility_fracture_not_spine": _("Not in the spine"),
                    "blood_thinners": _("Low-dose aspirin does not count"),
                },
                apart="none",
                why=_("These change what a small knock or a fever could mean."),
            ),
        ),
        lede=_("A few facts help us ask only what matters for you."),
    ),
    Step(
        "check:about-more",
        _("A little more about that"),
        (
            Question(
                "rf18_weeks",
                _("How many weeks pregnant are you?"),
                "number",
                hint=_("If you are not sure, take the higher number."),
                low=0,
                high=45,
            ),
            Question(
                "rf18_warning_sign",
                _("Do you have a warning sign in pregnancy now?"),
                hint=_(
                    "Bleeding, a leak of fluid, or regular tightenings. A bad headache or changed sight. "
                    "Chest pain or a swollen calf. Or your baby moves less."
                ),
            ),
            Question(
                "rf18_told_not_to_exercise",
                _(
                    "Did your maternity team say not to exercise, or do you have a problem that rules it out?"
                ),
                hint=_(
                    "Such as a low placenta, a weak cervix, pre-eclampsia, early labor or waters that broke. "
                    "Or blood loss that goes on, a baby that grows too slowly, or three babies or more. "
                    "Or high blood pressure, diabetes or a thyroid that is not under control. "
                    "Or a serious heart or lung disease."
                ),
            ),
            Question(
                "rf19_weeks_since_birth",
                _("How many weeks ago did you give birth?"),
                "number",
                hint=_("If you are not sure, take the lower number."),
                low=0,
                high=52,
            ),
            Question("rf19_checked", _("Have you had your check after the birth?")),
            Question(
                "rf19_problem",
                _("Do you have fever, heavy bleeding, a swollen calf or a wound that worries you?"),
            ),
            Question(
                "op_sites",
                _("Where was the operation?"),
                "ticks",
                choices=(
                    ("spine", _("My spine")),
                    ("abdomen", _("My tummy, a C-section too")),
                    ("hip_replacement", _("I have a new hip")),
                    ("hip_other", _("My hip, but not a new one")),
                ),
            ),
            Question("op_wound", _("Do you have a fever, or does the wound leak?")),
            Question(
                "rf27_spine_disease",
                _("Which of these do you have?"),
                "ticks",
                choices=(
                    ("healed_fracture", _("A broken back bone that has healed")),
                    (
                        "unhealed_fracture",
                        _("A broken back bone, not healed or under 12 weeks ago"),
                    ),
                    ("inflammatory_arthritis_neck", _("Arthritis with inflammation in the neck")),
                    ("tumour", _("A tumor of the spine")),
                    ("scoliosis_surgery", _("An operation for a curved spine")),
                    ("none", _("None of these")),
                ),
                apart="none",
            ),
        ),
        applies=said_yes(
            "rf18_pregnant", "rf19_given_birth_last_12_weeks", "rf20_any_operation", "rf27_any"
        ),
    ),
    Step(
        "check:about-operations",
        _("Your operation"),
        (
            *_operation(
                "spine",
                _("How many weeks ago was the operation on your spine?"),
                _("Spine: did your surgeon say you may exercise at home?"),
            ),
            *_operation(
                "abdomen",
                _("How many weeks ago was the operation on your tummy?"),
                _("Tummy: were you told that you may exercise at home?"),
            ),
            *_operation(
                "hip_replacement",
                _("How many weeks ago did you get your new hip?"),
                _("New hip: may you move it freely, with no limits left?"),
            ),
            *_operation(
                "hip_other",
                _("How many weeks ago was the other operation on your hip?"),
                _("Hip: may you move it freely, with no limits left?"),
            ),
        ),
        applies=lambda replies: any(had_operation(site)(replies) for site in SITES),
    ),
)
