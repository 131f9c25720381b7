import sys
from typing import Any

from django.core.management.base import BaseCommand

from exercises.checking import faults
from exercises.comparing import differences, unwritten
from exercises.models import Exercise, Variant


class Command(BaseCommand):
    help = "Looks for gaps, doses out of bounds and loosened precautions in the library."

    def handle(self, *args: Any, **options: Any) -> None:
        for line in differences():
            self.stdout.write(f"differs from the last load: {line}")
        for line in unwritten():
            self.stdout.write(f"differs from its history: {line}")
        found = faults()
        if found:
            self.stderr.write("\n".join(found))
            sys.exit(2)
        count = f"{Exercise.objects.count()} exercises, {Variant.objects.count()} variants"
        self.stdout.write(f"{count}: no faults")
