import sys
from typing import Any

from django.core.management.base import CommandParser

from exercises.management.commands import load_library
from programs.impact import impact_of


class Command(load_library.Command):
    help = "Loads the exercise library; --impact says which running programs it would change."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--impact",
            action="store_true",
            help="say which running programs would change, and change nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["impact"]:
            super().handle(*args, **options)
            return
        super().handle(*args, **{**options, "dry_run": True})
        found = impact_of(self.files(options["paths"]), replace=options["replace"])
        if found is None:
            sys.exit(2)
        self.stdout.write("\n".join(found.lines))
