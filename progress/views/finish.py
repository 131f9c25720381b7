"""The end of a session: how it was, a warm word, and what comes next."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exercises.models import Exercise
from programs.engine import zone_of
from programs.models import ProgramEvent
from programs.news import Names, said_of
from programs.standing import record_something_new, standing_of
from progress import recording
from progress.agenda import agenda_of
from progress.cairns import Path, path_of
from progress.forms import TOO_STRONG, FinishForm
from progress.models import SessionEvent, SessionRecord
from progress.summaries import overview_of
from progress.telling import session_token
from progress.views.session import goes_on, own_session

# What another device said of the end, or a second press with other numbers: it does not count.
SECOND_ENDING = Subquery(
    SessionEvent.objects.filter(session=OuterRef("pk"), kind="finish", fate=SessionEvent.Fate.KEPT)
    .order_by("-pk")
    .values("content")[:1]
)


@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, token: UUID) -> HttpResponse:
    """Pain after, effort and a note. A second press leads to the same ending."""
    session = own_session(request, token)
    if session.finished_at:
        return redirect("progress:session-done", token)
    if session.left_at or standing_of(session.patient).is_stopped:
        return redirect("progress:today")
    if recording.current_exercise(session) and goes_on(request, session):
        return redirect("progress:session", token)
    form = FinishForm(session, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _close(request, session, form)
    context = {"session": session, "form": form, "path": _path_with_this(session)}
    return render(request, "progress/finish.html", context, status=422 if form.errors else 200)


def _close(request: HttpRequest, session: SessionRecord, form: FinishForm) -> HttpResponse:
    data = form.cleaned_data
    if not recording.finish_session(session, data["pain_after"], data["effort"], data["note"]):
        return redirect("progress:session-done", session.token)
    if data["pain_after"] >= TOO_STRONG:
        record_something_new(session.patient)
        messages.warning(request, _("Saved. That is a lot of pain. A few checks come first now."))
        return redirect("programs:check")
    return redirect("progress:session-done", session.token)


@require_safe
def done(request: HttpRequest, token: UUID) -> HttpResponse:
    session = own_session(request, token, second=SECOND_ENDING)
    if not session.finished_at:
        return redirect("progress:session", token)
    standing = standing_of(session.patient)
    overview = overview_of(session.patient, session.version)
    context = {
        "session": session,
        "path": path_of(overview.sessions),
        "goal": overview.goals[0]["words"] if overview.goals else "",
        "agenda": agenda_of(session.patient, standing, session.day),
        "counts": _counts(session),
        "left_behind": _left_behind(session),
        "has_caution": recording.has_caution(session),
        **_decided(session),
    }
    return render(request, "progress/session_done.html", context)


def _decided(session: SessionRecord) -> dict[str, Any]:
    """What this session changed in the plan, and the reason where it changed nothing."""
    told = ProgramEvent.objects.owned_by(session.patient)
    event = told.filter(token=session_token(session)).first()
    if event is None:
        return {"changed": (), "is_same": False}
    changes = event.outcome["changes"]
    if not changes:
        reasons = [reason["text"] for reason in event.outcome["reasons"]]
        return {"changed": (), "is_same": True, "why_same": reasons[0] if reasons else ""}
    names = Names.of(Exercise.objects.prefetch_related("variants"))
    return {"changed": said_of(changes, names), "is_same": False}


def _path_with_this(session: SessionRecord) -> Path:
    finished = SessionRecord.objects.owned_by(session.patient).finished()
    return path_of(finished.count() + 1)


def _counts(session: SessionRecord) -> dict[str, int]:
    exercises = list(session.exercises.all())
    return {"done": sum(not item.was_skipped for item in exercises), "all": len(exercises)}


def _left_behind(session: SessionRecord) -> str:
    """What the pain after calls for: ``red`` as in an exercise, ``rose`` from 2 points on, else nothing."""
    before, after = session.pain_before, session.pain_after or 0
    if before is None:
        return ""
    if zone_of(after, before, has_caution=recording.has_caution(session)) == "red":
        return "red"
    return "rose" if after - before >= 2 else ""
