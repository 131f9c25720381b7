"""What each kind of a session's events does to the record, and what the device is told of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from programs.easing import easier_way
from programs.standing import record_something_new
from progress import recording
from progress.devices.answer import Answer
from progress.devices.reading import DeviceEvent
from progress.forms import CALL_AT_ONCE, STOP_SIGNS, TOO_STRONG
from progress.models import ExerciseRecord, SessionEvent, SessionRecord
from progress.telling import tell, tell_loose, tell_other_ending

TAKEN, LATE, KEPT = SessionEvent.Fate


def _exercise(session: SessionRecord, event: DeviceEvent) -> ExerciseRecord | None:
    rows = session.exercises.select_related("session__version__library")
    return rows.filter(slug=event.content["slug"]).first()


def _take_begin(session: SessionRecord, event: DeviceEvent, told: dict, answer: Answer) -> Any:
    """How the back was at the start. The first number stays; too much pain counts wherever it is told."""
    pain = event.content["pain_before"]
    recording.note_pain_before(session, pain)
    if pain is not None and pain >= TOO_STRONG:
        recording.stop_before_start(session, pain)
        answer.say(_("That is a lot of pain. No exercises now. A few checks first."))
        told["next"] = reverse("programs:check")
    return TAKEN if pain in (None, session.pain_before) else KEPT


def _take_sets(session: SessionRecord, event: DeviceEvent, told: dict, answer: Answer) -> Any:
    exercise = _exercise(session, event)
    if exercise is None:
        return KEPT
    recording.credit(exercise, event.content["sets"])
    return TAKEN


def _take_done(session: SessionRecord, event: DeviceEvent, told: dict, answer: Answer) -> Any:
    exercise = _exercise(session, event)
    if exercise is None:
        return KEPT
    recording.complete(exercise, event.at)
    recording.credit(exercise, exercise.sets_planned)
    return TAKEN


def _take_skip(session: SessionRecord, event: DeviceEvent, told: dict, answer: Answer) -> Any:
    """Left for today; where another device told of every round, that counts."""
    exercise = _exercise(session, event)
    if exercise is None:
        return KEPT
    recording.skip(exercise, event.at)
    recording.credit(exercise, exercise.sets_done)
    return TAKEN if exercise.was_skipped else KEPT


def _take_ease(session: SessionRecord, event: DeviceEvent, told: dict, answer: Answer) -> Any:
    """Down the ladder to the variant that was taken; a later tap never leads up again."""
    exercise, wanted = _exercise(session, event), event.content["variant"]
    if exercise is None or wanted not in _at_or_below(exercise):
        return KEPT
    while exercise.variant != wanted:
        if not recording.ease(exercise):
            return KEPT
    return TAKEN


def _at_or_below(exercise: ExerciseRecord) -> list[str]:
    """The variant as it is now, and those that easing leads to, one after the other."""
    found, version = [exercise.variant], exercise.session.version
    while way := easier_way(version, exercise.slug, found[-1]):
        found.append(way.variant)
    return found


def _take_hurts(session: SessionRecord, event: DeviceEvent, told: dict, answer: Answer) -> Any:
    """Pain always counts, however late it is told; a stop sign ends the session."""
    pain, feeling = event.content["pain"], event.content["feeling"]
    exercise = _exercise(session, event)
    if feeling in STOP_SIGNS:
        told["zone"] = "red"
        told["next"] = _after_sign(session, feeling, exercise.slug if exercise else "")
        return TAKEN
    if exercise is not None:
        told["zone"] = recording.record_pain(exercise, pain, feeling)
    if pain >= TOO_STRONG:
        if exercise is None:  # of another plan: no row can hold the number
            tell(session.patient, "pain", session.day, now=pain)
        told["next"] = _after_sign(session, "strong")
    if not event.content["slug"]:
        tell_loose(session, str(event.id), pain)
        return TAKEN
    return KEPT if exercise is None else TAKEN


def _after_sign(session: SessionRecord, sign: str, during: str = "") -> str:
    recording.stop_for_sign(session, sign, during)
    if sign in CALL_AT_ONCE:
        return reverse("progress:session-stopped", args=[session.token])
    return reverse("programs:check")


def _take_stop(session: SessionRecord, event: DeviceEvent, told: dict, answer: Answer) -> Any:
    if session.finished_at:
        return KEPT
    recording.stop_session(session)
    return TAKEN


def _take_finish(session: SessionRecord, event: DeviceEvent, told: dict, answer: Answer) -> Any:
    """How it went. The first ending counts; another one is kept beside it and said."""
    content = event.content
    given = (content["pain_after"], content["effort"], content["note"])
    is_stopped = session.finished_at is None and session.left_at and session.was_stopped
    told["next"] = reverse("progress:session-done", args=[session.token])
    if is_stopped:
        told["next"] = reverse("progress:today")
        answer.say(_("That session was stopped before. Your words are kept with it."))
    if content["pain_after"] >= TOO_STRONG:
        record_something_new(session.patient)
        if is_stopped:
            tell(session.patient, "pain", session.day, now=content["pain_after"])
        answer.say(_("Saved. That is a lot of pain. A few checks come first now."))
        told["next"] = reverse("programs:check")
    if is_stopped:
        return KEPT
    if not recording.finish_session(session, *given, at=event.at, even_left=True):
        if given == (session.pain_after, session.effort, session.note):
            return TAKEN
        tell_other_ending(session, str(event.id), *given)
        answer.say(_("This session had an ending before. The first one counts; yours is kept."))
        return KEPT
    return TAKEN


HANDLERS: dict[str, Callable[..., Any]] = {
    "begin": _take_begin,
    "sets": _take_sets,
    "done": _take_done,
    "skip": _take_skip,
    "ease": _take_ease,
    "hurts": _take_hurts,
    "stop": _take_stop,
    "finish": _take_finish,
}
