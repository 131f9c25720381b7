"""Writing down a session as it happens: begun once, saved exercise by exercise, finished once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from backrelief.accounts.models import User
from programs.easing import Way, easier_way
from programs.engine import zone_of
from programs.engine.feedback import Zone
from programs.models import ProgramVersion
from programs.planning import latest_version
from programs.standing import record_something_new
from progress.dials import choice_of, session_of
from progress.forms import LEG
from progress.models import ExerciseRecord, SessionRecord
from progress.summaries import refresh_sessions
from progress.telling import tell, tell_ending, tell_hurt, tell_leg, tell_session, tell_sign


def open_session(patient: User) -> SessionRecord | None:
    """The session that this person began and neither finished nor left."""
    return SessionRecord.objects.owned_by(patient).unfinished().first()


def is_current(session: SessionRecord | None, version: ProgramVersion | None, today: date) -> bool:
    """Whether a session may go on: begun today, and of the plan as it is now."""
    return (
        session is not None
        and version is not None
        and session.day == today
        and session.version_id == version.pk
    )


def start_session(
    patient: User,
    version: ProgramVersion,
    today: date,
    pain_before: int | None = None,
    **made: Any,
) -> SessionRecord:
    """The session of ``today``: the one that is open, else a new one. Twice gives the same one.

    A session of another day or of an older plan is left as it is: what was done in it still counts.
    ``made`` are the ``token`` and ``started_at`` of a session that was begun on a device.
    """
    session = open_session(patient)
    if session and is_current(session, version, today):
        return session
    try:
        with transaction.atomic():
            if session:
                leave_session(session)
                # What was told of it may have made a new version.
                version = latest_version(patient) or version
            return begin_session(patient, version, today, pain_before, **made)
    except IntegrityError:
        # The same press came twice at once; the other one has made it.
        return SessionRecord.objects.owned_by(patient).unfinished().get()


def begin_session(
    patient: User, version: ProgramVersion, day: date, pain_before: int | None, **made: Any
) -> SessionRecord:
    """A new session with the exercises asked for; whoever calls sees to it that none is open."""
    session = SessionRecord.objects.create(
        patient=patient, version=version, day=day, pain_before=pain_before, **made
    )
    ExerciseRecord.objects.bulk_create(_asked_for(session))
    return session


def _asked_for(session: SessionRecord) -> list[ExerciseRecord]:
    doses = todays_doses(session.patient, session.version, session.day)
    return [
        ExerciseRecord(session=session, order=order, **dose.as_fields())
        for order, dose in enumerate(doses, start=1)
    ]


# Stands in a page that a device keeps, until the device makes a token of its own.
NOBODYS_TOKEN = UUID(int=0)


def session_ahead(patient: User, version: ProgramVersion, day: date) -> SessionRecord:
    """A session that nobody has begun, as a page shows it. It is in no table and stays out of them."""
    session = SessionRecord(pk=0, patient=patient, version=version, day=day, token=NOBODYS_TOKEN)
    exercises = _asked_for(session)
    for exercise in exercises:
        exercise.pk = -exercise.order
    # As if fetched along: there are no rows to ask for.
    session._prefetched_objects_cache = {"exercises": exercises}  # type: ignore[attr-defined]  # Django's own cache of a prefetch
    return session


@dataclass(frozen=True, slots=True)
class TodaysDose:
    """One exercise as it is asked for today."""

    slug: str
    way: Way
    rest_seconds: int
    was_eased: bool = False

    def as_fields(self) -> dict[str, Any]:
        return {
            "slug": self.slug,
            "variant": self.way.variant,
            "sets_planned": self.way.sets,
            "reps": self.way.reps,
            "hold_seconds": self.way.hold_seconds,
            "per_side": self.way.per_side,
            "rest_seconds": self.rest_seconds,
            "was_eased": self.was_eased,
        }


def todays_doses(patient: User, version: ProgramVersion, today: date) -> Iterator[TodaysDose]:
    """The plan's exercises, shaped by what the person set for today. What hurt is in the plan itself."""
    for item in session_of(version, choice_of(patient, today)).exercises:
        way = Way(item.variant, item.sets, item.reps, item.hold_seconds, item.per_side)
        yield TodaysDose(item.slug, way, item.rest_seconds)


def current_exercise(session: SessionRecord) -> ExerciseRecord | None:
    """The first exercise that is neither done nor skipped; None when all are settled."""
    return next((item for item in session.exercises.all() if not item.is_settled), None)


def note_pain_before(session: SessionRecord, pain: int | None) -> None:
    """How the back was at the start (0–10). The first number stays: later ones are no start."""
    if pain is not None and session.pain_before is None:
        session.pain_before = pain
        session.save(update_fields=["pain_before"])


def save_sets(exercise: ExerciseRecord, sets_done: int) -> None:
    """Notes that so many sets are done; a late or repeated message never takes one away."""
    done = min(max(exercise.sets_done, sets_done), exercise.sets_planned)
    if not exercise.is_settled and done != exercise.sets_done:
        exercise.sets_done = done
        exercise.save(update_fields=["sets_done"])


def complete(exercise: ExerciseRecord, at: datetime | None = None) -> None:
    """All sets done. A second press changes nothing."""
    if not exercise.is_settled:
        exercise.sets_done = exercise.sets_planned
        _settle(exercise, at)


