"""What a patient's device keeps for the days without network: a list, a page, the next session."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from backrelief.accounts.models import User
from backrelief.offline import app_version, person_key
from programs.calendar import session_dates, session_day
from programs.standing import Standing, standing_of
from programs.views.plan import patient_or_404
from progress import recording
from progress.models import SessionRecord
from progress.views.devices import for_devices

AHEAD = timedelta(days=6)


def days_ahead(patient: User, standing: Standing, today: date) -> list[date]:
    """Session days of the next seven days, today counted in, without what is done already."""
    if not standing.is_running:
        return []
    done = SessionRecord.objects.owned_by(patient).finished().filter(day__gte=today)
    gone = set(done.values_list("day", flat=True))
    return [day for day in session_dates(standing.plan, today, today + AHEAD) if day not in gone]


@for_devices
@ensure_csrf_cookie
@require_safe
def keep_list(request: HttpRequest) -> JsonResponse:
    """Addresses for the worker to fetch, whose they are, and a stamp that changes with them."""
    patient = patient_or_404(request)
    standing = standing_of(patient)
    today = session_day(patient, timezone.now())
    days = days_ahead(patient, standing, today)
    pages = _pages(patient, standing, days, today)
    digest = standing.version.digest if standing.version else ""
    state = [app_version(), digest, standing.state, [str(day) for day in days], pages]
    stamp = hashlib.sha256(json.dumps(state).encode()).hexdigest()[:16]
    return JsonResponse({"person": person_key(patient), "stamp": stamp, "pages": pages})


def _pages(patient: User, standing: Standing, days: list[date], today: date) -> list[str]:
    pages = [reverse("progress:offline"), reverse("progress:diary-new")]
    session = recording.open_session(patient)
    if session and recording.is_current(session, standing.version, today):
        pages.append(reverse("progress:session", args=[session.token]))
    return pages


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page that is shown without network: the days ahead, the diary, and where help is."""
    patient = patient_or_404(request)
    standing = standing_of(patient)
    today = session_day(patient, timezone.now())
    context: dict[str, Any] = {
        "standing": standing,
        "days": days_ahead(patient, standing, today),
        "today": today,
    }
    return render(request, "progress/offline.html", context)
