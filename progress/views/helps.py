"""What seems to help, with all that was compared and how."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backrelief.htmx import SignedInRequest
from programs.views.plan import patient_or_404
from progress.helping import helping


@require_safe
def helps(request: SignedInRequest) -> HttpResponse:
    told = helping(patient_or_404(request))
    return render(request, "progress/helps.html", {"told": told})
