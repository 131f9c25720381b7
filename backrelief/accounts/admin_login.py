"""The admin's own sign-in page gets the limits and the second factor of the main one."""

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite


def limit_admin_login(site: AdminSite) -> None:
    site.login = secure_admin_login(site.login)  # type: ignore[method-assign]
