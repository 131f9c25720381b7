"""What devices post when they have the network again. JSON in, JSON out, nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backrelief.accounts.models import User
from backrelief.offline import person_key
from programs.views.plan import patient_or_404
from progress.devices import diary_events, session_events
from progress.devices.reading import BodyFault, clock_is_behind, read_entries, read_session

LARGEST_BODY = 256 * 1024


def for_devices(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A script that is signed out hears 401 and keeps what it has; a person is sent to sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, User) and _is_meant(request, request.user):
            return view(request, *args, **kwargs)
        if request.method == "POST" or _wants_json(request):
            return JsonResponse({"detail": _("Please sign in first.")}, status=401)
        return redirect_to_login(request.get_full_path())

    return login_not_required(guarded)


def _is_meant(request: HttpRequest, user: User) -> bool:
    """Whether a page that says whose it is belongs to whoever is signed in.

    A tab of one person may be open while somebody else has signed in on the same device: what it
    sends is neither taken as theirs nor refused for good.
    """
    return request.headers.get("X-Person", person_key(user)) == person_key(user)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _checked(view: Callable[..., JsonResponse]) -> Callable[..., HttpResponse]:
    """Answers 422 with the path of the fault where the body does not fit, and each refusal in words.

    A device gives up what is refused in words; what comes without them it sends again.
    """

    @wraps(view)
    def tried(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if len(request.body) > LARGEST_BODY:
            return JsonResponse({"detail": _("That is too much at once.")}, status=413)
        try:
            return view(request, *args, **kwargs)
        except BodyFault as fault:
            return JsonResponse({"path": fault.path, "detail": str(fault)}, status=422)
        except Http404:
            return JsonResponse({"detail": _("There is nothing of yours here.")}, status=404)

    return tried


@for_devices
@require_POST
@_checked
def session_events_view(request: HttpRequest, token: UUID) -> JsonResponse:
    patient = patient_or_404(request)
    answer = session_events.take(patient, token, read_session(request.body), _behind(request))
    status = 409 if answer.stands_in_the_way else 200
    return JsonResponse(answer.as_json() | {"now": milliseconds()}, status=status)


@for_devices
@require_POST
@_checked
def diary_events_view(request: HttpRequest) -> JsonResponse:
    patient = patient_or_404(request)
    answer = diary_events.take_entries(patient, read_entries(request.body), _behind(request))
    return JsonResponse(answer | {"now": milliseconds()})


def _behind(request: HttpRequest) -> timedelta:
    """How far the clock of the device that sends this is behind; it tells its time with each post."""
    return clock_is_behind(request.headers.get("X-Clock", ""), timezone.now())


def milliseconds() -> int:
    """The server's time. Pages carry it too: a device sees which of the two is older."""
    return int(timezone.now().timestamp() * 1000)
