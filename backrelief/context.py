"""What every template may use: the numbers to call, the chosen colors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class HelpLines:
    """Whom to call. Empty where the installation names none."""

    emergency: str
    urgent: str
    crisis: str
    clinic: str


def help_lines() -> HelpLines:
    return HelpLines(
        emergency=settings.EMERGENCY_NUMBER,
        urgent=settings.URGENT_LINE,
        crisis=settings.CRISIS_LINE,
        clinic=settings.CLINIC_CONTACT,
    )


def site(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    return {
        "help_lines": help_lines(),
        "theme": getattr(user, "theme", "") or "",
        "is_demo": settings.DEMO,
    }
