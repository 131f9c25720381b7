"""A person's own settings: name, time zone, colors, care links, and who opened the record."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backrelief.accounts import care
from backrelief.accounts.forms import CareLinkForm, ProfileForm
from backrelief.accounts.models import User
from backrelief.htmx import SignedInRequest

LOOKS_SHOWN = 5


def _page(
    request: SignedInRequest,
    *,
    profile: ProfileForm | None = None,
    ask: CareLinkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user = request.user
    context = {
        "profile": profile or ProfileForm(instance=user),
        "ask": ask or CareLinkForm(),
        "links": care.links_of(user),
        "verified": care.has_verified_email(user),
        "looks": user.record_accesses.select_related("viewer")[:LOOKS_SHOWN],
    }
    return render(request, "accounts/settings.html", context, status=status)


@require_http_methods(["GET", "POST"])
def settings_page(request: SignedInRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request)
    # A copy, so that a refused name does not change the name in the page's head.
    form = ProfileForm(request.POST, instance=User.objects.get(pk=request.user.pk))
    if not form.is_valid():
        return _page(request, profile=form, status=422)
    form.save()
    messages.success(request, _("Saved."))
    return redirect("settings")


@require_POST
def ask_for_link(request: SignedInRequest) -> HttpResponse:
    form = CareLinkForm(request.POST)
    if not form.is_valid():
        return _page(request, ask=form, status=422)
    if request.user.is_patient and not care.has_verified_email(request.user):
        return confirm_first(request)
    care.ask(request.user, form.cleaned_data["email"])
    messages.success(request, _("We passed it on, if that person has an account here."))
    return redirect("settings")


def confirm_first(request: SignedInRequest) -> HttpResponse:
    """A therapist must be able to trust that the record belongs to that address."""
    messages.error(request, _("Confirm your e-mail address first. Then link to a therapist."))
    return redirect("account_email")


@require_POST
def accept_link(request: SignedInRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(care.links_of(request.user), pk=pk)
    if not care.may_accept(request.user, link):
        if link.asked_by_id == request.user.pk or link.accepted_at:
            raise Http404
        return confirm_first(request)
    care.accept(request.user, link)
    messages.success(request, _("You are linked now."))
    return redirect("settings")


@require_POST
def end_link(request: SignedInRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(care.links_of(request.user), pk=pk)
    care.end(request.user, link)
    messages.success(request, _("Done. The link has ended, and so has access to the record."))
    return redirect("settings")
