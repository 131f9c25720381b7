"""The check: signs of the nerves and of the legs (RF1–RF4, RF15)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from programs.questions import ASKED, Question, Step, said_yes, said_yes_or_unsure

NERVES_AND_LEGS: tuple[Step, ...] = (
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
)
