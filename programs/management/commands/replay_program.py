import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from programs.models import Program
from programs.replaying import replay_program


class Command(BaseCommand):
    help = "Makes every version of a program again from what is stored, and compares byte for byte."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", type=int, metavar="ID", help="the number of the program")

    def handle(self, *args: Any, **options: Any) -> None:
        program = Program.objects.filter(pk=options["id"]).first()
        if program is None:
            self.stderr.write(f"id: there is no program {options['id']}")
            sys.exit(2)
        found = replay_program(program)
        told = f"{found.versions} versions and {found.events} events of program {program.pk}"
        if found.difference:
            self.stderr.write(f"{told} are the same; then {found.difference}")
            sys.exit(1)
        self.stdout.write(f"{told}: the same, byte for byte.")
