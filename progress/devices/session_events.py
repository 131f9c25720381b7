"""Events of a session from a device, written into the record: each once, none lost, none doubled.

What a person did is a fact and is kept whatever stands in the way. A day has one session: what two
devices tell of it comes together in one record, and what cannot both count is kept beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from backrelief.accounts.models import User
from programs.calendar import session_day
from programs.easing import planned
from programs.models import ProgramVersion
from programs.standing import record_something_new, standing_of
from progress import recording
from progress.devices.answer import Answer
from progress.devices.kinds import HANDLERS, KEPT, LATE, TAKEN
from progress.devices.reading import BodyFault, DeviceEvent, SessionBody, body_set_right
from progress.forms import STOP_SIGNS, TOO_STRONG
from progress.models import SessionEvent, SessionRecord
from progress.summaries import refresh_sessions
from progress.telling import tell, tell_rounds, tell_sign

LONGEST_AGO = timedelta(days=60)


@transaction.atomic
def take(patient: User, token: UUID, body: SessionBody, behind: timedelta = timedelta()) -> Answer:
    """Writes the events down and says what became of them. Any of them may come again.

    ``behind`` is how far the device's clock is behind ours.
    """
    # One at a time for each person, also where two devices send in the same second.
    User.objects.select_for_update().get(pk=patient.pk)
    answer = Answer()
    body = body_set_right(patient, body, behind)
    known = _known(patient, body)
    new = [event for event in _once_each(body.events) if event.id not in known]
    standing = standing_of(patient)
    session = _session_for(patient, token, body, new, answer) if new else None
    _check_slugs(session, body, new)
    for event in new:
        known[event.id] = _write(patient, token, session, event, answer)
    for event in body.events:
        _tell(known[event.id], answer)
    if new:
        answer.stands_in_the_way = _obstacle(standing, session)
    return answer


def _known(patient: User, body: SessionBody) -> dict[UUID, SessionEvent]:
    mine = SessionEvent.objects.owned_by(patient)
    found = mine.filter(event_id__in=[event.id for event in body.events])
    return {row.event_id: row for row in found}


def _once_each(events: tuple[DeviceEvent, ...]) -> Iterator[DeviceEvent]:
    yield from {event.id: event for event in reversed(events)}.values().__reversed__()


def _session_for(
    patient: User, token: UUID, body: SessionBody, new: list[DeviceEvent], answer: Answer
) -> SessionRecord | None:
    """The record that this token means; made now if the device began it, None without a plan."""
    named = SessionRecord.objects.filter(token=token).first()
    if named and named.patient_id != patient.pk:
        raise Http404
    alias = SessionEvent.objects.owned_by(patient).filter(token=token, session__isnull=False)
    known = named or next((row.session for row in alias.select_related("session")[:1]), None)
    if known:
        return _whole(known)
    version = _version_of(patient, body.version)
    if version is None:
        answer.say(_("We could not find the plan of that session. Your notes of it are kept."))
        return None
    return _whole(_same_day(patient, body, answer) or _begun(patient, token, version, body, new))


def _whole(session: SessionRecord) -> SessionRecord:
    sessions = SessionRecord.objects.select_related("version__program", "version__library")
    return sessions.get(pk=session.pk)


def _version_of(patient: User, digest: str) -> ProgramVersion | None:
    versions = ProgramVersion.objects.filter(program__patient=patient, digest=digest)
    return versions.order_by("-made_at").first()


def _same_day(patient: User, body: SessionBody, answer: Answer) -> SessionRecord | None:
    """The day's session that was begun elsewhere: open before finished."""
    on_day = SessionRecord.objects.owned_by(patient).filter(day=_day(patient, body))
    found = on_day.unfinished().first() or on_day.finished().first()
    if found:
        answer.say(_("You began this session in two places. It counts as one."))
    return found


