"""Section 7 as a table: what the person sees, how urgent it is for the therapist, what the program does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rule:
    """A row. ``priority`` P1 (same day) to P4 (digest); a call may raise it, never lower it."""

    priority: str
    patient: str
    therapist: str
    program: str


EMERGENCY_TEXT: Final = (
    "Your answers could mean a serious problem that needs care today. Call the emergency number or go"
    " to an emergency department now. Do not drive yourself. Take your summary with you."
)
MATERNITY_TEXT: Final = (
    "Your answer could be a warning sign in pregnancy. Call your maternity unit or the emergency number"
    " now. Do not drive yourself."
)
URGENT_TEXT: Final = (
    "Please speak to a doctor or a physio {when} before you go on. We have stopped your sessions to"
    " keep you safe."
)

ESCALATIONS: Final[dict[str, Rule]] = {
    "E1": Rule("P1", EMERGENCY_TEXT, "Emergency sign in the diary: {detail}.", "lock"),
    "E2": Rule(
        "P1",
        URGENT_TEXT.format(when="today"),
        "New leg weakness, or leg symptoms further down with weakness: {detail}.",
        "lock",
    ),
    "E3": Rule("P2", URGENT_TEXT, "Warning sign in the diary: {detail}.", "lock"),
    "E4": Rule(
        "P2",
        "Your leg symptoms moved further down twice. Please see a doctor or a physio within 7 days. We"
        " took out what may set them off.",
        "Leg symptoms further down on two entries, no weakness told.",
        "triggers out, one level down",
    ),
    "E5": Rule(
        "P2",
        "Your pain is very strong. Please speak to a doctor or a physio today or tomorrow. Your"
        " sessions rest until it eases.",
        "Pain of 9 or more once, or of 8 or more twice within 72 hours.",
        "pause",
    ),
    "E6": Rule(
        "P2",
        "Your pain has been much stronger for some days. Please call a doctor or a physio in the next 2"
        " to 3 days. Until then keep to the calm plan.",
        "7-day mean pain 3 or more above baseline on three days in a row.",
        "pause, flare plan",
    ),
    "E7": Rule(
        "P3",
        "Your week was harder than usual. We go over to the calm plan. Please talk to your therapist"
        " this week.",
        "7-day mean pain 2 or more above baseline for 7 days.",
        "flare plan, one level down",
    ),
    "E8": Rule(
        "P3",
        "Things look harder for you than before. Let's look at this together.",
        "A measure got clearly worse: {detail}.",
        "hold",
    ),
    "E9": Rule(
        "P2",
        "Pain is getting in the way of your sleep or your day. Please see a doctor or a physio within 7"
        " days. We keep your plan as it is.",
        "Daily tasks not possible, or poor sleep from pain on 5 of 7 nights.",
        "hold",
    ),
    "E10": Rule(
        "P4",
        "Two weeks have passed and your pain is much the same. That is common. Go through the check"
        " again, and ask for help sooner if you are worried.",
        "New pain, not clearly better after two weeks.",
        "goes on",
    ),
    "E11": Rule(
        "P3",
        "Your pain has not eased much in some weeks. Please book a visit with a doctor or a physio.",
        "After four weeks pain fell by less than 30 % and PSFS rose by less than 2.",
        "goes on; therapist revises",
    ),
    "E12": Rule(
        "P3",
        "You have been at this for 12 weeks. It is time to look at your plan and your goals together.",
        "Twelve weeks, no measure meets its mark for a response.",
        "goes on; goals are revised",
    ),
    "E13": Rule(
        "P3",
        "One exercise hurt too much more than once, so we took it out.",
        "Red zone twice in 7 days, or twice for the same exercise: {detail}.",
        "exercise out",
    ),
    "E14": Rule(
        "P3",
        "This is your third flare-up in a short time. Let's look at your plan together.",
        "Third flare-up in 8 weeks.",
        "hold",
    ),
    "E15": Rule("P1", EMERGENCY_TEXT, "Sign during or after a session: {detail}.", "lock"),
    "E16": Rule(
        "P2",
        "You noticed doming, leaking or heaviness. Stop the exercise that brings it on. Please see a"
        " pelvic health physio.",
        "Stop sign in pregnancy or after birth, or doming, leaking or heaviness twice: {detail}.",
        "hold",
    ),
    "E17": Rule(
        "P2",
        "You told us about a fall. Please answer the questions about injuries before your next session.",
        "A fall.",
        "hold",
    ),
    "E18": Rule(
        "P3",
        "You told us about something new, so we went through your plan again.",
        "New condition reported: {detail}.",
        "plan made anew",
    ),
    "E19": Rule(
        "P4",
        "We have not heard from you for a while. Is all OK? You can pick it up again any day.",
        "No entry for 14 days.",
        "hold",
    ),
    "E20": Rule(
        "P1",
        "It sounds as if things are very hard right now. You are not alone. Please call or text the"
        " crisis line now, or the emergency number if you are in danger.",
        "Free text may tell of despair or self-harm. Read it today.",
        "hold",
    ),
    "E21": Rule(
        "P3",
        "You feel much worse than at the start. Let's look at this together.",
        "Overall change of -2 or less.",
        "hold",
    ),
    "E22": Rule(
        "P3",
        "Your plan has stayed the same for three weeks. Let's look at this together.",
        "Every check-in of 21 days ended in hold.",
        "hold",
    ),
    "leg-rule": Rule(
        "P3",
        "Symptoms moved down your leg in one exercise, so we took it out.",
        "Leg symptoms moved further down during: {detail}.",
        "exercise out",
    ),
    "next-day": Rule(
        "P3",
        "You were clearly sorer the next day. We took one step back and left one exercise out for a"
        " week.",
        "Next morning 3 or more above the score before, sleep lost, or leg symptoms further down.",
        "exercise out for a week, one level down",
    ),
    "flare-not-settled": Rule(
        "P3",
        "Your flare-up has not settled in two weeks. Please talk to your therapist.",
        "A flare-up is not clearly settling after two weeks.",
        "goes on",
    ),
}

PRIORITIES: Final = ("P1", "P2", "P3", "P4")
# Which escalation a red-flag rule that stops the program belongs to; every other one is E3.
ESCALATION_OF: Final = {
    "RF1a": "E1",
    "RF1b": "E1",
    "RF1c": "E1",
    "RF1d": "E1",
    "RF4": "E1",
    "RF13": "E1",
    "RF14": "E1",
    "RF3": "E2",
    "RF18": "E16",
    "RF19": "E16",
}


def escalation_of(rule: str, level: int) -> str:
    """The escalation that a red flag which stops the program belongs to; other rules are their own.

    ``level`` is 2 for urgent and 3 for an emergency.
    """
    if not rule.startswith("RF"):
        return rule
    if rule == "RF2":
        return "E1" if level == EMERGENCY else "E3"
    return ESCALATION_OF.get(rule, "E3")


EMERGENCY: Final = 3
# Symptoms that stop a session (E15): an emergency, or to be seen the same day.
STOPPING: Final = {
    "chest_tightness": "emergency",
    "breathless": "emergency",
    "faint": "emergency",
    "dizzy": "urgent",
}
# Signs that a single button names in a session, so that nobody knows yet which it is: seen the same
# day, whatever the check says after it. The check makes an emergency of it.
TOLD_IN_SESSION: Final = {
    "chest_sign": ("E15", "You had chest pain, found it hard to breathe, or felt faint."),
    "head_sign": ("E15", "You had a sudden bad headache, or saw badly."),
    "nerve_sign": ("E2", "You had a weak leg, or numbness between your legs."),
    "pregnancy_sign": (
        "E16",
        "You had a warning sign in pregnancy: blood, a leak of fluid, or a tight belly.",
    ),
}
PELVIC: Final = ("doming", "leaking", "heaviness")
