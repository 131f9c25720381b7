import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from programs.drafts import purge
from progress.export.erasing import erase_due
from progress.passing import tick_programs


class Command(BaseCommand):
    help = (
        "Does what time alone brings about: programs move on, visitors' answers go after seven "
        "days, records whose deletion was asked for after fourteen."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, at this interval")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            now = timezone.now()
            purge(now)
            erase_due(now)
            tick_programs(now)
            if not options["every"]:
                return
            time.sleep(options["every"])