def _begun(
    patient: User,
    token: UUID,
    version: ProgramVersion,
    body: SessionBody,
    new: list[DeviceEvent],
) -> SessionRecord:
    """A session that the device began. It never pushes aside the one that is open here."""
    day = _day(patient, body)
    made: dict[str, Any] = {"token": token, "started_at": new[0].at}
    is_today = day == session_day(patient, timezone.now())
    if is_today and version == standing_of(patient).version:
        return recording.start_session(patient, version, day, **made)
    if recording.open_session(patient):
        made["left_at"] = made["started_at"]
    return recording.begin_session(patient, version, day, None, **made)


def _day(patient: User, body: SessionBody) -> Any:
    """The session's day. A clock that runs ahead is set right; a day long ago is a fault."""
    today = session_day(patient, timezone.now())
    if body.day < today - LONGEST_AGO:
        raise BodyFault("day", _("a day of the last %s days") % LONGEST_AGO.days)
    return min(body.day, today)


def _check_slugs(session: SessionRecord | None, body: SessionBody, new: list[DeviceEvent]) -> None:
    """Events may name exercises and variants of the session's plan, and no others."""
    if session is None:
        return
    plan = session.version.plan
    slugs = [item["slug"] for item in plan["program"]["exercises"]]
    is_same_plan = body.version == session.version.digest
    for index, event in enumerate(body.events):
        slug = event.content.get("slug")
        is_loose = event.kind == "hurts" and not slug
        if event not in new or slug is None or is_loose or not is_same_plan:
            continue
        if slug not in slugs:
            raise BodyFault(f"events[{index}].slug", ", ".join(slugs))
        allowed = (planned(plan, slug) or {}).get("allowed_variants", [])
        if event.kind == "ease" and event.content["variant"] not in allowed:
            raise BodyFault(f"events[{index}].variant", ", ".join(allowed))


def _write(
    patient: User,
    token: UUID,
    session: SessionRecord | None,
    event: DeviceEvent,
    answer: Answer,
) -> SessionEvent:
    """Does what the event says, and keeps the event itself."""
    told: dict[str, Any] = {}
    fate = KEPT
    if session is not None:
        was_closed = bool(session.finished_at or session.left_at)
        fate = HANDLERS[event.kind](session, event, told, answer)
        session.refresh_from_db(fields=["finished_at", "left_at", "pain_before", "was_stopped"])
        if was_closed and fate == TAKEN and event.kind not in ("finish", "begin"):
            fate = LATE
            refresh_sessions(patient, session.day)
            if event.kind in ("sets", "done"):
                tell_rounds(session, str(event.id))
    elif _hears_grave(patient, token, event):
        told["next"] = reverse("programs:check")
    return SessionEvent.objects.create(
        patient=patient,
        session=session,
        token=token,
        event_id=event.id,
        kind=event.kind,
        at=event.at,
        content=dict(event.content),
        fate=fate,
        answer=told,
    )


def _hears_grave(patient: User, token: UUID, event: DeviceEvent) -> bool:
    """A stop sign or very strong pain: it is heard also where no plan is found for it. False for all else."""
    content, day = event.content, session_day(patient, event.at)
    sign = content.get("feeling") if content.get("feeling") in STOP_SIGNS else None
    pains = (content.get(name) for name in ("pain_before", "pain", "pain_after"))
    worst = max((pain for pain in pains if pain is not None), default=0)
    if sign:
        tell_sign(patient, day, str(token), sign)
    if worst >= TOO_STRONG:
        tell(patient, "pain", day, token=f"device:{event.id}", now=worst)
    if sign or worst >= TOO_STRONG:
        record_something_new(patient)
        return True
    return False


def _tell(row: SessionEvent, answer: Answer) -> None:
    answer.seen.append(str(row.event_id))
    answer.next = row.answer.get("next") or answer.next
    if zone := row.answer.get("zone"):
        answer.zone[str(row.event_id)] = zone


def _obstacle(standing: Any, session: SessionRecord | None) -> str:
    """Why the session may not go on, in a sentence; empty where it may, or is over."""
    if session is None:
        return _("That session belongs to another plan. What you did is kept.")
    if session.finished_at:
        return ""
    if not standing.is_running:
        return _("Your plan is on hold. What you did is saved. Please see today's page first.")
    if session.version != standing.version:
        return _("Your plan has changed. What you did is saved. Today's page has the new plan.")
    return ""
