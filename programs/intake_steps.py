"""The screens of the intake, and how all replies become the intake that the engine reads."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from programs.check_steps import CHECK
from programs.questionnaire import questions_of, screening_from
from programs.questions import Question, Replies, Step, reply

CANNOT_SAY = ("none", _("None, or I can't say"))
DAYS = (
    ("mon", _("Monday")),
    ("tue", _("Tuesday")),
    ("wed", _("Wednesday")),
    ("thu", _("Thursday")),
    ("fri", _("Friday")),
    ("sat", _("Saturday")),
    ("sun", _("Sunday")),
)
# A time ago in days: a day within each span, on the same side of day 14 and day 90 as all of it.
ONSET = (
    ("3", _("In the last few days")),
    ("10", _("1–2 weeks ago")),
    ("28", _("2–6 weeks ago")),
    ("60", _("6–12 weeks ago")),
    ("180", _("3–12 months ago")),
    ("500", _("Over a year ago")),
    ("unknown", _("I can't say")),
)

INTAKE: tuple[Step, ...] = (
    Step(
        "intake:place",
        _("Where it hurts"),
        (
            Question(
                "leg_symptoms",
                _("Does the pain, tingling or numbness go into one leg?"),
                "choice",
                choices=(
                    ("none", _("No, it stays in my back")),
                    ("above_knee", _("Yes, to the knee at most")),
                    ("below_knee", _("Yes, below the knee")),
                ),
            ),
            Question("onset", _("When did this bout of pain begin?"), "choice", choices=ONSET),
        ),
    ),
    Step(
        "intake:pain",
        _("How strong the pain is"),
        (
            Question("now", _("How is your back right now?"), "pain"),
            Question("average", _("What was it like on average, over the last 7 days?"), "pain"),
            Question("worst", _("What was the worst in those 7 days?"), "pain"),
            Question(
                "marked_trouble_moving",
                _("It's very hard for me to move or turn"),
                "tick",
                is_required=False,
            ),
            Question(
                "cannot_stand_or_walk", _("I can't stand or walk at all"), "tick", is_required=False
            ),
        ),
    ),
    Step(
        "intake:worse",
        _("What makes it worse"),
        (
            Question(
                "aggravated_by",
                _("What makes your back feel worse?"),
                "ticks",
                hint=_("In the last two weeks. Choose all that fit."),
                choices=(
                    ("sitting", _("Sitting half an hour or more")),
                    ("bending", _("Bending forward")),
                    ("cough_sneeze", _("Coughing or sneezing")),
                    ("standing", _("Standing 10 minutes or more")),
                    ("walking_eased_by_sitting", _("Walking, and sitting down eases it")),
                    ("arching_reaching_up", _("Leaning back or reaching up")),
                    ("small_sudden_moves", _("Small, sudden moves that catch")),
                    ("holding_one_position", _("Staying in one position")),
                    ("lifting", _("Lifting")),
                    ("turning_in_bed", _("Turning in bed")),
                    ("morning", _("The morning")),
                    CANNOT_SAY,
                ),
                hints={"bending": _("Shoes, socks, low shelves"), "sitting": _("Car, desk, sofa")},
                apart="none",
            ),
        ),
    ),
    Step(
        "intake:eases",
        _("What eases it"),
        (
            Question(
                "eased_by",
                _("What makes your back feel better?"),
                "ticks",
                hint=_("Choose all that fit."),
                choices=(
                    ("standing_or_walking", _("Standing up or walking")),
                    ("lying_on_front", _("Lying on my front")),
                    ("sitting_or_leaning_forward", _("Sitting or leaning forward")),
                    ("curling_up", _("Curling up")),
                    ("gentle_movement", _("Any gentle movement")),
                    ("changing_position", _("Changing position")),
                    ("lying_down", _("Lying down")),
                    CANNOT_SAY,
                ),
                apart="none",
            ),
        ),
    ),
    Step(
        "intake:pattern",
        _("What your back is like"),
        (
            Question(
                "traits",
                _("Which of these fit your back?"),
                "ticks",
                choices=(
                    (
                        "morning_stiffness_under_30_min",
                        _("Stiff mornings, loose in half an hour"),
                    ),
                    ("stiff_in_most_directions", _("Stiff in most directions")),
                    ("frequent_short_episodes", _("Many short bouts for over a year")),
                    (
                        "very_bendy_joints",
                        _("Very bendy joints, or a birth in the last year"),
                    ),
                    ("feels_unstable", _("It feels as if my back might give way")),
                    CANNOT_SAY,
                ),
                apart="none",
            ),
        ),
    ),
    Step(
        "intake:limits",
        _("Other parts of you"),
        (
            Question(
                "conditions",
                _("Which of these do you have?"),
                "ticks",
                hint=_("We plan around them."),
                choices=(
                    ("knee_pain", _("Sore knees, or I can't kneel")),
                    ("wrist_pain", _("Sore wrists or hands")),
                    ("shoulder_pain", _("Sore shoulder")),
                    ("neck_pain", _("Sore neck")),
                    ("disc_herniation", _("A known disc problem")),
                    ("spinal_stenosis", _("A narrow spinal canal (stenosis)")),
                    ("leg_symptoms_on_walking", _("Legs heavy or odd when I walk")),
                    ("spondylolisthesis", _("A slipped vertebra (spondylolisthesis)")),
                    ("glaucoma", _("Glaucoma or high eye pressure")),
                    ("diastasis", _("A gap in my tummy muscles")),
                    ("hernia_unrepaired", _("A hernia, not repaired")),
                    (
                        "heart_condition_awaiting_advice",
                        _("A heart problem, waiting for advice"),
                    ),
                    ("none", _("None of these")),
                ),
                apart="none",
            ),
        ),
    ),
    Step(
        "intake:floor",
        _("Getting down and up"),
        (
            Question(
                "floor",
                _("Can you get down to the floor and up again, alone?"),
                "choice",
                choices=(("yes", _("Yes")), ("no", _("No, or not safely"))),
                hints={"no": _("Then: a bed, chair or worktop")},
            ),
            Question(
                "falls",
                _("Did you fall in the last year, are you unsteady, or do you use a walking aid?"),
                "choice",
                choices=(("no", _("No")), ("yes", _("Yes"))),
                hints={"yes": _("Then: something firm to hold")},
            ),
        ),
    ),
    Step(
        "intake:life",
        _("Your day"),
        (
            Question(
                "work",
                _("What is most of your day like?"),
                "choice",
                choices=(
                    ("desk", _("At a desk")),
                    ("driving", _("Driving")),
                    ("standing", _("On my feet")),
                    ("manual", _("Hard physical work")),
                    ("caring", _("Caring for others")),
                    ("none", _("None of these")),
                ),
            ),
            Question(
                "sitting_hours_per_day",
                _("How many hours a day do you sit?"),
                "number",
                low=0,
                high=24,
            ),
            Question(
                "exercise_days_per_week",
                _("On how many days a week do you exercise?"),
                "number",
                hint=_("A daily walk does not count."),
                low=0,
                high=7,
            ),
            Question(
                "sleep",
                _("How do you sleep?"),
                "choice",
                choices=(
                    ("good", _("Well")),
                    ("broken", _("I wake up often")),
                    ("poor", _("Badly")),
                ),
            ),
            Question("smokes", _("I smoke"), "tick", is_required=False),
            Question("lives_alone", _("I live alone"), "tick", is_required=False),
        ),
    ),
    Step(
        "intake:goals",
        _("What you want to do again"),
        (
            Question(
                "goal1",
                _("What would you like to do more easily?"),
                "text",
                hint=_("In your own words, such as: lift my grandchild."),
                is_required=False,
                high=120,
            ),
            Question("goal2", _("Something else?"), "text", is_required=False, high=120),
            Question("goal3", _("And a third?"), "text", is_required=False, high=120),
        ),
        lede=_("We bring your words back to you along the way."),
    ),
    Step(
        "intake:time",
        _("Your time"),
        (
            Question(
                "minutes",
                _("How many minutes do you have for a session?"),
                "choice",
                choices=(
                    ("7", _("Less than 10")),
                    ("10", _("10 minutes")),
                    ("15", _("15 minutes")),
                    ("20", _("20 minutes")),
                    ("30", _("30 minutes")),
                ),
            ),
            Question(
                "days",
                _("Which days suit you?"),
                "ticks",
                hint=_("Two or more. We keep a rest day between."),
                choices=DAYS,
            ),
            Question(
                "sessions_wanted",
                _("How many sessions a week?"),
                "choice",
                choices=(("2", _("Two")), ("3", _("Three"))),
            ),
        ),
    ),
)
STEPS = (*CHECK, *INTAKE)
BY_KEY = {step.key: step for step in STEPS}
LIFESTYLE = (
    "work",
    "sitting_hours_per_day",
    "exercise_days_per_week",
    "sleep",
    "smokes",
    "lives_alone",
)


def answers_from(replies: Replies) -> dict[str, Any]:
    """The intake that these replies make, as far as it is filled in; the date is the caller's."""
    found: dict[str, Any] = {}
    if screening := screening_from(replies):
        found["screening"] = screening
    for name in ("age", "leg_symptoms", "marked_trouble_moving", "cannot_stand_or_walk"):
        if (value := reply(replies, name)) is not None:
            found[name] = value
    for name in ("aggravated_by", "eased_by", "traits", "days"):
        if (value := reply(replies, name)) is not None:
            found[name] = [item for item in value if item != "none"]
    found["conditions"] = _conditions(replies)
    found |= _numbers(replies)
    pain = {name: reply(replies, name) for name in ("now", "average", "worst")}
    if None not in pain.values():
        found["pain"] = pain
    lifestyle = {name: reply(replies, name) for name in LIFESTYLE}
    found["lifestyle"] = {name: value for name, value in lifestyle.items() if value is not None}
    goals = (reply(replies, f"goal{n}") for n in (1, 2, 3))
    found["goals"] = [goal for goal in goals if goal]
    return found


