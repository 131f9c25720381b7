"""A session: one exercise at a time, each saved as it is done, and what to do when it hurts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backrelief.views import unprocessable
from exercises.models import Variant
from exercises.ranges import words_for
from programs.calendar import session_day
from programs.standing import record_something_new, standing_of
from programs.views.plan import patient_or_404
from progress import recording
from progress.agenda import agenda_of
from progress.dials import choose
from progress.forms import (
    CALL_AT_ONCE,
    TOO_STRONG,
    FinishForm,
    HurtsForm,
    StartForm,
    StepForm,
    StrengthForm,
    feelings,
    signs_for,
)
from progress.models import ExerciseRecord, SessionRecord
from progress.player_words import words_for_session
from progress.session_plan import outline, session_plan, variants_for
from progress.showing import easier_variant, shown_exercise
from progress.telling import tell


def own_session(request: HttpRequest, token: UUID, **more: Any) -> SessionRecord:
    """The session of whoever asks, with ``more`` looked up along; a stranger's is not found."""
    patient = patient_or_404(request)
    sessions = SessionRecord.objects.owned_by(patient).select_related("version__program")
    sessions = sessions.annotate(**more)
    found: SessionRecord = get_object_or_404(sessions.prefetch_related("exercises"), token=token)
    found.patient = patient
    return found


def goes_on(request: HttpRequest, session: SessionRecord) -> bool:
    """Whether exercises may go on: nothing stops the person, and the session is of today's plan."""
    patient = patient_or_404(request)
    standing = standing_of(patient)
    today = session_day(patient, timezone.now())
    is_open = session.finished_at is None and session.left_at is None
    return (
        standing.is_running and is_open and recording.is_current(session, standing.version, today)
    )


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    patient = patient_or_404(request)
    standing = standing_of(patient)
    agenda = agenda_of(patient, standing, session_day(patient, timezone.now()))
    form = StartForm(request.POST)
    if not agenda.may_start or standing.version is None:
        return redirect("progress:today")
    if not form.is_valid():
        return unprocessable(request, _("Pain is a number from 0 to 10."))
    pain = form.cleaned_data["pain_before"]
    if pain is not None and pain >= TOO_STRONG:
        tell(patient, "pain", agenda.today, now=pain)
        record_something_new(patient)
        return _check_instead(request)
    if form.cleaned_data["minutes"]:
        choose(patient, agenda.today, minutes=form.cleaned_data["minutes"])
    session = recording.start_session(patient, standing.version, agenda.today, pain)
    if not session.exercises.exists():
        recording.leave_session(session)
        messages.warning(request, _("None of your exercises fits there. Choose another place."))
        return redirect("progress:today")
    return redirect("progress:session", session.token)


def _check_instead(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("That is a lot of pain. No exercises now. A few checks first."))
    return redirect("programs:check")


@require_safe
def session(request: HttpRequest, token: UUID) -> HttpResponse:
    """The exercise that comes next, with its steps; the ending when all are settled."""
    record = own_session(request, token)
    if record.finished_at:
        return redirect("progress:session-done", token)
    if not goes_on(request, record):
        return redirect("progress:today")
    exercise = recording.current_exercise(record)
    if exercise is None:
        return redirect("progress:finish", token)
    return render(request, "progress/session.html", page_of(record, exercise))


def page_of(record: SessionRecord, exercise: ExerciseRecord) -> dict[str, Any]:
    """The exercise at hand step by step, and the whole session for the player."""
    variants = variants_for(record)
    plan = session_plan(record, variants)
    for item in plan["exercises"]:
        item["flags"] += filter(None, [words_for(record.patient, item["slug"])])
    shown = shown_exercise(record, exercise, variants[exercise.slug, exercise.variant])
    easier = plan["exercises"][shown["number"] - 1]["easier"]
    return {
        "session": record,
        "shown": shown,
        "easier": easier[0]["variant_name"] if easier else "",
        "plan": plan,
        "outline": outline(plan),
        "words": words_for_session(
            record.version.plan["active_conditions"], has_caution=plan["caution"]
        ),
        "start_form": StartForm(),
        "feelings": feelings(signs_for(record)),
        "strength_form": StrengthForm(),
        "finish_form": FinishForm(record),
    }


@require_POST
def begin(request: HttpRequest, token: UUID) -> HttpResponse:
    """Keeps how the back was before; the first number stays."""
    record = own_session(request, token)
    if not goes_on(request, record):
        return redirect("progress:session", token)
    form = StartForm(request.POST)
    if not form.is_valid():
        return unprocessable(request, _("Pain is a number from 0 to 10."))
    pain = form.cleaned_data["pain_before"]
    recording.note_pain_before(record, pain)
    if pain is not None and pain >= TOO_STRONG:
        recording.stop_before_start(record, pain)
        return _check_instead(request)
    return redirect("progress:session", token)


