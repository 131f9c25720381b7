import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from progress.measure_files import LARGEST_BYTES, load
from progress.measuring import refresh_everybody


class Command(BaseCommand):
    help = "Puts a measure's items from a JSON file into its slot (RMDQ-24, PEG or a licensed one)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say it and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with Path(options["file"]).open("rb") as file:
                content = file.read(LARGEST_BYTES + 1)
        except OSError as error:
            self.stderr.write(f"{options['file']}: {error.strerror}")
            sys.exit(2)
        report = load(content, dry_run=options["dry_run"])
        if report.faults:
            self.stderr.write("\n".join(report.faults))
            sys.exit(2)
        if not options["dry_run"]:
            refresh_everybody()
        self.stdout.write("\n".join(report.lines))