def _conditions(replies: Replies) -> list[str]:
    ticked = {*(reply(replies, "health") or ()), *(reply(replies, "conditions") or ())} - {"none"}
    if reply(replies, "floor") == "no":
        ticked.add("cannot_get_down_to_floor")
    if reply(replies, "falls") == "yes":
        ticked.add("falls_or_unsteady")
    return sorted(ticked)


def _numbers(replies: Replies) -> dict[str, int]:
    onset = reply(replies, "onset")
    found = {
        "onset_days": None if onset == "unknown" else onset,
        "minutes": reply(replies, "minutes"),
        "sessions_wanted": reply(replies, "sessions_wanted"),
    }
    return {name: int(value) for name, value in found.items() if value is not None}


def steps_for(part: str, replies: Replies) -> list[Step]:
    """The screens of ``check`` or ``intake`` that this person sees, in order."""
    return [s for s in STEPS if s.key.startswith(f"{part}:") and s.applies(replies)]


def next_open(part: str, replies: Replies) -> Step | None:
    """The first screen of this part that has no replies yet, or lacks one that is now asked."""
    return next((step for step in steps_for(part, replies) if not is_filled(step, replies)), None)


def is_filled(step: Step, replies: Replies) -> bool:
    given = replies.get(step.key)
    if given is None:
        return False
    return all(q.name in given for q in questions_of(step, replies))
