from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from progress.export.reading import RecordFault, new_account, record_from


class Command(BaseCommand):
    help = "Makes an account from a record that export_record wrote as JSON. All or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="FILE")
        parser.add_argument("--email", default="", help="the account's address, if another")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = Path(options["path"]).read_bytes()
            person = new_account(record_from(content), options["email"])
        except OSError as error:
            raise CommandError(f"{options['path']}: {error.strerror}") from error
        except RecordFault as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{person.email} has an account now. A password is set by mail: Forgot it?"
        )
