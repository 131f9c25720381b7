"""What a device posts of a session, and what became of it."""

import json
import uuid
from datetime import UTC, datetime, timedelta

from progress.models import SessionRecord
from tests.support.session import SLUGS

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOKEN = uuid.UUID("11111111-1111-4111-8111-111111111111")
OTHER = uuid.UUID("22222222-2222-4222-8222-222222222222")


def event(kind: str, minute: int = 0, **content) -> dict:
    at = (NOON - timedelta(hours=3) + timedelta(minutes=minute)).isoformat()
    return {"id": str(uuid.uuid4()), "at": at, "kind": kind, **content}


def whole_session(pain_after: int = 3) -> list[dict]:
    return [
        event("begin", 0, pain_before=2),
        *(event("done", n + 1, slug=slug) for n, slug in enumerate(SLUGS)),
        event("finish", 9, pain_after=pain_after, effort=4, note="Steadier."),
    ]


def post(client, version, events, *, token=TOKEN, day="2026-11-23", digest=""):
    content = {"version": digest or version.digest, "day": day, "events": events}
    return client.post(
        f"/session/{token}/events/", json.dumps(content), content_type="application/json"
    )


def record() -> SessionRecord:
    return SessionRecord.objects.get()


def done(session: SessionRecord) -> dict[str, tuple[int, bool]]:
    return {e.slug: (e.sets_done, e.was_skipped) for e in session.exercises.all()}
