"""What seems to help, with all that was compared and how; to htmx the section alone."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from backrelief.htmx import SignedInRequest, render_page
from programs.views.plan import patient_or_404
from progress.helping import helping


@require_safe
def helps(request: SignedInRequest) -> HttpResponse:
    told = helping(patient_or_404(request))
    context = {
        "told": told,
        "said": [item for item in told if item.pattern.is_said],
        "has_compared": any(item.pattern.strength != "few" for item in told),
    }
    template = "progress/helps.html"
    return render_page(request, template, context, partial="section", target="helps-card")
