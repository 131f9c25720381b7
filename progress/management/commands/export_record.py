import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backrelief.accounts.models import User
from progress.export.formats import FORMATS
from progress.export.record import record_of


class Command(BaseCommand):
    help = "Writes a person's whole record to standard output. The same record is the same bytes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--format", choices=sorted(FORMATS), default="json")
        parser.add_argument("--output", metavar="FILE", help="write here instead")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email=options["email"].lower()).first()
        if person is None:
            raise CommandError(f"There is no account with the address {options['email']}.")
        content = FORMATS[options["format"]].write(record_of(person))
        if options["output"]:
            with open(options["output"], "wb") as file:
                file.write(content)
            return
        out: Any = getattr(self.stdout, "_out", sys.stdout)
        getattr(out, "buffer", out).write(content)
