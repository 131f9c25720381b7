"""My data: take it along, bring it in, see who looked, let it go."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backrelief.accounts.leaving import GRACE, request_deletion, tell_by_mail
from backrelief.accounts.models import RecordAccess, User
from backrelief.htmx import SignedInRequest
from programs.views.plan import patient_or_404
from progress.export.erasing import rows_of
from progress.export.formats import FORMATS
from progress.export.forms import ImportForm, LeaveForm
from progress.export.reading import RecordFault, bring_in, is_empty
from progress.export.record import record_of
from progress.export.tables import Table, exported_tables
from progress.models import ImportedRecord

LOOKS_A_PAGE = 50
PAGES = {
    "record": gettext_lazy("Your whole record"),
    "assessment": gettext_lazy("The form for an assessment or permission"),
}


@require_safe
def data(request: SignedInRequest) -> HttpResponse:
    return _data_page(request, patient_or_404(request))


def _data_page(
    request: SignedInRequest, patient: User, form: ImportForm | None = None
) -> HttpResponse:
    context = {"form": form or ImportForm(), "may_import": is_empty(patient)}
    status = 422 if form else 200
    return render(request, "progress/data.html", context, status=status)


@require_safe
def export(request: SignedInRequest, form: str) -> HttpResponse:
    """The whole record as a file."""
    patient = patient_or_404(request)
    if form not in FORMATS:
        raise Http404
    chosen = FORMATS[form]
    response = HttpResponse(chosen.write(record_of(patient)), content_type=chosen.content_type)
    response["Content-Disposition"] = f'attachment; filename="{chosen.file_name}"'
    return response


@require_POST
def bring(request: SignedInRequest) -> HttpResponse:
    """A saved record into an account that has none yet."""
    patient = patient_or_404(request)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _data_page(request, patient, form)
    try:
        count = bring_in(patient, form.cleaned_data["record"])
    except RecordFault as fault:
        form.add_error("record", str(fault))
        return _data_page(request, patient, form)
    said = ngettext(
        "Your record is here: %(n)s entry.", "Your record is here: %(n)s entries.", count
    )
    messages.success(request, said % {"n": count})
    return redirect("progress:data")


@require_http_methods(["GET", "POST"])
def leave(request: SignedInRequest) -> HttpResponse:
    """What would go, and the request to delete it."""
    patient = patient_or_404(request)
    form = LeaveForm(request.POST or None, person=patient)
    if request.method == "POST":
        # As often as allauth lets somebody prove a password, and no more.
        if not ratelimit.consume(request, action="reauthenticate", user=patient):
            return render(request, "429.html", status=429)
        if form.is_valid():
            return _ask_for_deletion(request, patient)
    now = timezone.now()
    context = {"form": form, "going": going(patient), "day": now + GRACE}
    status = 422 if form.errors else 200
    return render(request, "progress/data_delete.html", context, status=status)


def _ask_for_deletion(request: SignedInRequest, patient: User) -> HttpResponse:
    now = timezone.localtime()  # the day that is named is the person's, late in the evening too
    request_deletion(patient, now)
    tell_by_mail(patient, now)
    logout(request)
    said = _("We delete your record on %(day)s, in 14 days. Sign in before then, and it stays.")
    messages.success(request, said % {"day": date_format(now + GRACE, "DATE_FORMAT")})
    return redirect("home")


# The answers on their way to a plan are one row, whatever their number.
YOUR_ANSWERS = {"draft": gettext_lazy("your answers")}


def going(patient: User) -> list[str]:
    """What goes with the account, counted, the largest first."""
    rows = rows_of(patient)
    told = {t: n for t, n in rows.items() if t in exported_tables()}
    lines = [_line(t, told[t]) for t in sorted(told, key=lambda t: -told[t])]
    others = sum(rows.values()) - sum(told.values())
    if others:
        said = ngettext(
            "%(n)s more row: sums and signing in", "%(n)s more rows: sums and signing in", others
        )
        lines.append(said % {"n": others})
    return lines


def _line(table: Table, count: int) -> str:
    names = table.model._meta
    name = names.verbose_name if count == 1 else names.verbose_name_plural
    return str(YOUR_ANSWERS.get(table.name, f"{count} {name}"))


@require_safe
def looks(request: SignedInRequest) -> HttpResponse:
    """Who opened the record, what and when; a look of another installation by its name."""
    patient = patient_or_404(request)
    rows = RecordAccess.objects.filter(patient=patient).select_related("viewer__clinic")
    page = Paginator(rows, LOOKS_A_PAGE).get_page(request.GET.get("page"))
    names = _names_elsewhere(patient)
    context = {"page": page, "looks": [_look(row, names) for row in page]}
    return render(request, "progress/looks.html", context)


def _names_elsewhere(patient: User) -> dict[str, Any]:
    imported = ImportedRecord.objects.filter(patient=patient).only("names").first()
    return imported.names.get("record_access", {}) if imported else {}


def _look(row: RecordAccess, names: dict[str, Any]) -> dict[str, Any]:
    viewer = row.viewer
    if viewer:
        who = {"name": str(viewer), "role": viewer.get_role_display(), "clinic": viewer.clinic}
    else:
        said = names.get(str(row.pk), {}).get("viewer", {})
        who = {"name": said.get("name", ""), "role": "", "clinic": said.get("clinic", "")}
    return {"at": row.at, "what": PAGES.get(row.page, row.page), **who}
