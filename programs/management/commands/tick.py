import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from programs.drafts import purge


class Command(BaseCommand):
    help = "Does what time alone brings about: deletes visitors' answers after seven days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, at this interval")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            purge(timezone.now())
            if not options["every"]:
                return
            time.sleep(options["every"])
