"""Accounts and clinics: for superusers alone. No health data is shown here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backrelief.accounts.models import CareLink, Clinic, User

admin.site.unregister(Group)


class SuperuserOnly(admin.ModelAdmin):
    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser


class PersonCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email",)


@admin.register(User)
class PersonAdmin(SuperuserOnly, UserAdmin):
    add_form = PersonCreationForm
    ordering = ["email"]
    list_display = ["email", "name", "role", "clinic", "is_active"]
    list_filter = ["role", "clinic", "is_active"]
    list_select_related = ["clinic"]
    search_fields = ["email", "name"]
    readonly_fields = ["last_login", "date_joined", "consented_at"]
    filter_horizontal = ()
    actions = None
    fieldsets = [
        (None, {"fields": ["email", "password", "name", "role", "clinic", "time_zone"]}),
        (_("Access"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined", "consented_at"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "email",
                    "name",
                    "role",
                    "clinic",
                    "is_staff",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        ),
    ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A patient deletes their own record. Whoever wrote in others' records is switched off."""
        return False


@admin.register(Clinic)
class ClinicAdmin(SuperuserOnly):
    list_display = ["name", "time_zone", "phone", "uses_extras"]


@admin.register(CareLink)
class CareLinkAdmin(SuperuserOnly):
    """To look at, and to end: a link begins with two people who agree, never here."""

    list_display = ["patient", "therapist", "asked_at", "accepted_at", "ended_at"]
    list_select_related = ["patient", "therapist"]
    readonly_fields = ["patient", "therapist", "asked_by", "asked_at", "accepted_at", "ended_by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
