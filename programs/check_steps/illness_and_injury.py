"""The check: fever, illness and accidents (RF5–RF12)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from programs.questions import (
    ASKED,
    Question,
    Step,
    said_yes,
    said_yes_or_unsure,
    told_infection_risk,
)

ILLNESS_AND_INJURY: tuple[Step, ...] = (
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
)
