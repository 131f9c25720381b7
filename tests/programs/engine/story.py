"""A person's way through the rules, told day by day: short words for long events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from programs.engine import Case, Decision, advance, begin, read_intake
from programs.engine.progression import work_of
from programs.engine.rules.adaptation import FULL_SCREEN, SHORT_SCREEN
from tests.programs.engine.people import CLEAR
from tests.programs.engine.standard import library

DAY_ONE = date(2026, 11, 23)  # a Monday
FULL = {key: CLEAR[key] for key in FULL_SCREEN}
SHORT = {key: CLEAR[key] for key in SHORT_SCREEN}
GOOD = {"completed_fraction": 1.0, "pain_before": 3, "pain_during": 3, "pain_after": 3, "effort": 2}
HARD = GOOD | {"completed_fraction": 0.5, "effort": 7}


def answers(**changes: Any) -> dict[str, Any]:
    """Somebody of 43 with pain of 4 for some months, and nothing else."""
    return {
        "today": DAY_ONE.isoformat(),
        "age": 43,
        "pain": {"now": 4, "average": 4, "worst": 6},
        "onset_days": 100,
        "days": ["mon", "wed", "fri"],
        "minutes": 15,
        "lifestyle": {"exercise_days_per_week": 0},
        "screening": dict(CLEAR),
    } | changes


class Story:
    """``start`` as in the contract; every word tells one event and gives its decision."""

    def __init__(self, start: dict[str, Any] | None = None, **changes: Any) -> None:
        self.case: Case = begin(read_intake(answers(**changes)), library(), start=start)
        self.decisions: list[Decision] = []

    @classmethod
    def at_level(cls, level: int, week: int = 1, **changes: Any) -> Story:
        return cls({"level": level, "week": week, "baseline_average_pain": 4}, **changes)

    def tell(self, kind: str, day: int, **fields: Any) -> Decision:
        event = {"date": (DAY_ONE + timedelta(days=day)).isoformat(), "kind": kind, **fields}
        self.case, decision = advance(self.case, event, library())
        self.decisions.append(decision)
        return decision

    def session(self, day: int, **fields: Any) -> Decision:
        return self.tell("session", day, **(GOOD | fields))

    def morning(self, day: int, pain: int = 3, **fields: Any) -> Decision:
        return self.tell("next_morning", day, pain_next_morning=pain, **fields)

    def good(self, *days: int) -> Decision:
        """Good sessions on these days, each with a good morning after."""
        for day in days:
            self.session(day)
            decision = self.morning(day + 1)
        return decision

    def pain(self, day: int, score: float, **fields: Any) -> Decision:
        return self.tell("pain", day, average_pain=score, **fields)

    def pains(self, days: Iterable[int], score: float) -> list[Decision]:
        return [self.pain(day, score) for day in days]

    def tick(self, day: int) -> Decision:
        return self.tell("tick", day)

    @property
    def program(self) -> Any:
        return self.case.plan.program

    def item(self, slug: str) -> Any:
        """The exercise as it is asked for now; None where it is not."""
        exercises = self.program.exercises if self.program else ()
        return next((item for item in exercises if item.slug == slug), None)

    @property
    def slugs(self) -> list[str]:
        return [item.slug for item in self.program.exercises] if self.program else []

    def alerts(self) -> list[tuple[str, str]]:
        """Every alert so far, in order, with its priority."""
        return [(a.rule, a.priority) for decision in self.decisions for a in decision.alerts]

    def fired(self, rule: str) -> bool:
        return rule in {name for name, _priority in self.alerts()}

    def work(self) -> int:
        return work_of(self.program.exercises)[0] if self.program else 0
