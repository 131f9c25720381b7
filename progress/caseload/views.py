"""The caseload and one patient's record. A stranger gets 404, and every look is written down."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from backrelief.accounts.access import open_record, unassigned_patients
from backrelief.htmx import SignedInRequest
from programs.calendar import diary_day
from programs.standing import standing_of
from programs.wording import shown_plan
from progress.caseload.cards import alerts_of, cards_of
from progress.models import DiaryEntry, SessionRecord
from progress.views.progress import chart_of

RECENT = 10


@require_safe
def caseload(request: SignedInRequest) -> HttpResponse:
    if not request.user.is_therapist:
        raise Http404
    today = diary_day(request.user, timezone.now())
    cards = cards_of(request.user, today)
    context = {
        "cards": cards,
        "needing": [card for card in cards if card.alerts],
        "unassigned": unassigned_patients(request.user),
    }
    return render(request, "progress/caseload.html", context)


@require_safe
def patient(request: SignedInRequest, pk: int) -> HttpResponse:
    if not request.user.is_therapist:
        raise Http404
    person = open_record(request.user, pk, "record")
    standing = standing_of(person)
    context = {
        "patient": person,
        "standing": standing,
        "alerts": alerts_of(standing.locks, standing.plan),
        "shown": shown_plan(standing.plan) if standing.plan else None,
        "diary": DiaryEntry.objects.owned_by(person).alive()[:RECENT],
        "sessions": SessionRecord.objects.owned_by(person).finished()[:RECENT],
        **chart_of(person, "3m"),
    }
    return render(request, "progress/patient.html", context)
