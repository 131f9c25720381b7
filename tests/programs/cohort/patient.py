"""Simulated patients: made up, each by a seed, to drive the rules day by day.

They show what the rules do with people who differ; they say nothing about benefit.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from programs.engine import Plan
from programs.engine.progression import work_of
from programs.engine.rules.adaptation import FULL_SCREEN, SHORT_SCREEN
from tests.programs.engine.people import CLEAR, cleared

FIRST_DAY = date(2026, 1, 5)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL = {key: CLEAR[key] for key in FULL_SCREEN}
SHORT = {key: CLEAR[key] for key in SHORT_SCREEN}
SIGNS = (
    {"rf1b_bladder": "yes"},
    {"rf3_weakness": "one_leg_new_or_worse"},
    {"rf11_fever": "yes", "rf11_very_unwell": "no"},
    {"rf4_cord": "yes"},
    {"rf9_weight_loss": "yes"},
)


@dataclass
class Patient:
    """``capacity`` is the work done at an effort of 3, ``irritability`` the points of pain that too much
    brings, ``adherence`` and ``honesty`` the shares of sessions done and of questions answered."""

    seed: int
    capacity: float
    irritability: float
    adherence: float
    honesty: float
    pain: float
    drift: float
    intake: dict[str, Any]
    rng: random.Random

    @classmethod
    def of(cls, seed: int) -> Patient:
        """One in eight is able: strong, calm, faithful, open, and without conditions."""
        rng = random.Random(seed)
        able = seed % 8 == 0
        intake = cleared(rng) | {"today": FIRST_DAY.isoformat()}
        pain = rng.choice([2, 3, 3, 4, 4, 5, 5, 6, 7])
        intake["pain"] = {"now": pain, "average": pain, "worst": min(10, pain + 2)}
        intake["days"] = ["mon", "wed", "fri"]
        intake["minutes"] = rng.choice([8, 10, 15, 15, 20, 30])
        if able:
            pain = rng.choice([2, 3, 4])
            intake |= {
                "age": rng.randint(25, 60),
                "conditions": [],
                "leg_symptoms": "none",
                "marked_trouble_moving": False,
                "onset_days": 200,
                "pain": {"now": pain, "average": pain, "worst": pain + 1},
                "minutes": 20,
                "traits": [],
                "aggravated_by": [],
                "eased_by": [],
            }
        return cls(
            seed=seed,
            capacity=2000 if able else rng.uniform(150, 1500),
            irritability=0.2 if able else rng.choice([0.5, 1, 1, 2, 4]),
            adherence=1.0 if able else rng.choice([0.2, 0.5, 0.8, 0.9, 1.0]),
            honesty=1.0 if able else rng.choice([0.4, 0.7, 0.9, 1.0]),
            pain=float(pain),
            drift=-0.03 if able else rng.choice([-0.04, -0.02, 0, 0, 0.01, 0.03]),
            intake=intake,
            rng=rng,
        )

    @property
    def is_able(self) -> bool:
        return self.seed % 8 == 0

    def live(self, day: date) -> None:
        """A day passes: a slow drift, and now and then a bad spell."""
        self.pain += self.drift
        if not self.is_able and self.rng.random() < 0.01:
            self.pain += self.rng.choice([2, 3, 4])
        usual = self.intake["pain"]["average"] + self.drift * (day - FIRST_DAY).days
        self.pain += 0.15 * (usual - self.pain)
        self.pain = min(10.0, max(0.0, self.pain))

    def score(self, extra: float = 0.0) -> int:
        noise = 0 if self.is_able else self.rng.choice([-1, 0, 0, 0, 1])
        return int(min(10, max(0, round(self.pain + extra + noise))))

    def answers(self) -> bool:
        return self.rng.random() < self.honesty

    def session(self, plan: Plan, day: date) -> dict[str, Any] | None:
        """The session of a planned day, if it is done: pain and effort follow load against capacity."""
        program = plan.program
        if program is None or WEEK[day.weekday()] not in program.days:
            return None
        if self.rng.random() > self.adherence:
            return None
        load = work_of(program.exercises)[0] / self.capacity
        before = self.score()
        sore = self.irritability * max(0.0, load - 0.6) * 2
        exercises = []
        for item in program.exercises:
            rise = sore * self.rng.random()
            pain = int(min(10, max(0, round(before + rise))))
            exercises.append({"slug": item.slug, "pain_during": pain})
            if self.rng.random() < 0.002 and not self.is_able:
                exercises[-1]["leg_spread"] = True
        self.pain = min(10.0, self.pain + 0.3 * sore)
        effort = int(min(10, max(1, round(1.5 + 1.5 * load))))
        event = {
            "date": day.isoformat(),
            "kind": "session",
            "completed_fraction": round(max(0.3, min(1.0, 1.6 - load * 0.5)), 2),
            "pain_before": before,
            "pain_during": max(item["pain_during"] for item in exercises),
            "pain_after": self.score(),
            "effort": effort,
        }
        if self.answers():
            event["exercises"] = exercises
        return event

    def morning(self, session: dict[str, Any], day: date) -> dict[str, Any] | None:
        if not self.answers():
            return None
        worst = session["pain_during"] - session["pain_before"]
        sore = max(0, worst - 1) if self.irritability > 1 else 0
        next_pain = min(
            10, max(0, session["pain_before"] + (sore if self.rng.random() < 0.5 else 0))
        )
        return {
            "date": day.isoformat(),
            "kind": "next_morning",
            "pain_next_morning": next_pain,
            "poor_sleep_from_pain": next_pain >= 8 and self.rng.random() < 0.3,
        }

    def diary(self, day: date) -> dict[str, Any] | None:
        """A diary entry with the short check; rarely a new sign."""
        if self.rng.random() > 0.7 * self.honesty:
            return None
        event: dict[str, Any] = {
            "date": day.isoformat(),
            "kind": "pain",
            "average_pain": self.score(),
            "screening": dict(SHORT),
        }
        if not self.is_able and self.rng.random() < 0.004:
            event["screening"] |= self.rng.choice(SIGNS)
        if not self.is_able and self.rng.random() < 0.004:
            event["leg_symptoms_moved"] = "further_down"
        if self.pain >= 7 and self.rng.random() < 0.3:
            event["poor_sleep_from_pain"] = True
        return event

    def check_in(self, day: date) -> dict[str, Any] | None:
        if day.weekday() != 6 or not self.answers():
            return None
        return {"date": day.isoformat(), "kind": "check_in", "average_pain": self.score()}


def days(weeks: int) -> list[date]:
    return [FIRST_DAY + timedelta(days=offset) for offset in range(7 * weeks)]
