"""The person's own dials for one day: how many minutes, and where they can be today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from backrelief.accounts.models import User
from programs.engine import Prescribed
from programs.engine.dosage import minutes_of
from programs.models import ProgramVersion
from programs.shaping import MINUTES, shaped
from progress.models import TodayChoice

PLACES = {
    "floor": _("On the floor"),
    "chair": _("On a chair"),
    "standing": _("Standing"),
    "bed": _("On a bed"),
}


def choice_of(patient: User, day: date) -> TodayChoice:
    """What was set for this day; an unsaved one with nothing set where nothing was."""
    found = TodayChoice.objects.owned_by(patient).filter(day=day).first()
    return found or TodayChoice(patient=patient, day=day)


def choose(patient: User, day: date, **values: object) -> None:
    """Sets minutes or place for this day alone; what is not named stays."""
    TodayChoice.objects.update_or_create(patient=patient, day=day, defaults=values)


@dataclass(frozen=True, slots=True)
class TodaysSession:
    """The session as it is asked for today. ``is_shaped`` says that it differs from the plan."""

    exercises: tuple[Prescribed, ...]
    choice: TodayChoice
    planned: int

    @property
    def minutes(self) -> int:
        return minutes_of(self.exercises) if self.exercises else 0

    @property
    def is_shaped(self) -> bool:
        return self.choice.minutes is not None or bool(self.choice.place)

    @property
    def offers(self) -> list[int]:
        """Minutes that are fewer than the plan asks for."""
        return [minutes for minutes in MINUTES if minutes < self.planned]


def session_of(version: ProgramVersion, choice: TodayChoice) -> TodaysSession:
    """The plan's session, shaped by the choices of the day. Needs the version's library at hand."""
    exercises = shaped(version, minutes=choice.minutes, place=choice.place)
    return TodaysSession(exercises, choice, version.plan["program"]["minutes"])
