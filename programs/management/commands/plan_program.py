import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from programs.engine import (
    Fault,
    IntakeFaults,
    canonical,
    load_json,
    make_plan,
    plan_as_json,
    read_intake,
)
from programs.stock import library_now


class Command(BaseCommand):
    help = "Prints the plan for a file of answers. Reads the library and writes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", metavar="INTAKE.json")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            intake = read_intake(load_json(_content(options["path"])))
        except IntakeFaults as error:
            self.stderr.write("\n".join(map(str, error.faults)))
            sys.exit(2)
        self.stdout.write(canonical(plan_as_json(make_plan(intake, library_now()))))


def _content(path: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise IntakeFaults([Fault("file", f"{path}: {error.strerror}")]) from error
