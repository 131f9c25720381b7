"""Who sees which places in the navigation."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the navigation. ``section`` names the addresses that belong to it as well."""

    view: str
    label: str | Promise
    icon: str
    section: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        try:
            return reverse(self.view)
        except NoReverseMatch:
            return ""


EXERCISES = Place("exercises:list", _("Exercises"), "person-standing", ("exercises:",))
SETTINGS = Place("settings", _("Settings"), "settings")
EDITOR = Place("admin:index", _("Library editor"), "pencil")

PATIENT = (
    Place("progress:today", _("Today"), "house", ("progress:session", "progress:finish")),
    Place("programs:plan", _("Plan"), "calendar-days", ("programs:",)),
    Place("progress:diary", _("Diary"), "notebook-pen", ("progress:diary",)),
    Place("progress:progress", _("Progress"), "trending-up"),
    EXERCISES,
)
THERAPIST = (
    Place("progress:caseload", _("Caseload"), "users", ("progress:",)),
    EXERCISES,
    EDITOR,
    SETTINGS,
)
STAFF = (EXERCISES, EDITOR, SETTINGS)
VISITOR = (EXERCISES,)

BY_ROLE = {"patient": PATIENT, "therapist": THERAPIST, "staff": STAFF}


def places_for(request: HttpRequest) -> tuple[Place, ...]:
    """The navigation of whoever asks."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return VISITOR
    return BY_ROLE[user.role]


def current(request: HttpRequest, *names: str) -> str:
    """``page`` on that very page, ``true`` in its section, else nothing.

    A name that ends with a colon stands for its whole namespace; else a name stands for itself and
    for names that go on after a hyphen, as ``progress:diary`` does for ``progress:diary-edit``.
    """
    match = request.resolver_match
    if match is None:
        return ""
    if match.view_name == names[0]:
        return "page"
    return "true" if any(_is_part(match.view_name, name) for name in names) else ""


def _is_part(view: str, name: str) -> bool:
    return (
        view.startswith(name) if name.endswith(":") else view == name or view.startswith(f"{name}-")
    )
