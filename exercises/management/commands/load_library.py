import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from exercises import drawn
from exercises.figure_store import prune
from exercises.library import LARGEST_BYTES, files_in
from exercises.loading import load
from exercises.models import Exercise
from exercises.share import share_picture


class Command(BaseCommand):
    help = "Loads the exercise library from files or folders, all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--dry-run", action="store_true", help="say it and change nothing")
        parser.add_argument(
            "--replace", action="store_true", help="overwrite what was edited since"
        )
        parser.add_argument(
            "--warm", action="store_true", help="draw every figure now, so that no visit waits"
        )

    def files(self, paths: list[str]) -> list[tuple[str, bytes]]:
        """Name and content of every file; one that cannot be read ends the command."""
        found = []
        for path in files_in(paths):
            try:
                with path.open("rb") as file:
                    found.append((path.name, file.read(LARGEST_BYTES + 1)))
            except OSError as error:
                self.stderr.write(f"{path}: {error.strerror}")
                sys.exit(2)
        return found

    def handle(self, *args: Any, **options: Any) -> None:
        files = self.files(options["paths"])
        report = load(files, dry_run=options["dry_run"], replace=options["replace"])
        if report.faults:
            self.stderr.write("\n".join(report.faults))
            sys.exit(2)
        # A fresh library is too long to read line by line.
        if len(report.added) > 100 and not options["dry_run"]:
            report.added = [f"{len(report.added)} records"]
        self.stdout.write("\n".join(report.lines))
        if not options["dry_run"] and options["warm"]:
            drawn.warm()
            for exercise in Exercise.objects.filter(slug__in=drawn.drawn_exercises()):
                share_picture(exercise)
            prune()
