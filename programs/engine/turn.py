"""One event being worked on: the case as it becomes, and what is done and said on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from programs.engine.case import Case, Escalation
from programs.engine.intake import trusted
from programs.engine.rules.adaptation import WATCH
from programs.engine.types import Intake, Library, Reason


@dataclass(slots=True)
class Turn:
    """``case`` is replaced step by step; the rest gathers what the decision tells.

    ``why`` holds the reason for a changed exercise by its slug (``flags`` for what conditions ask for,
    ``*`` for all others), ``raised`` the exercises that were made harder in this turn.
    """

    case: Case
    event: Mapping[str, Any]
    library: Library
    day: date
    actions: set[str] = field(default_factory=set)
    why: dict[str, Reason] = field(default_factory=dict)
    raised: set[str] = field(default_factory=set)
    alerts: list[Escalation] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    triage: str | None = None

    def set(self, **values: Any) -> None:
        """Replaces fields of the case."""
        self.case = replace(self.case, **values)

    def act(self, action: str, reason: Reason | None = None, slug: str = "") -> None:
        """Notes that ``action`` is done, why, and for which exercise."""
        self.actions.add(action)
        if reason is not None:
            self.say(reason, slug)

    def say(self, reason: Reason, slug: str = "") -> None:
        """Adds a sentence; with a slug it also explains what changes for that exercise."""
        if reason not in self.reasons:
            self.reasons.append(reason)
        self.why.setdefault(slug or "*", reason)

    @property
    def on(self) -> date:
        """The day that is told of: today, or an earlier one that was told late."""
        return date.fromisoformat(self.event.get("on", self.event["date"]))

    @property
    def is_late(self) -> bool:
        return self.on < self.day

    @property
    def is_stale(self) -> bool:
        """So long ago that its pain and nights say nothing about now."""
        return (self.day - self.on).days > WATCH.late_days

    @property
    def intake(self) -> Intake:
        """The answers as they are now, dated today."""
        return trusted({**self.case.answers, "today": self.day.isoformat()})

    @property
    def is_cautious(self) -> bool:
        """Something was already done that makes the program easier or stops it."""
        return bool(self.actions & CAUTIOUS)


# The contract's order, most cautious first.
ORDER = (
    "lock",
    "pause",
    "flare_plan",
    "level_down",
    "remove_exercise",
    "regress",
    "hold",
    "none",
    "progress",
    "level_up",
)
CAUTIOUS = frozenset(ORDER[:7])
