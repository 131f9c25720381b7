"""The check: heart, head and tummy, the strongest pain, and signs of inflammation (RF13–RF14, RF17, RF22–RF25)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from programs.questions import ASKED, Question, Step, said_yes, said_yes_or_unsure

HEART_AND_LAST: tuple[Step, ...] = (
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
