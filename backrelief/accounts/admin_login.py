"""The admin's own sign-in page gets the limits and the second factor of the main one."""

from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin import AdminSite


def limit_admin_login(site: AdminSite) -> None:
    site.login = secure_admin_login(site.login)  # type: ignore[method-assign]  # as allauth documents it


def hide_keys(site: AdminSite) -> None:
    """Whoever reads a second factor's secret or a session's key can open somebody else's record."""
    site.unregister([Authenticator, UserSession])
