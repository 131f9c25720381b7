"""What the tests of a session share: its Monday, its exercises, and what its forms send."""

from datetime import date

from django.urls import reverse

from programs.models import Lock
from progress.models import SessionRecord

MONDAY = date(2026, 11, 23)
SLUGS = ["cobra", "bridge", "bird-dog", "side-plank"]


def url(name: str, session: SessionRecord) -> str:
    return reverse(f"progress:{name}", args=[session.token])


def step(client, session, slug, action, **extra):
    return client.post(url("session-step", session), {"exercise": slug, "action": action, **extra})


def hurts(client, session, **data):
    return client.post(url("session-hurts", session), data)


def lock(patient, level):
    Lock.objects.create(patient=patient, level=level, rule="RF1", text="Numb between the legs.")
