"""Sessions for tests, made by the same functions as real ones."""

from __future__ import annotations

from datetime import date

from backrelief.accounts.models import User
from programs.models import ProgramVersion
from progress import recording
from progress.models import SessionRecord


def finished_session(
    patient: User, version: ProgramVersion, day: date, *, pain_after: int = 2, note: str = ""
) -> SessionRecord:
    """A session with every exercise done."""
    session = recording.start_session(patient, version, day, 2)
    for exercise in session.exercises.all():
        recording.complete(exercise)
    recording.finish_session(session, pain_after, 4, note)
    session.refresh_from_db()
    return session