def skip(exercise: ExerciseRecord, at: datetime | None = None) -> None:
    """Left for today; sets that were done stay done. A second press changes nothing."""
    if not exercise.is_settled:
        exercise.was_skipped = True
        _settle(exercise, at)


def _settle(exercise: ExerciseRecord, at: datetime | None) -> None:
    exercise.done_at = at or timezone.now()
    exercise.save()


def credit(exercise: ExerciseRecord, sets_done: int) -> bool:
    """Rounds that a late message tells of: done is done, also where it was closed as skipped.

    Only what pain stopped stays stopped. False where the record knew as much already.
    """
    done = min(max(exercise.sets_done, sets_done), exercise.sets_planned)
    was_skipped = exercise.was_skipped and (done < exercise.sets_planned or exercise.is_red)
    if (done, was_skipped) == (exercise.sets_done, exercise.was_skipped):
        return False
    exercise.sets_done, exercise.was_skipped = done, was_skipped
    exercise.save(update_fields=["sets_done", "was_skipped"])
    return True


def ease(exercise: ExerciseRecord) -> bool:
    """Takes the next easier variant that the plan allows. False where there is none."""
    way = easier_way(exercise.session.version, exercise.slug, exercise.variant)
    if way is None or exercise.is_settled:
        return False
    exercise.variant = way.variant
    exercise.sets_planned = max(min(way.sets, exercise.sets_planned), exercise.sets_done, 1)
    exercise.reps, exercise.hold_seconds = way.reps, way.hold_seconds
    exercise.per_side, exercise.was_eased = way.per_side, True
    exercise.save()
    return True


def has_caution(session: SessionRecord) -> bool:
    """Whether the plan asks for more care: then 4 of 10 is the most that an exercise may hurt."""
    return bool(session.version.plan["triage"]["level"] == "caution")


def record_pain(exercise: ExerciseRecord, pain: int, feeling: str) -> Zone:
    """Pain (0–10) during this exercise; the worst is kept. Red stops the exercise."""
    session = exercise.session
    zone = zone_of(
        pain,
        session.pain_before,
        is_sharp=feeling == ExerciseRecord.Feeling.SHARP,
        has_caution=has_caution(session),
    )
    exercise.pain_during = max(pain, exercise.pain_during or 0)
    exercise.feeling = feeling
    exercise.is_red = exercise.is_red or zone == "red"
    exercise.save()
    if zone == "red":
        skip(exercise)
    if session.finished_at or session.left_at:
        tell_hurt(exercise)
    return zone


@transaction.atomic
def stop_before_start(session: SessionRecord, pain: int) -> None:
    """Pain of 9 or 10 before the first movement (E5): nothing begins before the full check.

    Another device may have finished that session; what it wrote stays.
    """
    if session.finished_at is None:
        stop_session(session)
        leave_session(session)
    tell(session.patient, "pain", session.day, now=pain)
    record_something_new(session.patient)


@transaction.atomic
def stop_session(session: SessionRecord) -> None:
    """Ends the exercises of a session early; what was done still counts."""
    for exercise in session.exercises.all():
        skip(exercise)
    session.was_stopped = True
    session.save(update_fields=["was_stopped"])


@transaction.atomic
def leave_session(session: SessionRecord, leg_in: str = "") -> None:
    """Closes a session without an ending: a stop sign came, or another day.

    What was done and what hurt still counts. ``leg_in`` names the exercise in which pain spread to the
    leg.
    """
    if session.finished_at is None and session.left_at is None:
        session.left_at = timezone.now()
        session.save(update_fields=["left_at"])
        tell_session(session, leg_in)


@transaction.atomic
def stop_for_sign(session: SessionRecord, sign: str, during: str = "") -> None:
    """A stop sign ends the session, and nothing goes on before the full check is done.

    ``during`` is the exercise in which it came; where nobody names it, the one that was on.
    """
    was_over = session.finished_at is not None or session.left_at is not None
    now = current_exercise(session)
    slug = during or (now.slug if now else "")
    stop_session(session)
    leave_session(session, slug if sign == LEG else "")
    if was_over and sign == LEG and slug:
        tell_leg(session, slug)
    tell_sign(session.patient, session.day, str(session.token), sign)
    record_something_new(session.patient)


@transaction.atomic
def finish_session(
    session: SessionRecord,
    pain_after: int,
    effort: int,
    note: str,
    *,
    at: datetime | None = None,
    even_left: bool = False,
) -> bool:
    """Keeps how it went; what is not settled counts as skipped.

    False where the session was closed before: then nothing changes. ``even_left`` gives a session
    that another day pushed aside its ending after all.
    """
    was_left = session.left_at is not None
    for exercise in session.exercises.all():
        skip(exercise, at)
    closing = SessionRecord.objects.filter(pk=session.pk, finished_at__isnull=True)
    if not even_left:
        closing = closing.filter(left_at__isnull=True)
    ending = {"pain_after": pain_after, "effort": effort, "note": note, "left_at": None}
    if not closing.update(finished_at=at or timezone.now(), **ending):
        return False
    session.refresh_from_db()
    refresh_sessions(session.patient, session.day)
    tell_session(session)
    if was_left:
        # The program may have heard of it when it was left: now it hears how it ended.
        tell_ending(session)
    return True
