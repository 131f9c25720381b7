"""A finished test database, kept as a file, so that not every run has to build it anew (SQLite)."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
# Whatever shapes the tables or the records in them.
SOURCES = (
    "*/migrations/*.py",
    "backrelief/accounts/migrations/*.py",
    "*/models.py",
    "*/models/*.py",
)
MORE = ("backrelief/accounts/models.py", "fixtures/*.json", "exercises/**/*.json")
LOCKS = ("requirements-dev.txt", "tests/conftest.py", "tests/support/snapshot.py")


def snapshot_file() -> Path:
    """Where the database of exactly these sources is kept; it need not exist."""
    digest = hashlib.sha256()
    for pattern in (*SOURCES, *MORE, *LOCKS):
        for path in sorted(ROOT.glob(pattern)):
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    folder = Path(tempfile.gettempdir()) / f"backrelief-tests-{os.getuid()}"
    return folder / f"{digest.hexdigest()[:24]}.sqlite3"


def keep(path: Path) -> None:
    """Copies the open database into ``path``, in one piece even where two do it at once."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    connection.ensure_connection()
    with sqlite3.connect(part) as copy:
        connection.connection.backup(copy)
    copy.close()
    part.replace(path)


def restore(path: Path) -> None:
    """Puts the kept database in place of the open one."""
    connection.ensure_connection()
    kept = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    kept.backup(connection.connection)
    kept.close()
