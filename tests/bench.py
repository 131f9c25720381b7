"""CPU time of the main pages as ratios to a bare signed-in page, side by side in one process.

The pages take turns, so that a busy machine slows them all alike. Run it with ``make bench``.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import tempfile
import time
from typing import Any

ROUNDS = 60
TARGET = 6.0


def prepare(folder: str, *, with_demo: bool = True) -> None:
    """A demo of its own in ``folder``, with the production settings of a page."""
    os.environ |= {
        "BACKRELIEF_ENV": "demo",
        "BACKRELIEF_DATA": folder,
        "DJANGO_SETTINGS_MODULE": "backrelief.settings",
    }
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ROOT_URLCONF = "tests.bench_urls"
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_library", "fixtures", stdout=io.StringIO())
    if with_demo:
        call_command("seed_demo", stdout=io.StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)


def cookie_of(email: str) -> str:
    from django.test import Client

    from backrelief.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(email=email))
    return client.cookies.output(attrs=[], header="", sep=";").strip()


class Server:
    """Calls the WSGI application as a server would, and keeps the CPU time of each call."""

    def __init__(self) -> None:
        from django.core.wsgi import get_wsgi_application

        self.application = get_wsgi_application()

    def get(self, path: str, cookie: str) -> tuple[float, int, int]:
        """CPU milliseconds, bytes and status of one GET."""
        place, _mark, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": place,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_COOKIE": cookie,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
        }
        status: list[str] = []
        begin = time.process_time()
        response = self.application(environ, lambda line, headers, exc=None: status.append(line))
        size = sum(len(part) for part in response)
        response.close()
        return (time.process_time() - begin) * 1000, size, int(status[0].split()[0])


def begun_session(email: str) -> str:
    """The token of a session that this person has just begun."""
    from django.utils import timezone

    from backrelief.accounts.models import User
    from programs.calendar import session_day
    from programs.planning import latest_version
    from progress.recording import start_session

    person = User.objects.get(email=email)
    version = latest_version(person)
    if version is None:
        sys.exit(f"{email} has no program")
    return str(start_session(person, version, session_day(person, timezone.now())).token)


def pages() -> dict[str, tuple[str, str]]:
    """Name → address and cookie. The bare page comes first."""
    pat, tess = cookie_of("pat@example.org"), cookie_of("tess@example.org")
    token = begun_session("pat@example.org")
    return {
        "bare": ("/bare/", pat),
        "today": ("/today/", pat),
        "plan": ("/plan/", pat),
        "session": (f"/session/{token}/", pat),
        "diary": ("/diary/", pat),
        "progress": ("/progress/", pat),
        "exercise": ("/exercises/bird-dog/", pat),
        "caseload": ("/caseload/", tess),
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        server, places = Server(), pages()
        times: dict[str, list[float]] = {name: [] for name in places}
        sizes: dict[str, int] = {}
        for turn in range(ROUNDS + 5):
            for name, (path, cookie) in places.items():
                spent, sizes[name], status = server.get(path, cookie)
                if status != 200:
                    sys.exit(f"{path} answered {status}")
                if turn >= 5:
                    times[name].append(spent)
        base = statistics.median(times["bare"])
        print(f"{'page':<10} {'CPU ms':>7} {'ratio':>6} {'target':>7} {'KB':>6}")
        for name, spent in times.items():
            median = statistics.median(spent)
            goal = "" if name in ("bare", "diary", "exercise", "caseload") else f"≤ {TARGET:.0f}"
            ratio = median / base
            print(f"{name:<10} {median:7.2f} {ratio:6.1f} {goal:>7} {sizes[name] / 1024:6.1f}")


if __name__ == "__main__":
    main()
