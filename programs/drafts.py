"""Answers on their way: a visitor's are bound to the browser session, a person's to the account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from backrelief.accounts.models import User
from programs.clearing import lifting_assessments
from programs.engine import RULE_SET, Triage, triage_so_far
from programs.intake_steps import BY_KEY, answers_from, next_open
from programs.models import Draft, Screening
from programs.questionnaire import SHARED_FOLLOW_UPS

SESSION_KEY = "draft"
VISITORS_DAYS = 7


def draft_for(request: HttpRequest) -> Draft:
    """The draft of whoever asks; a new one is made but not saved before there is a reply."""
    user = request.user
    if user.is_authenticated:
        return Draft.objects.filter(user=user).first() or Draft(user=user)
    pk = request.session.get(SESSION_KEY)
    draft = Draft.objects.filter(pk=pk, user=None).first() if pk else None
    return draft or Draft()


def keep_reply(request: HttpRequest, draft: Draft, key: str, replies: dict[str, Any]) -> None:
    """Saves the replies of a screen and what follows from all of them."""
    if key in SHARED_FOLLOW_UPS and draft.replies.get(key) != replies:
        draft.replies.pop(SHARED_FOLLOW_UPS[key], None)
    draft.replies = {**draft.replies, key: replies}
    # A screen that no longer applies takes its replies with it.
    draft.replies = {k: v for k, v in draft.replies.items() if BY_KEY[k].applies(draft.replies)}
    draft.answers = answers_from(draft.replies)
    draft.save()
    if draft.user_id is None:
        request.session[SESSION_KEY] = draft.pk


def triage_of(draft: Draft) -> Triage:
    """What the replies so far lead to, recorded assessments counted in."""
    facts = dict(draft.answers)
    if draft.user:
        facts["assessments"] = lifting_assessments(draft.user)
    return triage_so_far(draft.answers.get("screening", {}), facts)


def ask_check_anew(patient: User, why: dict[str, bool]) -> Screening:
    """Forgets the old answers, so that they never pass for new ones, and holds sessions until then."""
    for draft in Draft.objects.filter(user=patient):
        draft.ask_check_again()
    return record_check_wanted(patient, why)


def record_check_wanted(patient: User, why: dict[str, bool]) -> Screening:
    """Holds sessions until the next full check is finished."""
    return Screening.objects.create(
        patient=patient, kind="short", rule_set=RULE_SET, answers=why, level="caution"
    )


def ask_check_when_due(patient: User) -> None:
    """A full check that time asks for. One that was asked and not finished is not begun again."""
    last = Screening.objects.owned_by(patient).first()
    if last is not None and last.kind == "full":
        ask_check_anew(patient, {"due": True})


def is_check_done(draft: Draft) -> bool:
    return next_open("check", draft.replies) is None


def is_complete(draft: Draft) -> bool:
    return is_check_done(draft) and next_open("intake", draft.replies) is None


def visitors_draft(request: HttpRequest) -> Draft | None:
    """What somebody answered in this browser before signing in."""
    pk = request.session.get(SESSION_KEY)
    return Draft.objects.filter(pk=pk, user=None).first() if pk else None


def adopt(request: HttpRequest, user: User, draft: Draft) -> Draft:
    """Moves a visitor's answers into the account, in the place of older ones.

    Of the older ones, screens of the intake that were not answered again are kept.
    """
    for older in Draft.objects.filter(user=user):
        kept = {k: v for k, v in older.replies.items() if k.startswith("intake:")}
        draft.replies = {**kept, **draft.replies}
        draft.answers = answers_from(draft.replies)
        older.delete()
    draft.user = user
    draft.save()
    request.session.pop(SESSION_KEY, None)
    return draft


def drop(request: HttpRequest, draft: Draft) -> None:
    draft.delete()
    request.session.pop(SESSION_KEY, None)


def purge(now: datetime) -> int:
    """Deletes the drafts that visitors left more than seven days ago; says how many."""
    old = now - timedelta(days=VISITORS_DAYS)
    return Draft.objects.filter(user=None, updated_at__lt=old).delete()[0]
