"""Backup and restore of the whole installation, in an installation of its own."""

import json
import os
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest
from django.utils import timezone

from progress.export import archive as module
from progress.export.archive import ArchiveFault, age_out, check
from tests.conftest import ROOT

pytestmark = pytest.mark.sqlite_only


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An SQLite installation with two accounts and a picture, made once."""
    folder = tmp_path_factory.mktemp("installation")
    run(folder, "migrate", "-v0")
    python(folder, "User.objects.create_user('one@example.org', 'stones-on-a-path')")
    (folder / "media" / "deep").mkdir(parents=True)
    (folder / "media" / "deep" / "picture.webp").write_bytes(b"picture")
    return folder


def environment(folder):
    clean = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "MEDIA_ROOT")}
    settings = {"DJANGO_SETTINGS_MODULE": "backrelief.settings", "BACKRELIEF_ENV": "demo"}
    return {**clean, **settings, "BACKRELIEF_DATA": str(folder)}


def run(folder, *arguments, code=0, **more):
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=environment(folder) | more, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def python(folder, code):
    head = "from backrelief.accounts.models import User\n"
    return run(folder, "shell", "-v0", "-c", head + code).strip()


def people(folder):
    return python(folder, "print(*User.objects.values_list('email', flat=True))")


def test_a_backup_brings_everything_back_even_into_a_fresh_place(place, tmp_path):
    archive = tmp_path / "whole.tar.gz"
    assert "checked" in run(place, "backup", str(archive))
    assert oct(archive.stat().st_mode & 0o777) == "0o600"
    python(place, "User.objects.create_user('two@example.org', 'stones-on-a-path')")
    (place / "media" / "deep" / "picture.webp").write_bytes(b"other")
    (place / "media" / "new.webp").write_bytes(b"new")
    assert "Database and pictures" in run(place, "restore", str(archive), "--yes")
    assert people(place) == "one@example.org"
    assert (place / "media" / "deep" / "picture.webp").read_bytes() == b"picture"
    assert not (place / "media" / "new.webp").exists()
    fresh = tmp_path / "fresh"
    run(fresh, "restore", str(archive), "--yes")
    assert people(fresh) == "one@example.org"
    assert (fresh / "media" / "deep" / "picture.webp").read_bytes() == b"picture"


@pytest.fixture(scope="module")
def archive(place, tmp_path_factory):
    path = tmp_path_factory.mktemp("archive") / "whole.tar.gz"
    run(place, "backup", str(path))
    return path


def test_a_damaged_backup_is_refused_and_nothing_is_changed(place, archive, tmp_path):
    content = archive.read_bytes()
    damaged = tmp_path / "damaged.tar.gz"
    for spoiled in (content[: len(content) // 2], b"", b"no archive"):
        damaged.write_bytes(spoiled)
        with pytest.raises(ArchiveFault):
            check(damaged)
    assert "no whole backup" in run(place, "restore", str(damaged), "--yes", code=1)
    assert people(place) == "one@example.org"


def test_a_part_that_was_changed_or_added_is_named(archive, tmp_path):
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path / "parts", filter="data")
    (tmp_path / "parts" / "media" / "deep" / "picture.webp").write_bytes(b"forged")
    names = json.loads((tmp_path / "parts" / "manifest.json").read_text())["parts"]
    packed = pack(tmp_path, names)
    with pytest.raises(ArchiveFault, match=r"picture\.webp was changed"):
        check(packed)
    (tmp_path / "parts" / "media" / "deep" / "picture.webp").write_bytes(b"picture")
    (tmp_path / "parts" / "more").write_bytes(b"x")
    with pytest.raises(ArchiveFault, match="more does not belong"):
        check(pack(tmp_path, [*names, "more"]))


def pack(folder, names) -> Path:
    path = folder / "again.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for name in ["manifest.json", *names]:
            tar.add(folder / "parts" / name, arcname=name)
    return path


def test_a_backup_of_another_kind_of_database_is_refused(place, archive, tmp_path):
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path / "parts", filter="data")
    path = tmp_path / "parts" / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({**manifest, "vendor": "postgresql"}))
    other = pack(tmp_path, manifest["parts"])
    assert "DATABASE_URL names sqlite" in run(place, "restore", str(other), "--yes", code=1)


def test_postgresql_without_its_tools_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(module.shutil, "which", lambda tool: None)
    with pytest.raises(ArchiveFault, match=r"pg_dump is not installed.*postgresql-client"):
        module._run("pg_dump")


def test_old_backups_of_a_folder_age_out(tmp_path):
    for name, days in (("backrelief-old", 31), ("backrelief-new", 29), ("mine", 99)):
        path = tmp_path / f"{name}.tar.gz"
        path.write_bytes(b"")
        at = time.time() - days * 86400
        os.utime(path, (at, at))
    gone = age_out(tmp_path, timezone.now(), 30)
    assert [path.name for path in gone] == ["backrelief-old.tar.gz"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["backrelief-new.tar.gz", "mine.tar.gz"]
