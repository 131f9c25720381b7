"""The screens of the check and of the intake, as data: what is asked, of whom, and what follows.

A screen's replies are kept as they were given. ``answers_from`` turns all of them into the intake that
the engine reads, so that nothing is asked twice and no answer has two homes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Replies = Mapping[str, Mapping[str, Any]]
YES_NO = (("yes", _("Yes")), ("no", _("No")), ("not_sure", _("Not sure")))
# "Yes" calls for more; the value follows from the second question.
ASKED = "__asked"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``kind``: ``yes_no``, ``choice``, ``ticks``, ``number``, ``pain``, ``text`` or ``tick``."""

    name: str
    label: Text
    kind: str = "yes_no"
    hint: Text = ""
    why: Text = ""
    choices: tuple[tuple[str, Text], ...] = ()
    hints: Mapping[str, Text] = field(default_factory=dict)
    apart: str = ""
    low: int = 0
    high: int = 0
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """A screen. ``applies`` says from the replies so far whether this person sees it."""

    key: str
    title: Text
    questions: tuple[Question, ...]
    lede: Text = ""
    has_none_card: bool = False
    applies: Callable[[Replies], bool] = lambda replies: True

    @property
    def slug(self) -> str:
        return self.key.partition(":")[2]


def reply(replies: Replies, name: str) -> Any:
    """The reply to a question, wherever it was asked."""
    return next((given[name] for given in replies.values() if name in given), None)


def said_yes(*names: str) -> Callable[[Replies], bool]:
    return lambda replies: any(reply(replies, name) == "yes" for name in names)


def said_yes_or_unsure(*names: str) -> Callable[[Replies], bool]:
    return lambda replies: any(reply(replies, name) in ("yes", "not_sure") for name in names)


def told_infection_risk(replies: Replies) -> bool:
    """RF12's first part was ticked on the first screen, so only its second part is asked."""
    return bool({"weak_immune_system", "injects_drugs"} & set(reply(replies, "health") or ()))


def had_operation(site: str) -> Callable[[Replies], bool]:
    return lambda replies: (
        reply(replies, "rf20_any_operation") == "yes" and site in (reply(replies, "op_sites") or ())
    )


SITES = ("spine", "abdomen", "hip_replacement", "hip_other")


def _operation(site: str, weeks: Text, cleared: Text) -> tuple[Question, Question]:
    """How long ago, and whether it is cleared: both are asked of each operation."""
    hint = _("If you are not sure, take the lower number.")
    return (
        Question(f"op_{site}", weeks, "number", hint=hint, low=0, high=5000),
        Question(f"op_{site}_cleared", cleared),
    )


