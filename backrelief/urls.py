from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from backrelief import offline, views
from backrelief.accounts.admin_login import hide_keys, limit_admin_login

# Before the addresses below read admin.site.login; afterwards it would silently do nothing.
limit_admin_login(admin.site)
hide_keys(admin.site)

urlpatterns = [
    path("", views.home, name="home"),
    path("help-now/", views.help_now, name="help-now"),
    path("privacy/", views.privacy, name="privacy"),
    path("about/", views.about, name="about"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("service-worker.js", offline.service_worker, name="service-worker"),
    path("offline/visitor/", offline.visitor, name="offline-visitor"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("settings/", include("backrelief.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("exercises/", include("exercises.urls")),
    path("", include("programs.urls")),
    path("", include("progress.urls")),
    path(settings.ADMIN_URL, admin.site.urls),
]

handler403 = "backrelief.views.forbidden"
handler404 = "backrelief.views.not_found"
handler500 = "backrelief.views.server_error"
