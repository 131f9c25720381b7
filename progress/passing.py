"""What time alone brings, looked at when a page is read and by ``tick``; a missed tick loses nothing."""

from __future__ import annotations

from datetime import date, datetime

from backrelief.accounts.models import User
from programs.adapting import let_time_pass
from programs.calendar import session_day
from programs.models import Program
from programs.standing import Standing, standing_of
from progress import alerts


def catch_up(patient: User, standing: Standing, today: date) -> Standing:
    """The standing once the day has had its say. Costs nothing more after the first time of a day."""
    if standing.version is None or not let_time_pass(patient, standing.version.program, today):
        return standing
    alerts.collect([patient])
    return standing_of(patient)


def tick_programs(now: datetime) -> int:
    """Lets the day pass for every running program; how many it changed. Twice is the same as once."""
    running = Program.objects.filter(ended_on=None).select_related("patient__clinic")
    changed = 0
    for program in running.order_by("pk").iterator():
        patient = program.patient
        if let_time_pass(patient, program, session_day(patient, now)):
            alerts.collect([patient])
            changed += 1
    return changed