CHECK: tuple[Step, ...] = (
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
    Step(
        "check:nerves",
        _("Numbness, bladder and bowels"),
        (
            Question(
                "rf1a_saddle_numbness",
                _(
                    "Do you have new numbness or an odd feeling between your legs or around your bottom?"
                ),
                hint=_("For example, wiping feels different."),
                why=_("It can mean that nerves are pressed and need care today."),
            ),
            Question(
                "rf1b_bladder",
                _("Is there a new change in how you pee?"),
                hint=_(
                    "Hard to start or stop, a weak flow, leaking, or no feeling of a full bladder."
                ),
                why=_("The same nerves run the bladder."),
            ),
            Question(
                "rf1c_bowel",
                _("Have you newly lost control of your bowels, or can't you feel when you go?"),
                why=_("The same nerves run the bowels."),
            ),
            Question(
                "rf1d_sexual",
                _("Is there a new sexual problem, such as loss of feeling?"),
                hint=_("Or not getting an erection."),
                why=_("We ask everybody. The same nerves are at work here."),
            ),
        ),
        lede=_("These are rare. Most people say no to all of them."),
        has_none_card=True,
    ),
    Step(
        "check:nerves-more",
        _("One more thing about that"),
        (
            Question(
                "rf1e_longstanding_unchanged_checked",
                _(
                    "Was this there before your back problem, has it stayed the same, and has someone checked it?"
                ),
                hint=_(
                    "Say yes only if all three are true. “Someone” is a doctor, nurse or therapist."
                ),
            ),
        ),
        applies=said_yes_or_unsure("rf1b_bladder", "rf1c_bowel", "rf1d_sexual"),
    ),
    Step(
        "check:legs",
        _("Your legs"),
        (
            Question(
                "rf2_both_legs" + ASKED,
                _("Do you have pain, tingling, numbness or weakness in both legs?"),
                why=_("Signs in both legs can come from the middle of the spine."),
            ),
            Question(
                "rf3_weakness" + ASKED,
                _("Is a leg or foot getting weaker?"),
                hint=_(
                    "You trip, your foot slaps, your knee gives way, or you can't stand on tiptoe."
                ),
                why=_("Weak muscles can mean that a nerve needs help soon."),
            ),
            Question(
                "rf4_cord",
                _("Are your legs clumsy or heavy, so that walking is unsteady?"),
                hint=_(
                    "Or do you feel a tight band around your chest or tummy? Think of what is new."
                ),
                why=_("It can mean pressure on the spinal cord."),
            ),
            Question(
                "rf15_calf" + ASKED,
                _("Is one calf newly swollen, hot and sore?"),
                why=_("It could be a clot, which needs a doctor, not exercise."),
            ),
        ),
        has_none_card=True,
    ),
    Step(
        "check:legs-more",
        _("More about your legs"),
        (
            Question(
                "rf2_both_legs",
                _("How long have both legs been like this?"),
                "choice",
                choices=(
                    ("new_or_worse", _("It is new, or worse in the last 4 weeks")),
                    ("stable_checked", _("The same for 3 months or more, and checked")),
                    ("stable_not_checked", _("The same for 3 months or more, never checked")),
                    ("not_sure", _("I'm not sure")),
                ),
            ),
            Question(
                "rf3_weakness",
                _("What is the weakness like?"),
                "choice",
                choices=(
                    ("one_leg_new_or_worse", _("In one leg, new or getting worse")),
                    ("both_legs_or_rapid", _("In both legs, or it came within two days")),
                    ("old_stable_assessed", _("Old, always the same, and checked")),
                    ("not_sure", _("I'm not sure")),
                ),
            ),
            Question(
                "rf15_calf",
                _("Are you short of breath as well?"),
                "choice",
                choices=(
                    ("yes_with_breathlessness", _("Yes")),
                    ("yes", _("No")),
                    ("not_sure", _("I'm not sure")),
                ),
            ),
        ),
        applies=said_yes("rf2_both_legs" + ASKED, "rf3_weakness" + ASKED, "rf15_calf" + ASKED),
    ),
    Step(
        "check:illness",
        _("Fever and illness"),
        (
            Question(
                "rf11_fever",
                _("Do you have fever, shivers or night sweats with this pain?"),
                hint=_("Fever means 38 °C (100.4 °F) or more."),
                why=_("An infection of the spine is rare, and it must be treated."),
            ),
            Question(
                "rf12_infection_risk" + ASKED,
                _(
                    "In the last 3 months, did you have TB, a serious infection or a procedure on your spine?"
                ),
                hint=_("Say yes as well if your immune system is weak or you have injected drugs."),
                why=_("It makes an infection of the spine more likely."),
            ),
            Question(
                "rf8_cancer" + ASKED,
                _("Have you ever had cancer?"),
                hint=_("A simple skin cancer does not count."),
                why=_("Then a doctor should know about new back pain."),
            ),
            Question(
                "rf9_weight_loss",
                _("Have you lost weight without trying?"),
                hint=_("About 1 pound in 20 over 6 months."),
                why=_("It can be a sign of an illness behind the pain."),
            ),
            Question(
                "rf10_never_eases",
                _(
                    "Is the pain there day and night, with no position that eases it, and getting worse?"
                ),
                hint=_("Waking up when you turn over does not count."),
                why=_("Common back pain has better and worse moments."),
            ),
        ),
        has_none_card=True,
    ),
    Step(
        "check:illness-more",
        _("More about that"),
        (
            Question("rf11_very_unwell", _("Do you feel very unwell?")),
            Question(
                "rf12_infection_risk",
                _(
                    "Is your back pain less than 12 weeks old, and there all the time or getting worse?"
                ),
                "choice",
                choices=(
                    ("risk_pain_new_or_worse", _("Yes")),
                    ("risk_pain_stable", _("No, it is older or stays the same")),
                    ("not_sure", _("I'm not sure")),
                ),
            ),
            Question(
                "rf8_cancer",
                _("What is this back pain like?"),
                "choice",
                choices=(
                    ("pain_new_or_different", _("New, different, or getting worse")),
                    ("pain_old_clinician_aware", _("Old, always the same, and my doctor knows")),
                    (
                        "pain_old_nobody_aware",
                        _("Old, and nobody has looked at it since the cancer"),
                    ),
                    ("not_sure", _("I'm not sure")),
                ),
            ),
        ),
        applies=lambda replies: (
            said_yes_or_unsure("rf11_fever")(replies)
            or said_yes("rf12_infection_risk" + ASKED, "rf8_cancer" + ASKED)(replies)
            or told_infection_risk(replies)
        ),
    ),
    Step(
        "check:injury",
        _("Accidents and the shape of your back"),
        (
            Question(
                "rf5_major_injury" + ASKED,
                _("Did this start after a serious accident?"),
                hint=_("Like a car crash, or a fall from more than standing height."),
                why=_("A bone may be broken."),
            ),
            Question(
                "rf6_minor_injury",
                _("Did it start suddenly after a small fall, a bump, a lift or a cough?"),
                why=_("With thin bones even that can break one."),
            ),
            Question(
                "rf25_blood_thinners_and_knock",
                _("Do you take blood thinners, and did the pain follow a knock or fall?"),
                why=_("Blood thinners can turn a knock into a bleed."),
            ),
            Question(
                "rf7_back_shape",
                _(
                    "Has your back changed shape, have you lost height, or is there a new lump on your spine?"
                ),
                why=_("It can be a sign of a broken or changed bone."),
            ),
        ),
        has_none_card=True,
    ),
    Step(
        "check:injury-more",
        _("More about the accident"),
        (
            Question(
                "rf5_major_injury",
                _("Has a professional checked your back since the accident?"),
                "choice",
                choices=(
                    ("assessed_and_cleared", _("Yes, and nothing serious was found")),
                    ("not_assessed", _("No")),
                    ("not_sure", _("I'm not sure")),
                ),
            ),
        ),
        applies=said_yes("rf5_major_injury" + ASKED),
    ),
    Step(
        "check:heart",
        _("Heart, head and tummy"),
        (
            Question(
                "rf14_heart_or_brain" + ASKED,
                _(
                    "Do you have chest pain, bad breathlessness, fainting, a face that droops, or sudden trouble to speak?"
                ),
                hint=_(
                    "Now, in the last day, or when you make an effort. Say yes as well if you have a heart disease that is not stable."
                ),
                why=_("These need help at once, whatever your back does."),
            ),
            Question(
                "rf13_aneurysm_signs",
                _(
                    "Do you have sudden, severe pain in your back or tummy with faintness or cold sweat?"
                ),
                hint=_("Or a lump in your tummy that beats?"),
                why=_("It can be a large blood vessel."),
            ),
            Question(
                "rf13b_known_aneurysm",
                _("Have you been told that you have an aneurysm?"),
                hint=_("That is a weak, wide spot in a large blood vessel."),
                why=_("A doctor should set your limits first."),
            ),
            Question(
                "rf16_kidney",
                _(
                    "Is there blood in your pee, burning when you pee, or pain in your side that comes in waves?"
                ),
                why=_("Kidneys can hurt like a back."),
            ),
            Question(
                "rf22_blood_pressure" + ASKED,
                _(
                    "Has your blood pressure been 160/100 or more, or were you told it is not under control?"
                ),
                why=_("Very high pressure and hard effort do not mix."),
            ),
            Question(
                "rf24_dizziness" + ASKED,
                _("Do you get dizzy or have blackouts?"),
                why=_("Then we leave out moves with the head down."),
            ),
        ),
        has_none_card=True,
    ),
    Step(
        "check:heart-more",
        _("More about that"),
        (
            Question(
                "rf14_heart_or_brain",
                _("When do you have it?"),
                "choice",
                choices=(
                    ("now_or_last_24_hours", _("Now, or in the last 24 hours")),
                    (
                        "on_effort_last_3_months",
                        _("Only on effort in the last 3 months, or my heart is not stable"),
                    ),
                    ("not_sure", _("I'm not sure")),
                ),
            ),
            Question(
                "rf22_blood_pressure",
                _("How high was your blood pressure?"),
                "choice",
                choices=(
                    ("160_179_or_not_controlled", _("Under 180/110, or “not under control”")),
                    ("180_or_more", _("180/110 or more")),
                    (
                        "180_or_more_with_symptoms",
                        _(
                            "180/110 or more, with a bad headache, chest pain, or changed sight or speech"
                        ),
                    ),
                    ("not_sure", _("I'm not sure")),
                ),
            ),
            Question(
                "rf24_dizziness",
                _("What is the dizziness like?"),
                "choice",
                choices=(
                    ("known_and_checked", _("I know it, and it was checked")),
                    ("new_or_blackouts", _("It is new, nobody knows why, or I black out")),
                    ("not_sure", _("I'm not sure")),
                ),
            ),
        ),
        applies=said_yes(
            "rf14_heart_or_brain" + ASKED, "rf22_blood_pressure" + ASKED, "rf24_dizziness" + ASKED
        ),
    ),
    Step(
        "check:last",
        _("The last two"),
        (
            Question(
                "rf26_told_not_to_exercise",
                _("Has a health professional told you not to exercise?"),
                why=_("Then we need their OK first."),
            ),
            Question(
                "rf17_pain_began_before_45",
                _(
                    "Did your back pain begin before you were 45, and has it lasted more than 3 months?"
                ),
                why=_("Then we look for signs of inflammation, which can be treated."),
            ),
        ),
        has_none_card=True,
    ),
    Step(
        "check:last-more",
        _("Signs of inflammation"),
        (
            Question(
                "inflammation",
                _("Which of these fit you?"),
                "ticks",
                choices=(
                    ("before_35", _("The pain began before I was 35")),
                    ("night", _("It wakes me in the second half of the night")),
                    ("buttock", _("My buttocks hurt")),
                    ("movement", _("It gets better when I move")),
                    ("tablets", _("Tablets such as ibuprofen help within 2 days")),
                    ("family", _("A close relative has spondyloarthritis")),
                    ("arthritis", _("I have or had arthritis")),
                    ("heel", _("I have or had pain in the heel or where a tendon joins a bone")),
                    ("psoriasis", _("I have or had psoriasis")),
                    ("none", _("None of these")),
                ),
                apart="none",
            ),
            Question("rf17_red_painful_eye", _("Is one of your eyes red and painful?")),
        ),
        applies=said_yes_or_unsure("rf17_pain_began_before_45"),
    ),
)

