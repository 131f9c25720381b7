"""A patient with a program, made by the same functions as a real one. Needs the library."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from backrelief.accounts.models import User
from programs.models import ProgramVersion
from programs.planning import build_program

EXAMPLES = Path(__file__).resolve().parents[1] / "contract" / "examples"


def answers_of(case: str = "07-runner-bends-badly", **changes: Any) -> dict[str, Any]:
    """The answers of a worked case: by default a runner with a clear check and 18 minutes."""
    intake = json.loads((EXAMPLES / f"{case}.json").read_text())["intake"]
    return {key: value for key, value in intake.items() if key != "today"} | changes


def give_program(
    patient: User, today: date, case: str = "07-runner-bends-badly", **changes: Any
) -> ProgramVersion:
    """A new version of the patient's program from these answers."""
    version = build_program(patient, "test", today, answers_of(case, **changes))
    assert version is not None
    return version
