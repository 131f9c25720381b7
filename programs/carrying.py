"""What a visitor told goes along into the account, whichever page comes first after signing in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from backrelief.accounts.models import User
from programs.drafts import (
    adopt,
    is_check_done,
    record_check_wanted,
    triage_of,
    visitors_draft,
)
from programs.engine import Level
from programs.models import Draft
from programs.standing import record_screening


def carry_emergency(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Called at each sign-in: an emergency is never left behind, nor asked about."""
    draft = visitors_draft(request) if user.is_patient else None
    if draft and triage_of(draft).level == Level.EMERGENCY:
        bring(request, user, draft)


def bring(request: HttpRequest, user: User, draft: Draft) -> Draft:
    """Moves the draft into the account and writes down what its check says, so that it locks.

    An emergency that was not read back yet waits for that. A check that is not finished holds the
    plan that the account may have.
    """
    triage = triage_of(draft)
    is_told = draft.stopped_level == "emergency" or triage.level < Level.EMERGENCY
    draft = adopt(request, user, draft)
    if draft.stopped_level == "emergency" or (is_check_done(draft) and is_told):
        record_screening(user, draft.answers, triage)
    elif user.programs.exists():
        record_check_wanted(user, {"unfinished": True})
    return draft