# Questions of a "more" screen that only some of those who see it are asked.
ONLY_IF: dict[str, Callable[[Replies], bool]] = {
    **dict.fromkeys(
        ("rf18_weeks", "rf18_warning_sign", "rf18_told_not_to_exercise"), said_yes("rf18_pregnant")
    ),
    **dict.fromkeys(
        ("rf19_weeks_since_birth", "rf19_checked", "rf19_problem"),
        said_yes("rf19_given_birth_last_12_weeks"),
    ),
    **dict.fromkeys(("op_sites", "op_wound"), said_yes("rf20_any_operation")),
    **{f"op_{site}{end}": had_operation(site) for site in SITES for end in ("", "_cleared")},
    "rf27_spine_disease": said_yes("rf27_any"),
    "rf11_very_unwell": said_yes_or_unsure("rf11_fever"),
    **{
        key: said_yes(key + ASKED)
        for key in (
            "rf2_both_legs",
            "rf3_weakness",
            "rf15_calf",
            "rf8_cancer",
            "rf5_major_injury",
            "rf14_heart_or_brain",
            "rf22_blood_pressure",
            "rf24_dizziness",
        )
    },
    "rf12_infection_risk" + ASKED: lambda replies: not told_infection_risk(replies),
    "rf12_infection_risk": lambda replies: (
        told_infection_risk(replies) or said_yes("rf12_infection_risk" + ASKED)(replies)
    ),
}
ALL_CLEAR = {"rf22_blood_pressure": "ok_or_controlled"}
# Yes to the sign, not sure about its kind: the sign is there, so the kind that stops is taken.
UNSURE_OF_KIND = {
    "rf3_weakness": "one_leg_new_or_worse",
    "rf8_cancer": "pain_new_or_different",
    "rf12_infection_risk": "risk_pain_new_or_worse",
    "rf15_calf": "yes",
}
# A follow-up that several questions share is asked again when any of their answers changes.
SHARED_FOLLOW_UPS = {"check:nerves": "check:nerves-more"}


