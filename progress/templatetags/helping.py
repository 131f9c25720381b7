"""{% what_helps %}: the section for the person who is signed in."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from progress.helping import helping

register = template.Library()


@register.inclusion_tag("progress/_what_helps.html", takes_context=True)
def what_helps(context: Context) -> dict[str, Any]:
    told = helping(context["user"])
    return {
        "said": [item for item in told if item.pattern.is_said],
        "has_compared": any(item.pattern.strength != "few" for item in told),
    }
