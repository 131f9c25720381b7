"""Whom to talk to now: shown at once when somebody writes that they cannot go on."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backrelief.htmx import SignedInRequest


@require_safe
def crisis(request: SignedInRequest) -> HttpResponse:
    return render(request, "progress/crisis.html")
