"""A wrong setting stops the start and says its name, its value and the cure."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "BACKRELIEF_ENV": "production",
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "back.example.org",
    "EMERGENCY_NUMBER": "911",
    "CRISIS_LINE": "988",
}
READ = "import backrelief.settings as s; print(s.{name})"


def start(tmp_path: Path, name: str = "DEBUG", **env: str) -> subprocess.CompletedProcess[str]:
    """Reads the settings in a process of their own, with this environment and no other."""
    return subprocess.run(
        [sys.executable, "-c", READ.format(name=name)],
        cwd=ROOT,
        env={"BACKRELIEF_DATA": str(tmp_path), "PATH": "/usr/bin:/bin"} | env,
        capture_output=True,
        text=True,
        check=False,
    )


def refusal(tmp_path: Path, **env: str) -> str:
    result = start(tmp_path, **env)
    assert result.returncode != 0
    return result.stderr.strip().splitlines()[-1].split("ImproperlyConfigured: ")[-1]


def test_production_starts_with_its_five_settings(tmp_path):
    assert start(tmp_path, "SECURE_HSTS_SECONDS", **PRODUCTION).stdout == "31536000\n"


def test_production_is_the_default(tmp_path):
    env = {name: value for name, value in PRODUCTION.items() if name != "BACKRELIEF_ENV"}
    assert start(tmp_path, "SESSION_COOKIE_SECURE", **env).stdout == "True\n"


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "EMERGENCY_NUMBER", "CRISIS_LINE"])
def test_production_refuses_to_start_without(tmp_path, name):
    env = {key: value for key, value in PRODUCTION.items() if key != name}
    assert refusal(tmp_path, **env).startswith(f"{name} is (empty). Set it to ")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "BACKRELIEF_ENV",
            "staging",
            "BACKRELIEF_ENV is 'staging'. Set it to one of: demo, production.",
        ),
        ("DEBUG", "perhaps", "DEBUG is 'perhaps'. Set it to true or false."),
        (
            "DEBUG",
            "true",
            "DEBUG is True. Leave it out in production: error pages would show data.",
        ),
        (
            "SECRET_KEY",
            "short",
            "SECRET_KEY is 'too short'. Set it to 50 or more random characters.",
        ),
        (
            "ALLOWED_HOSTS",
            "https://back.example.org",
            "ALLOWED_HOSTS is 'https://back.example.org'. Give host names alone: no scheme, no path, no star.",
        ),
        (
            "EMERGENCY_NUMBER",
            "call us",
            "EMERGENCY_NUMBER is 'call us'. Set it to the number that people in your country call, "
            "for example 911 or +44 20 7946 0000.",
        ),
        ("TRUSTED_PROXIES", "9", "TRUSTED_PROXIES is 9. Set it to a whole number from 0 to 5."),
        (
            "RETENTION_DAYS",
            "soon",
            "RETENTION_DAYS is 'soon'. Set it to a whole number from 1 to 3650.",
        ),
        (
            "DATABASE_URL",
            "mysql://me:secret@localhost/x",
            "DATABASE_URL is 'localhost/x'. Use postgres://user:password@host:5432/name.",
        ),
        (
            "CACHE_URL",
            "locmem://",
            "CACHE_URL is 'locmem://'. Use redis://host:6379/0, or leave it out.",
        ),
        (
            "ADMIN_URL",
            "/",
            "ADMIN_URL is (empty). Set it to a path of letters, digits and hyphens, such as admin/.",
        ),
        (
            "ADMIN_URL",
            "https://x.example/admin",
            "ADMIN_URL is 'https://x.example/admin'. Set it to a path of letters, digits and hyphens, "
            "such as admin/.",
        ),
        ("TIME_ZONE", "Mars", "TIME_ZONE is 'Mars'. Use a name such as America/New_York."),
    ],
)
def test_a_bad_value_is_named_with_its_cure(tmp_path, name, value, message):
    assert refusal(tmp_path, **(PRODUCTION | {name: value})) == message


def test_a_secret_from_a_file_loses_its_newline(tmp_path):
    env = PRODUCTION | {"SECRET_KEY": "k" * 60 + "\n"}
    assert start(tmp_path, "SECRET_KEY", **env).stdout == "k" * 60 + "\n"


def test_the_demo_makes_its_own_key_and_keeps_it(tmp_path):
    first = start(tmp_path, "SECRET_KEY", BACKRELIEF_ENV="demo").stdout
    assert len(first) > 50
    assert start(tmp_path, "SECRET_KEY", BACKRELIEF_ENV="demo").stdout == first
