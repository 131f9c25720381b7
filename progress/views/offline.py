"""What a patient's device keeps for the days without network: a list, a page, the next session."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
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
from progress.session_plan import session_plan
from progress.views.devices import for_devices, milliseconds
from progress.views.session import page_of

AHEAD = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a device may need soon: session days of the next seven, and a session under way."""

    patient: User
    standing: Standing
    days: list[date]
    open: SessionRecord | None

    @property
    def session(self) -> SessionRecord | None:
        """The next session, if there is one and something is left to do in it. Not saved."""
        if not self.days or self.standing.version is None:
            return None
        session = recording.session_ahead(self.patient, self.standing.version, self.days[0])
        return session if recording.current_exercise(session) else None


def ahead_of(request: HttpRequest) -> Ahead:
    """In the standing's queries and one more."""
    patient = patient_or_404(request)
    standing = standing_of(patient)
    today = session_day(patient, timezone.now())
    if not standing.is_running:
        return Ahead(patient, standing, [], None)
    mine = SessionRecord.objects.owned_by(patient)
    known = list(mine.finished().filter(day__gte=today) | mine.unfinished())
    done = {session.day for session in known if session.finished_at}
    days = session_dates(standing.plan, today, today + AHEAD)
    is_open = (s for s in known if recording.is_current(s, standing.version, today))
    return Ahead(
        patient,
        standing,
        [day for day in days if day not in done],
        next((session for session in is_open if session.finished_at is None), None),
    )


@for_devices
@ensure_csrf_cookie
@require_safe
def keep_list(request: HttpRequest) -> JsonResponse:
    """Addresses for the worker to fetch, whose they are, and a stamp that changes with them."""
    soon = ahead_of(request)
    pages = _pages(soon)
    digest = soon.standing.version.digest if soon.standing.version else ""
    state = [app_version(), digest, soon.standing.state, [str(day) for day in soon.days], pages]
    stamp = hashlib.sha256(json.dumps(state).encode()).hexdigest()[:16]
    return JsonResponse({"person": person_key(soon.patient), "stamp": stamp, "pages": pages})


def _pages(soon: Ahead) -> list[str]:
    """Pages, and the figures of every way to do what they ask for."""
    pages = [reverse("progress:offline"), reverse("progress:diary-new")]
    if soon.open:
        pages.append(reverse("progress:session", args=[soon.open.token]))
    if session := soon.session:
        pages.append(reverse("progress:session-ahead"))
    # Both ask for the same exercises, but for what was made easier on the way.
    if shown := session or soon.open:
        pages += _pictures(session_plan(shown))
    if soon.days:
        pages.append(reverse("progress:handout"))
    return list(dict.fromkeys(pages))


def _pictures(plan: Mapping[str, Any]) -> list[str]:
    ways = [way for item in plan["exercises"] for way in (item, *item["easier"])]
    drawn = [address for way in ways for address in way["figures"]]
    photos = [item["picture"] for item in plan["exercises"]]
    return [address for address in (*drawn, *photos) if address]


@require_safe
def ahead(request: HttpRequest) -> HttpResponse:
    """The next session, for a device to keep: it may begin without network, on a planned day."""
    soon = ahead_of(request)
    record = soon.session
    exercise = recording.current_exercise(record) if record else None
    if record is None or exercise is None:
        return redirect("progress:today")
    # A session that is under way has a page of its own.
    free = [day for day in soon.days if soon.open is None or day != soon.open.day]
    context = {**page_of(record, exercise), "days": [day.isoformat() for day in free]}
    return render(request, "progress/session_ahead.html", context)


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page that is shown without network: the days ahead, the diary, and where help is."""
    soon = ahead_of(request)
    context = {
        "standing": soon.standing,
        "days": soon.days,
        "session": soon.open,
        "made": milliseconds(),
    }
    return render(request, "progress/offline.html", context)
