"""Answers that are a whole page to a reload and one part of it to htmx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from backrelief.accounts.models import User


class HtmxHttpRequest(HttpRequest):
    """A request that has passed django-htmx's middleware."""

    htmx: HtmxDetails


class SignedInRequest(HtmxHttpRequest):
    """A request of somebody who is signed in, as every view gets unless it says otherwise."""

    user: User


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    partial: str = "card",
    target: str = "card",
    status: int = 200,
) -> HttpResponse:
    """The page, or its ``partial`` when htmx asks for the element with the id ``target``.

    The view chooses the partial; the client can only say which element it wants to replace.
    Pass ``status=422`` with an invalid form. Waiting messages come along out of band.
    """
    if not wants_fragment(request, target):
        return render(request, template, context, status=status)
    response = render(request, f"{template}#{partial}", context, status=status)
    if len(get_messages(request)):
        messages = render_to_string("components/messages.html", {"out_of_band": True}, request)
        response.write(messages)
    return response


def wants_fragment(request: HttpRequest, target: str) -> bool:
    """True if htmx asks for this element. Going back in history needs the whole page."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    if not htmx or htmx.history_restore_request:
        return False
    return htmx.target == target


def sent(request: HttpRequest) -> QueryDict | None:
    """What was posted, also when that is nothing at all; None for a page that is only opened."""
    return request.POST if request.method == "POST" else None
