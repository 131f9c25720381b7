"""E20: words that may tell of despair bring the crisis page at once, whatever page they were typed on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from backrelief.accounts.models import User
from programs.engine import tells_of_despair
from progress.telling import hear_text

SECRET = ("password", "csrf", "token")


class CrisisMiddleware:
    """Looks at what a patient sent once it is saved; a form that was refused keeps its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = getattr(request, "user", None)
        if request.method != "POST" or not isinstance(user, User) or not user.is_patient:
            return response
        # 409: kept, although something stands in the way of what comes next.
        if response.status_code >= 400 and response.status_code != 409:
            return response
        cry = next((text for text in _texts(request) if tells_of_despair(text)), None)
        if cry is None:
            return response
        hear_text(user, cry)
        return _lead(response)


def _texts(request: HttpRequest) -> Iterator[str]:
    """Every text that was sent, by a form or by a device."""
    if request.content_type == "application/json":
        # A view that did not read the body has kept nothing of it.
        yield from _said_in(getattr(request, "_body", b""))
        return
    for name, values in request.POST.lists():
        if not any(part in name for part in SECRET):
            yield from (value for value in values if isinstance(value, str))


def _said_in(body: bytes) -> Iterator[str]:
    """Every text of a JSON body, read as it was typed: escaped letters and line ends too."""
    try:
        waiting = [json.loads(body)]
    except ValueError:
        return
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item


def _lead(response: HttpResponse) -> HttpResponse:
    """To the crisis page: a device is told where to go next, a browser is sent there."""
    page = reverse("progress:crisis")
    if response.get("Content-Type", "").startswith("application/json"):
        response.content = json.dumps({**json.loads(response.content), "next": page}).encode()
        return response
    return redirect(page)
