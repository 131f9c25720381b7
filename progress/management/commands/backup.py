from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from progress.export.archive import ArchiveFault, age_out, save


class Command(BaseCommand):
    help = "Saves the database and the pictures in one file, while the site runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", metavar="FILE-OR-FOLDER", nargs="?", default=str(settings.DATA_DIR / "backups")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        path = Path(options["path"])
        is_folder = path.is_dir() or not path.name.endswith(".tar.gz")
        target = path / f"backrelief-{now:%Y%m%dT%H%M%SZ}.tar.gz" if is_folder else path
        try:
            size = save(target, now)
        except (ArchiveFault, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{target}: {size:,} bytes, checked.")
        if is_folder:
            for old in age_out(path, now, settings.RETENTION_DAYS):
                self.stdout.write(
                    f"{old.name}: older than {settings.RETENTION_DAYS} days, deleted."
                )
