from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from progress.export.archive import ArchiveFault, check, restore


class Command(BaseCommand):
    help = "Puts a backup in the place of the database and pictures that are here. Stop the site first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="FILE")
        parser.add_argument("--check", action="store_true", help="only say whether it is whole")
        parser.add_argument("--yes", action="store_true", help="ask nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["path"])
        try:
            made = check(path)["made_at"]
            if options["check"]:
                self.stdout.write(f"{path}: a whole backup of {made}.")
                return
            if not options["yes"]:
                self._ask(made)
            restore(path)
        except ArchiveFault as error:
            raise CommandError(str(error)) from error
        # A backup of an older version gets what came since.
        call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write(f"Database and pictures are those of {made}.")

    def _ask(self, made: str) -> None:
        self.stdout.write(f"Everything here since {made} will be gone. Type yes to go on:")
        if input().strip().lower() != "yes":
            raise CommandError("Nothing was changed.")
