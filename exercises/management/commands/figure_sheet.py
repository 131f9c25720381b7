"""Writes one HTML page of every pose of the library, for review by eye."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exercises import drawn
from exercises.figures import lint
from exercises.figures.sheet import sheet_html

SHEETS = ("css/tokens.css", "css/base.css", "css/figures.css")


class Command(BaseCommand):
    help = "Writes one HTML page of every pose, and says what is wrong with any of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the page to write, such as sheet.html")
        parser.add_argument("--exercise", action="append", metavar="SLUG")
        parser.add_argument("--theme", choices=("light", "dark"), default="light")
        parser.add_argument("--thumbnails", action="store_true")

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
        )
        options["path"].write_text(html, encoding="utf-8")
        for item in shown:
            for message in lint(item):
                self.stderr.write(message)
        self.stdout.write(f"{options['path']}: {html.count('<figure')} poses")
