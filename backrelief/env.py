"""Settings from the environment. A wrong value stops the start and says how to cure it."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

env = Env()


def refuse(name: str, value: object, cure: str) -> ImproperlyConfigured:
    """The error for a setting that cannot be used: its name, its value and the cure."""
    shown = "(empty)" if value in (None, "") else repr(value)
    return ImproperlyConfigured(f"{name} is {shown}. {cure}")


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    value = env.str(name, default).strip()
    if value not in allowed:
        raise refuse(name, value, f"Set it to one of: {', '.join(allowed)}.")
    return value


def flag(name: str, *, default: bool) -> bool:
    try:
        return env.bool(name, default)
    except EnvError as error:
        raise refuse(name, env.str(name), "Set it to true or false.") from error


def whole(name: str, default: int, low: int, high: int) -> int:
    cure = f"Set it to a whole number from {low} to {high}."
    try:
        value = env.int(name, default)
    except EnvError as error:
        raise refuse(name, env.str(name), cure) from error
    if not low <= value <= high:
        raise refuse(name, value, cure)
    return value


def text(name: str, default: str = "", *, required: bool = False, cure: str = "") -> str:
    """A text without the newline that secrets read from files carry."""
    value = env.str(name, default).strip()
    if required and not value:
        raise refuse(name, value, cure)
    return value


def phone(name: str, default: str = "", *, required: bool = False) -> str:
    cure = "Set it to the number that people in your country call, for example 911 or +44 20 7946 0000."
    value = text(name, default, required=required, cure=cure)
    if value and not re.fullmatch(r"\+?[0-9][0-9 ()-]{1,24}", value):
        raise refuse(name, value, cure)
    return value


def address(name: str, default: str) -> str:
    """A part of the site's own addresses, such as ``admin/``: never empty, never a whole URL."""
    value = text(name, default).strip("/")
    if not re.fullmatch(r"[\w-]+(/[\w-]+)*", value, re.ASCII):
        raise refuse(
            name, value, "Set it to a path of letters, digits and hyphens, such as admin/."
        )
    return f"{value}/"


def hosts(name: str, default: list[str], *, required: bool) -> list[str]:
    value = [host.strip() for host in env.list(name, default) if host.strip()]
    if required and not value:
        raise refuse(
            name, "", "Set it to the names the site answers to, for example back.example.org."
        )
    bad = [host for host in value if "://" in host or "/" in host or host == "*"]
    if bad:
        raise refuse(name, bad[0], "Give host names alone: no scheme, no path, no star.")
    return value


def database(name: str, data: Path) -> dict[str, Any]:
    """SQLite in ``data`` unless the variable holds a ``postgres://`` or ``sqlite://`` address."""
    url = text(name)
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": data / "backrelief.sqlite3"}
    if not url.startswith(("postgres://", "postgresql://", "sqlite://")):
        raise refuse(name, url.split("@")[-1], "Use postgres://user:password@host:5432/name.")
    return dict(dj_database_url.parse(url))


def generated_secret(path: Path) -> str:
    """The demo's key: made once, kept beside the demo's data."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()
