"""Who is asked what on the screens, and how the replies become answers that the engine reads.

A screen's replies are kept as they were given, so that nothing is asked twice and no answer has two
homes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from programs.questions import (
    ASKED,
    SITES,
    Question,
    Replies,
    Step,
    had_operation,
    said_yes,
    said_yes_or_unsure,
    told_infection_risk,
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
