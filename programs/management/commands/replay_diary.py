import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from programs.engine import EventFaults, Fault, IntakeFaults, canonical, load_json, replay_diary
from programs.planning import library_now


class Command(BaseCommand):
    help = "Prints what a file of answers and diary events leads to. Writes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", metavar="CASE.json")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = replay_diary(load_json(_content(options["path"])), library_now())
        except (IntakeFaults, EventFaults) as error:
            self.stderr.write("\n".join(map(str, error.faults)))
            sys.exit(2)
        self.stdout.write(canonical(told))


def _content(path: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise IntakeFaults([Fault("file", f"{path}: {error.strerror}")]) from error
