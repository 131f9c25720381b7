"""The few tags that every template may use without loading them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django import forms, template
from django.contrib.staticfiles import finders
from django.forms.formsets import BaseFormSet
from django.forms.utils import flatatt
from django.template import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backrelief import navigation
from backrelief.forms import faults, sentences
from backrelief.offline import person_key as key_of

register = template.Library()


@cache
def _drawings() -> dict[str, str]:
    """Every icon of the sprite: name to shapes. Read once."""
    sprite = Path(str(finders.find("img/icons.svg"))).read_text()
    return dict(re.findall(r'<symbol id="([\w-]+)"[^>]*>(.*?)</symbol>', sprite))


@register.simple_tag
@cache
def icon(name: str, classes: str = "") -> SafeString:
    """An icon, drawn in place and hidden from screen readers: a word always stands beside it.

    ``classes`` may be ``icon--l`` or ``icon--xl``. Raises ``KeyError`` for a name the sprite lacks.
    """
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        f" {classes}" if classes else "",
        mark_safe(_drawings()[name]),  # noqa: S308 - the sprite is ours
    )


@register.simple_tag
def person_key(user: Any) -> str:
    """Whose page this is, for what the device keeps; it tells nobody who."""
    return key_of(user)


@register.simple_tag(takes_context=True)
def nav_current(context: Context, view: str, section: Iterable[str] = ()) -> SafeString:
    """``aria-current`` for a link to ``view``; pages of its ``section`` count as well."""
    request = context.get("request")
    value = navigation.current(request, view, *section) if request else ""
    return format_html(' aria-current="{}"', value) if value else mark_safe("")


@register.simple_tag(takes_context=True)
def nav_places(context: Context) -> tuple[navigation.Place, ...]:
    """The navigation of whoever looks at the page."""
    request = context.get("request")
    return navigation.places_for(request) if request else navigation.VISITOR


@register.inclusion_tag("components/error_summary.html")
def error_summary(*shown: forms.BaseForm | BaseFormSet[Any]) -> dict[str, Any]:
    """What to put right in these forms, each line a link to its field. Empty without errors."""
    return {"faults": faults(form for form in shown if form)}


CALLOUT_ICONS = {
    "info": "info",
    "ok": "sprout",
    "care": "triangle-alert",
    "stop": "octagon-alert",
}


@register.simple_block_tag
def callout(content: str, kind: str, title: str, drawing: str = "") -> str:
    """A note with a weight; see ``components/callout.html``."""
    context = {
        "kind": kind,
        "title": title,
        "content": content,
        "drawing": drawing or CALLOUT_ICONS[kind],
    }
    return render_to_string("components/callout.html", context)


@register.inclusion_tag("components/steps.html")
def steps(number: int, total: int, name: str = "") -> dict[str, Any]:
    """Where one is in a row of screens; see ``components/steps.html``."""
    states = ["done" if n < number else "now" if n == number else "" for n in range(1, total + 1)]
    return {"number": number, "total": total, "name": name, "states": states}


@register.simple_tag(takes_context=True)
def error_flag(context: Context) -> str:
    """``Error: `` for the page title when a form on the page was refused."""
    return _("Error: ") if any(map(_is_refused, context.flatten().values())) else ""


def _is_refused(value: object) -> bool:
    return (
        isinstance(value, forms.BaseForm | BaseFormSet) and value.is_bound and not value.is_valid()
    )


register.filter("sentences", sentences)
# A scale has eleven inputs: an included template for each one's attributes costs a page a tenth.
register.filter("attributes", flatatt)


@register.filter
def duration(seconds: float | None) -> str:
    """Seconds in words: ``45 seconds``, ``1 minute``, ``2 minutes 30 seconds``."""
    minutes, rest = divmod(round(seconds or 0), 60)
    words = []
    if minutes:
        words.append(ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes})
    if rest or not minutes:
        words.append(ngettext("%(n)d second", "%(n)d seconds", rest) % {"n": rest})
    return " ".join(words)


@register.filter
def day(value: datetime.date | datetime.datetime | None) -> str:
    """A date as ``Wed, Sep 17``, with the year when it is not this one. Times become local."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    pattern = "D, M j" if value.year == timezone.localdate().year else "D, M j, Y"
    return date_format(value, pattern)


# In this order: Edge also says that it is Chrome, and Chrome that it is Safari.
BROWSERS = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@register.filter
def device(user_agent: str) -> str:
    """What a browser says of itself, in words: ``Firefox on Windows``."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), _("A browser"))
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    if not system:
        return browser
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}


@register.filter
def phone_link(number: str | None) -> str:
    """A ``tel:`` address, or nothing if the text is no telephone number (a web address, say)."""
    text = (number or "").strip()
    digits = re.sub(r"[^\d]", "", text)
    if len(digits) < 3 or re.search(r"[^\d\s()+./-]", text):
        return ""
    return f"tel:{'+' if text.startswith('+') else ''}{digits}"
