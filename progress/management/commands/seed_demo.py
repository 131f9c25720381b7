from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from backrelief.accounts.models import User
from progress import demo


class Command(BaseCommand):
    help = "Makes the demo clinic; a demo younger than a day, or one that was touched, is left."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo is made only under BACKRELIEF_ENV=demo.")
        mark = User.objects.filter(email=demo.MARK).first()
        if mark and not demo.is_stale(mark, timezone.now()):
            self.stdout.write("The demo clinic is there.")
            return
        with transaction.atomic():
            if mark:
                demo.unmake()
            demo.make(demo.today_there(timezone.now()))
        self.stdout.write("The demo clinic is made.")
