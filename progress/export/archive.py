"""One file with the whole installation: the database as it is at one moment, and the pictures.

SQLite is copied by its online backup, while people go on working; PostgreSQL by its own tools. The
file holds a manifest with a fingerprint of each part, and nothing is put back that does not fit it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

DATABASE, MANIFEST, MEDIA = "database", "manifest.json", "media"
TOOL_HINT = "Install PostgreSQL's client tools: on Debian apt-get install postgresql-client."


class ArchiveFault(Exception):
    """Why there is no backup, or why it is not put back: one sentence."""


def save(target: Path, now: datetime) -> int:
    """Writes the archive to ``target``, whole or not at all; says how many bytes it has."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        database = Path(folder) / DATABASE
        _dump(database)
        parts = {DATABASE: database, **_pictures()}
        manifest = {
            "vendor": connection.vendor,
            "made_at": now.isoformat(timespec="seconds"),
            "migrations": _migrations(),
            "parts": {name: _fingerprint(path) for name, path in parts.items()},
        }
        whole = Path(folder) / "whole"
        _pack(whole, manifest, parts)
        check(whole)
        whole.chmod(0o600)
        os.replace(whole, target)
    return target.stat().st_size


def check(archive: Path) -> dict[str, Any]:
    """The manifest of a whole archive; raises ``ArchiveFault`` where a part is missing or changed."""
    try:
        with tarfile.open(archive) as tar:
            names = tar.getnames()
            manifest = json.loads(_content(tar, MANIFEST).read())
            for name, fingerprint in manifest["parts"].items():
                if _hash(_content(tar, name)) != fingerprint:
                    raise ArchiveFault(f"{archive}: {name} was changed or is damaged.")
            extra = set(names) - {MANIFEST, *manifest["parts"]}
    except (OSError, tarfile.TarError, KeyError, ValueError, EOFError) as error:
        raise ArchiveFault(f"{archive}: this is no whole backup ({error}).") from error
    if extra:
        raise ArchiveFault(f"{archive}: {sorted(extra)[0]} does not belong to it.")
    return dict(manifest)


def restore(archive: Path) -> dict[str, Any]:
    """Puts database and pictures of the archive in the place of those that are here."""
    manifest = check(archive)
    if manifest["vendor"] != connection.vendor:
        raise ArchiveFault(
            f"The backup is of {manifest['vendor']}, and DATABASE_URL names {connection.vendor}."
        )
    media = Path(settings.MEDIA_ROOT)
    media.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=media.parent) as folder:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        _load(Path(folder) / DATABASE)
        _swap_pictures(Path(folder) / MEDIA, media)
    return manifest


def age_out(folder: Path, now: datetime, days: int) -> list[Path]:
    """Deletes the backups of a folder that are older than so many days; says which."""
    oldest = (now - timedelta(days=days)).timestamp()
    old = [
        path for path in sorted(folder.glob("backrelief-*.tar.gz")) if path.stat().st_mtime < oldest
    ]
    for path in old:
        path.unlink()
    return old


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        _dump_sqlite(target)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def _dump_sqlite(target: Path) -> None:
    """SQLite's online backup: one moment of the database, while others write."""
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        _assert_sound(copy)


def _assert_sound(database: sqlite3.Connection) -> None:
    found = database.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok" or database.execute("PRAGMA foreign_key_check").fetchone():
        raise ArchiveFault(f"The database is not sound: {found}. Nothing was changed.")


def _load(source: Path) -> None:
    if connection.vendor == "sqlite":
        _load_sqlite(source)
    else:
        connections.close_all()
        _run(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            str(source),
        )


def _load_sqlite(source: Path) -> None:
    """Checked first, then copied page by page into the database that is open."""
    with closing(sqlite3.connect(source)) as copy:
        _assert_sound(copy)
        connection.ensure_connection()
        copy.backup(connection.connection)
    _assert_sound(connection.connection)


def _run(tool: str, *arguments: str) -> None:
    """One of PostgreSQL's tools on the database of the settings; the password is in no argument."""
    path = shutil.which(tool)
    if path is None:
        raise ArchiveFault(f"{tool} is not installed. {TOOL_HINT}")
    database = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {key: str(database[name]) for key, name in names.items() if database.get(name)}
    done = subprocess.run(  # noqa: S603 - the tool's own path and our own arguments
        [path, f"--dbname={database['NAME']}", *arguments],
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ArchiveFault(f"{tool} failed: {done.stderr.strip().splitlines()[-1]}")


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def _pictures() -> dict[str, Path]:
    """Every uploaded file by its name in the archive."""
    root = Path(settings.MEDIA_ROOT)
    files = sorted(path for path in root.rglob("*") if path.is_file()) if root.is_dir() else []
    return {f"{MEDIA}/{path.relative_to(root).as_posix()}": path for path in files}


def _swap_pictures(fresh: Path, media: Path) -> None:
    fresh.mkdir(exist_ok=True)
    if media.exists():
        shutil.rmtree(media)
    shutil.move(fresh, media)


def _pack(target: Path, manifest: dict[str, Any], parts: dict[str, Path]) -> None:
    listing = target.with_name(MANIFEST)
    listing.write_text(json.dumps(manifest, indent=1, sort_keys=True))
    with tarfile.open(target, "w:gz", compresslevel=6) as tar:
        for name, path in {MANIFEST: listing, **parts}.items():
            tar.add(path, arcname=name, recursive=False)


def _content(tar: tarfile.TarFile, name: str) -> Any:
    content = tar.extractfile(name)
    if content is None:
        raise ArchiveFault(f"{name} is no file.")
    return content


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return _hash(file)


def _hash(file: Any) -> str:
    digest = hashlib.sha256()
    while piece := file.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()