@require_POST
def step(request: HttpRequest, token: UUID) -> HttpResponse:
    """Saves what was done with one exercise. The same press twice is the same as once."""
    record = own_session(request, token)
    if not goes_on(request, record):
        return redirect("progress:session", token)
    form = StepForm(request.POST)
    if not form.is_valid():
        return unprocessable(request, _("That is no step of a session."))
    data = form.cleaned_data
    exercise = _exercise(record, data["exercise"])
    _take(request, exercise, data["action"], data["sets_done"] or 0)
    if data["action"] == "set":
        return HttpResponse(status=204)
    return redirect("progress:session", token)


def _exercise(record: SessionRecord, slug: str) -> ExerciseRecord:
    return get_object_or_404(record.exercises.select_related("session__version"), slug=slug)


def _take(request: HttpRequest, exercise: ExerciseRecord, action: str, sets_done: int) -> None:
    if action == "done":
        recording.complete(exercise)
    elif action in ("set", "round"):
        recording.save_sets(exercise, sets_done)
    elif action == "skip":
        recording.skip(exercise)
    elif action == "stop":
        recording.stop_session(exercise.session)
    elif recording.ease(exercise):
        way = Variant.objects.filter(exercise__slug=exercise.slug, key=exercise.variant).first()
        messages.success(request, _("Now the easier way: %(name)s.") % {"name": way or ""})


@require_http_methods(["GET", "HEAD", "POST"])
def hurts(request: HttpRequest, token: UUID) -> HttpResponse:
    """Asks what hurts and how much, and only then says what to do."""
    record = own_session(request, token)
    exercise = _hurting(request, record)
    if exercise is None or not goes_on(request, record):
        return redirect("progress:session", token)
    form = HurtsForm(record, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answer_pain(request, exercise, form)
    shown = shown_exercise(record, exercise)
    context = {"session": record, "shown": shown, "form": form}
    return render(
        request, "progress/session_hurts.html", context, status=422 if form.errors else 200
    )


def _hurting(request: HttpRequest, record: SessionRecord) -> ExerciseRecord | None:
    """The exercise that hurts: the one that the player names, else the one at hand."""
    slug = request.POST.get("exercise")
    named = (item for item in record.exercises.all() if item.slug == slug)
    return next(named, None) or recording.current_exercise(record)


def _answer_pain(request: HttpRequest, exercise: ExerciseRecord, form: HurtsForm) -> HttpResponse:
    session = exercise.session
    if form.stop_sign:
        return _stop_for_sign(request, session, form.stop_sign)
    data = form.cleaned_data
    before = data.get("before")
    recording.note_pain_before(session, before)
    zone = recording.record_pain(exercise, data["pain"], data["feeling"])
    if data["pain"] >= TOO_STRONG:
        return _stop_for_sign(request, session, "strong")
    if before is not None and before >= TOO_STRONG:
        recording.stop_before_start(session, before)
        return _check_instead(request)
    if zone == "red":
        messages.warning(request, _("We stopped that one for today. Next time it will be easier."))
        messages.warning(request, _("If it still hurts in a moment, stop for today."))
        return redirect("progress:session", session.token)
    return redirect("progress:session-relief", session.token)


def _stop_for_sign(request: HttpRequest, session: SessionRecord, sign: str) -> HttpResponse:
    """A stop sign ends the session, and nothing goes on before the full check is done."""
    recording.stop_for_sign(session, sign)
    if sign in CALL_AT_ONCE:
        return redirect("progress:session-stopped", session.token)
    messages.warning(request, _("We stopped the session. Please answer a few questions now."))
    return redirect("programs:check")


@require_safe
def relief(request: HttpRequest, token: UUID) -> HttpResponse:
    """What can be done about an ache that is neither strong nor sharp."""
    record = own_session(request, token)
    exercise = recording.current_exercise(record)
    if exercise is None or exercise.pain_during is None or not goes_on(request, record):
        return redirect("progress:session", token)
    context = {
        "session": record,
        "shown": shown_exercise(record, exercise),
        "easier": easier_variant(exercise),
        "has_caution": recording.has_caution(record),
    }
    return render(request, "progress/session_relief.html", context)


@require_safe
def stopped(request: HttpRequest, token: UUID) -> HttpResponse:
    """The number to call first, then the check."""
    record = own_session(request, token)
    if not record.was_stopped:
        return redirect("progress:session", token)
    return render(request, "progress/session_stopped.html", {"session": record})