def questions_of(step: Step, replies: Replies) -> list[Question]:
    """The questions of a screen that this person is asked."""
    return [q for q in step.questions if ONLY_IF.get(q.name, lambda _: True)(replies)]


def screening_from(replies: Replies) -> dict[str, Any]:
    """The answers to the warning-sign questions in the intake's form; what is not answered is left out."""
    found: dict[str, Any] = {}
    flat = dict(_asked(replies))
    for name, value in flat.items():
        if name.endswith(ASKED):
            key = name.removesuffix(ASKED)
            second = _kind(key, flat.get(key)) if value == "yes" else None
            settled = {"no": ALL_CLEAR.get(key, "no"), "not_sure": "not_sure"}.get(value, second)
            if settled is not None:
                found[key] = settled
        elif name.startswith("rf") and name + ASKED not in flat and value not in (None, ""):
            found[name] = _kind(name, value)
    if "rf27_spine_disease" in flat:
        found["rf27_spine_disease"] = [x for x in flat["rf27_spine_disease"] if x != "none"]
        found["rf27_any"] = "yes" if found["rf27_spine_disease"] else "no"
    if "inflammation" in flat:
        found["rf17_inflammatory_items"] = len(set(flat["inflammation"]) - {"none"})
    if flat.get("rf20_any_operation") == "no":
        found["rf20_surgery"] = []
    elif operations := _operations(flat):
        found["rf20_surgery"] = operations
    return found


def _asked(replies: Replies) -> Iterator[tuple[str, Any]]:
    """The replies to what is still asked: one that no longer applies counts for nothing."""
    for given in replies.values():
        for name, value in given.items():
            if ONLY_IF.get(name, lambda _: True)(replies):
                yield name, value


def _kind(name: str, value: Any) -> Any:
    return UNSURE_OF_KIND.get(name, value) if value == "not_sure" else value


def _operations(flat: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "site": site,
            "weeks_ago": flat[f"op_{site}"],
            "cleared": flat.get(f"op_{site}_cleared") == "yes",
            "fever_or_wound_leak": flat.get("op_wound") in ("yes", "not_sure"),
        }
        for site in SITES
        if flat.get(f"op_{site}") is not None
    ]
