"""Whom figures are drawn as for the person who looks at them: what they chose, or else several people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backrelief.forms import RadioChips
from exercises.figures import PEOPLE, Look, person_for

SESSION_KEY = "figure"
BUILDS = {"slight": 0.95, "middle": 1.06, "larger": 1.18, "largest": 1.32}
HAIR = {
    "short": _("Short hair"),
    "bun": _("A bun"),
    "bob": _("Hair to the chin"),
    "bald": _("Little hair"),
    "scarf": _("A head scarf"),
}
# Nobody is shown expecting who could not be.
EXPECTING = tuple(look for look in PEOPLE if look.hair not in ("bald", "short") and not look.body)


def _radios(label: Any, choices: Any, initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, initial=initial, widget=RadioChips)


class FigureForm(forms.Form):
    """Build, skin, hair and clothes of one's own figure."""

    build = _radios(
        _("Build"),
        [
            ("slight", _("Slight")),
            ("middle", _("Middle")),
            ("larger", _("Larger")),
            ("largest", _("Largest")),
        ],
        "middle",
    )
    body = _radios(
        _("Body"),
        [("", _("Adult")), ("older", _("Older adult")), ("expecting", _("Late in pregnancy"))],
        "",
    )
    skin = _radios(
        _("Skin"),
        [
            ("1", _("Very light")),
            ("2", _("Light")),
            ("3", _("Medium")),
            ("4", _("Dark")),
            ("5", _("Very dark")),
        ],
        "2",
    )
    hair = _radios(_("Hair"), list(HAIR.items()), "short")
    tone = _radios(
        _("Color of hair or scarf"),
        [
            ("brown", _("Brown")),
            ("black", _("Black")),
            ("grey", _("Gray")),
            ("red", _("Red")),
            ("plum", _("Plum")),
        ],
        "brown",
    )
    kit = _radios(
        _("Clothes"),
        [
            ("1", _("Purple and green")),
            ("2", _("Orange and blue")),
            ("3", _("Blue and gray")),
            ("4", _("Green and purple")),
            ("5", _("Pink and blue")),
        ],
        "1",
    )
    sleeves = _radios(_("Sleeves"), [("short", _("Short")), ("long", _("Long"))], "short")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].required = False

    @property
    def look(self) -> Look:
        return look_from(self.cleaned_data)


def look_from(saved: Mapping[str, Any]) -> Look:
    """The person that the saved words describe. Unknown words count as the first choice."""
    values = {name: str(saved.get(name, "")) for name in FigureForm.base_fields}
    known = FigureForm(values)
    known.is_valid()
    data = known.cleaned_data
    return Look(
        hair=data.get("hair", "short"),
        build=BUILDS[data.get("build", "middle")],
        skin=int(data.get("skin", 2)),
        kit=int(data.get("kit", 1)),
        tone=data.get("tone", "brown"),
        body=data.get("body", ""),
        sleeves=data.get("sleeves", "short"),
    )


def saved_for(request: HttpRequest) -> Mapping[str, Any]:
    """What the person chose: kept with the account, or with the visit. Empty if nothing."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return user.figure or {}
    session = getattr(request, "session", None)
    return session.get(SESSION_KEY, {}) if session is not None else {}


def look_for(request: HttpRequest | None, slug: str) -> Look | None:
    """Whom this person sees in the figures of an exercise; None for the exercise's own person.

    In the third and second trimester the figures of one's own program are expecting too, unless
    one chose otherwise. The library shows everybody's exercises, and so several people.
    """
    if request is None:
        return None
    saved = saved_for(request)
    if saved:
        return look_from(saved)
    match = getattr(request, "resolver_match", None)
    is_library = match is not None and match.app_name == "exercises"
    if getattr(request.user, "is_drawn_expecting", False) and not is_library:
        return expecting_person(slug)
    return None


def first_choice(request: HttpRequest) -> dict[str, Any]:
    """What the form shows at first: the choice kept, or the first of each."""
    first = {name: field.initial for name, field in FigureForm.base_fields.items()}
    if getattr(request.user, "is_drawn_expecting", False):
        first |= {"body": "expecting", "hair": "bob"}
    return first | dict(saved_for(request))


def expecting_person(slug: str) -> Look:
    """A different person for different exercises, late in pregnancy."""
    own = person_for(slug)
    place = PEOPLE.index(own) % len(EXPECTING)
    return replace(EXPECTING[place], body="expecting")


def save_choice(request: HttpRequest, choice: Mapping[str, Any]) -> None:
    """Keeps the choice; an empty one goes back to several people."""
    if request.user.is_authenticated:
        request.user.figure = dict(choice)
        request.user.save(update_fields=["figure"])
    elif choice:
        request.session[SESSION_KEY] = dict(choice)
    else:
        request.session.pop(SESSION_KEY, None)
