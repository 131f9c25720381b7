"""Installing the app and using it without network: the manifest, the service worker, its version."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

WORKER = Path(settings.BASE_DIR) / "static" / "js" / "offline" / "worker.js"
# What the kept pages need. Styles and pages that only therapists and the admin see stay out.
SHELL = {
    "css": ("*.css", ("admin.css", "caseload.css")),
    "js": ("**/*.js", ("worker.js",)),
    "fonts": ("*-latin.woff2", ()),
}
ALSO = (
    "django_htmx/htmx-2.min.js",
    "fonts/figtree-digits.woff2",
    "img/favicon.svg",
    "img/contours.svg",
)
ICONS = (
    ("img/icon-192.png", "192x192", "any"),
    ("img/icon-512.png", "512x512", "any"),
    ("img/icon-maskable-512.png", "512x512", "maskable"),
)


def person_key(user: object) -> str:
    """A name for a patient that tells nobody who it is: it marks what a device keeps for them."""
    pk = str(getattr(user, "pk", ""))
    return salted_hmac("backrelief.offline.person", pk, algorithm="sha256").hexdigest()[:24]


def shell_files() -> list[str]:
    """Static files by name, in the same order each time."""
    names = set(ALSO)
    root = Path(settings.BASE_DIR) / "static"
    for folder, (pattern, without) in SHELL.items():
        found = (root / folder).glob(pattern)
        names |= {path.relative_to(root).as_posix() for path in found if path.name not in without}
    return sorted(name for name in names if finders.find(name))


@cache
def app_version() -> str:
    """Changes when a file that a kept page needs, a template or the worker changes. Read once."""
    digest = hashlib.sha256(WORKER.read_bytes())
    for name in shell_files():
        digest.update(f"{name}\n".encode() + Path(str(finders.find(name))).read_bytes())
    for path in sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What a browser asks when the app is put on the home screen. The same for everybody."""
    content = {
        "name": "Backrelief",
        "short_name": "Backrelief",
        "description": _("A safe home exercise program for low back pain."),
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": "en-US",
        "background_color": "#F2F4EC",
        "theme_color": "#17594A",
        "categories": ["health", "fitness"],
        "icons": [
            {"src": static(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in ICONS
        ],
    }
    response = JsonResponse(content, content_type="application/manifest+json")
    response["Cache-Control"] = "public, max-age=3600"
    return response


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker with the list of what it keeps for everybody; browsers ask for it each time."""
    told = {
        "version": app_version(),
        "files": [staticfiles_storage.url(name) for name in shell_files()],
        "pages": [reverse("help-now"), reverse("offline-visitor")],
        "visitor": reverse("offline-visitor"),
        "home": "/offline/",
        "list": "/offline/list/",
        "signIn": reverse(settings.LOGIN_URL),
        "signOut": reverse("account_logout"),
        "static": settings.STATIC_URL,
        "alsoKept": ["/session/figure/", reverse("exercises:picture", args=["x"])[:-1]],
        "inSession": "/session/",
    }
    script = f"const APP = {json.dumps(told, indent=1)};\n{WORKER.read_text()}"
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


@login_not_required
@require_safe
def visitor(request: HttpRequest) -> HttpResponse:
    """What the worker shows without network where it keeps nothing for the person."""
    return render(request, "backrelief/offline_visitor.html")
