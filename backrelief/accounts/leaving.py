"""Asking for deletion, and changing one's mind: 14 days of grace, and signing in takes it back.

What is then deleted, and when, is the job of the apps that hold the record.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from backrelief.accounts import care
from backrelief.accounts.models import CareLink, User

GRACE = timedelta(days=14)


def due(now: datetime) -> QuerySet[User]:
    """The people whose days of grace are over."""
    return User.objects.filter(deletion_requested_at__lte=now - GRACE)


@transaction.atomic
def request_deletion(person: User, now: datetime) -> None:
    """Ends every care link and every sign-in at once; the record itself goes after the grace."""
    person.deletion_requested_at = now
    person.save(update_fields=["deletion_requested_at"])
    for link in CareLink.objects.open().filter(patient=person):
        care.end(person, link)
    end_sessions(person)


def tell_by_mail(person: User, now: datetime) -> None:
    """What was asked for and how to stop it, so that nobody else can ask unnoticed."""
    day = date_format(now + GRACE, "DATE_FORMAT")
    text = _(
        "You asked us to delete your account and your record.\n\n"
        "We do so on %(day)s. Until then, sign in and it stays.\n"
    ) % {"day": day}
    send_mail(_("Your account will be deleted"), text, None, [person.email], fail_silently=True)


def end_sessions(person: User) -> None:
    """Signs the person out everywhere."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()


def keep_after_all(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Signing in within the days of grace takes the request back, and says so."""
    if user.deletion_requested_at is None:
        return
    user.deletion_requested_at = None
    user.save(update_fields=["deletion_requested_at"])
    if hasattr(request, "_messages"):
        messages.success(
            request,
            _("You signed in, so your record stays. Nothing was deleted. Care links have ended."),
        )


def watch_sign_ins() -> None:
    user_logged_in.connect(keep_after_all, dispatch_uid="keep the record after all")
