"""What the plan says about itself: why it rests, waits, is lighter, or leaves something out."""

from __future__ import annotations

from programs.engine.types import Reason

OUT = {
    "E13": ("It hurt too much twice, so we left it out.", "Four good weeks, or your therapist."),
    "E4": (
        "It may pull on the nerve in your leg, so we left it out.",
        "A check by a professional that is on record.",
    ),
    "leg-rule": (
        "Symptoms moved down your leg in this one, so we left it out.",
        "A check by a professional that is on record.",
    ),
    "next-day": ("You were clearly sorer the day after it, so it rests for a week.", "A week."),
    "red-zone": ("It hurt too much, so it rests for one session.", "Your next session."),
    "undo": ("You took it back out.", "A week, or four good weeks."),
    "swap": ("You chose another one in its place.", "You swap back."),
}
TODAY_SHORTER = Reason(
    "session-template",
    "It waits while your sessions are shorter.",
    (),
    None,
    "Longer sessions.",
)

TOO_FEW = Reason(
    "too-few-exercises",
    "Too few of our exercises fit you as things are. A therapist can find more with you.",
    (),
    None,
    "A therapist looks at it with you.",
)
AWAITS = {
    "gap": (
        "rescreen-after-gap",
        "You have been away for a while. Please go through the safety check first.",
    ),
    "lock": (
        "rescreen-after-lock",
        "Your check by a professional is on record. Please go through the safety check once more.",
    ),
    "condition": (
        "rescreen-new-condition",
        "You told us about something new. Please go through the safety check first.",
    ),
}
PAUSES = {
    "illness": "You are ill, so your sessions rest. Start again once you are well for two days.",
    "holiday": "You are on a break. Your plan waits for you.",
    "flare": "Your sessions rest while your back is sore. Your plan waits for you.",
    "other": "Your sessions rest for now. Your plan waits for you.",
}

CALM_PLAN = Reason(
    "flare-days-1-3",
    "For three days: short walks, change your position often, warmth if you like it. Three easy moves"
    " are enough. Try not to stay in bed.",
    (),
    "R2",
    "Three days after the worst day.",
)
WAY_BACK = Reason(
    "flare-days-4-7",
    "You come back in small steps: shorter sessions, two this week.",
    (),
    None,
    "Two sessions done, or 14 days after the worst day.",
)
DELOAD_WEEK = Reason(
    "deload",
    "Every fifth week is a lighter one: the same moves, fewer sets.",
    (),
    None,
    "Next week.",
)
ASKED_WEEK = Reason(
    "lighter-week",
    "You asked for a lighter week: the same moves, fewer sets.",
    (),
    None,
    "A week, or you end it.",
)
LIGHTER = {
    "gap-8-14": "After more than a week off, two sessions are a bit shorter.",
    "next-day": "You were sorer the next day, so the next session is a bit shorter.",
    "red-zone": "It hurt too much, so the next session has half the work.",
    "regress": "The next session is no more work than the last one.",
    "pause-over": "You come back from a break, so two sessions are a bit shorter.",
}
