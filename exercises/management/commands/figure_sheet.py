"""Writes one HTML page of every pose of the library, for review by eye."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exercises import drawn
from exercises.figures import lint
from exercises.figures.sheet import sheet_html
from exercises.models import Step

SHEETS = ("css/tokens.css", "css/base.css", "css/figures.css")


class Command(BaseCommand):
    help = "Writes one HTML page of every pose, and says what is wrong with any of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the page to write, such as sheet.html")
        parser.add_argument("--exercise", action="append", metavar="SLUG")
        parser.add_argument("--theme", choices=("light", "dark"), default="light")
        parser.add_argument("--thumbnails", action="store_true")

    def words(self) -> dict[tuple[str, str, str], list[str]]:
        """The sentences that go with each pose, as a person reads them."""
        found: dict[tuple[str, str, str], list[str]] = {}
        for step in Step.objects.select_related("variant__exercise"):
            key = (step.variant.exercise.slug, step.variant.key, step.pose)
            side = f" ({step.side})" if step.side else ""
            found.setdefault(key, []).append(f"{step.order}. {step.text}{side}")
        return found

    def handle(self, *args: Any, **options: Any) -> None:
        links = [Path(str(finders.find(name))).as_uri() for name in SHEETS]
        wanted = options["exercise"]
        shown = [
            item for slug, item in sorted(drawn.library().items()) if slug in (wanted or [slug])
        ]
        if not shown:
            raise CommandError("No such exercise has poses; load the library first.")
        html = sheet_html(
            shown,
            links,
            thumb=options["thumbnails"],
            theme=options["theme"],
            words=self.words(),
        )
        options["path"].write_text(html, encoding="utf-8")
        for item in shown:
            for message in lint(item):
                self.stderr.write(message)
        self.stdout.write(f"{options['path']}: {html.count('<figure')} poses")
