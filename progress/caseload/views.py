"""The caseload and one patient's record. A stranger gets 404, and every look is written down."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backrelief.accounts.access import open_record, unassigned_patients
from backrelief.htmx import SignedInRequest
from backrelief.views import unprocessable
from programs.calendar import diary_day, session_day
from programs.engine.rules import CONDITIONS
from programs.standing import standing_of
from programs.wording import shown_plan
from progress import alerts
from progress.caseload.cards import cards_of, concerns_of
from progress.caseload.forms import AlertForm
from progress.caseload.table import rows_of
from progress.models import Alert, DiaryEntry, SessionRecord
from progress.telling import tell
from progress.views.progress import chart_of

RECENT = 10
ALERTS = 40


@require_safe
def caseload(request: SignedInRequest) -> HttpResponse:
    if not request.user.is_therapist:
        raise Http404
    today = diary_day(request.user, timezone.now())
    cards = cards_of(request.user, today)
    search = request.GET.get("q", "")[:100]
    rows, parts = rows_of(cards, request.GET.get("show", ""), search)
    context = {
        "cards": cards,
        "rows": rows,
        "parts": parts,
        "search": search,
        "today": today,
        "needing": [card for card in cards if card.is_needing],
        "unassigned": unassigned_patients(request.user),
    }
    return render(request, "progress/caseload.html", context)


@require_safe
def patient(request: SignedInRequest, pk: int) -> HttpResponse:
    if not request.user.is_therapist:
        raise Http404
    person = open_record(request.user, pk, "record")
    alerts.collect([person])
    standing = standing_of(person)
    told = list(Alert.objects.owned_by(person).prefetch_related("steps__by")[:ALERTS])
    open_ones = [alert for alert in told if alert.closed_at is None]
    context = {
        "patient": person,
        "standing": standing,
        "concerns": concerns_of(standing.locks, open_ones, standing.plan),
        "conditions": CONDITIONS,
        "overrides": standing.case.get("overrides", []),
        "closed": [alert for alert in told if alert.closed_at],
        "shown": shown_plan(standing.plan) if standing.plan else None,
        "diary": DiaryEntry.objects.owned_by(person).alive()[:RECENT],
        "sessions": SessionRecord.objects.owned_by(person).finished()[:RECENT],
        **chart_of(person, "3m"),
    }
    return render(request, "progress/patient.html", context)


@require_POST
def alert(request: SignedInRequest, pk: int, alert_pk: int) -> HttpResponse:
    """Seen, or closed with a note of what was done."""
    if not request.user.is_therapist:
        raise Http404
    person = open_record(request.user, pk, "record")
    found = get_object_or_404(Alert.objects.owned_by(person).open(), pk=alert_pk)
    form = AlertForm(request.POST)
    if not form.is_valid():
        return unprocessable(request, _("To close an alert, say in a few words what was done."))
    if form.cleaned_data["action"] == "close":
        alerts.close(found, request.user, form.cleaned_data["note"])
        today = session_day(person, timezone.now())
        tell(
            person,
            "closed",
            today,
            token=f"closed:{found.rule}:{found.opened_at.isoformat()}",
            by=request.user,
            rule=found.rule,
        )
        messages.success(request, _("Closed. The note is kept in the record."))
    else:
        alerts.mark_seen(found, request.user)
        messages.success(request, _("Marked as seen. It stays open until you close it."))
    return redirect("progress:patient", pk)
