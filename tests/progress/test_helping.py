"""The section and the page "What seems to help"."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.calendar import session_day
from progress.helping import helping, mornings_of
from progress.models import DiaryEntry, ExerciseRecord, SessionRecord
from tests.factories.programs import give_program
from tests.support.pages import all_words, hrefs, one, parse, queries, words
from tests.support.reading import as_text, grade

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
HELPS, PROGRESS = reverse("progress:helps"), reverse("progress:progress")


def live(person, weeks):
    """Every second day a session; the mornings after the sessions with a Bridge hurt less."""
    today = session_day(person, timezone.now())
    version = give_program(person, today - dt.timedelta(weeks=weeks))
    entries = []
    for back in range(weeks * 7, 0, -1):
        day = today - dt.timedelta(days=back)
        bridge_before = (back + 1) % 4 == 0
        at = dt.datetime(day.year, day.month, day.day, 8, tzinfo=dt.UTC)
        pain = 2 if bridge_before else 6
        entries.append(DiaryEntry(patient=person, felt_at=at, day=day, pain=pain))
        if back % 2 == 0:
            at += dt.timedelta(hours=9)
            session = SessionRecord.objects.create(
                patient=person, version=version, day=day, started_at=at, finished_at=at,
                pain_before=5, pain_after=5, effort=3,
            )  # fmt: skip
            for order, slug in enumerate(("bird-dog", "bridge")):
                done = slug == "bird-dog" or back % 4 == 0
                ExerciseRecord.objects.create(
                    session=session, order=order, slug=slug, variant="standard",
                    sets_planned=1, sets_done=int(done), was_skipped=not done, done_at=at,
                )  # fmt: skip
    DiaryEntry.objects.bulk_create(entries)


def the_section(client):
    """The section as htmx puts it into the progress page; without a script a link leads there."""
    waiting = one(parse(client.get(PROGRESS)), "section#helps-card")
    assert waiting.get("hx-get") == HELPS
    assert HELPS in hrefs(waiting)
    headers = {"HX-Request": "true", "HX-Target": "helps-card"}
    fragment = client.get(HELPS, headers=headers)
    assert b"<html" not in fragment.content
    return one(parse(fragment.content.decode()), "section#helps-card:not([hx-get])")


def test_a_clear_difference_is_told_in_words_and_numbers(patient, client):
    live(patient, 16)
    told = {item.pattern.key: item for item in helping(patient)}
    assert told["bridge"].pattern.strength == "likely"
    assert told["bridge"].pattern.points == -4
    assert told["bird-dog"].pattern.strength == "few"
    assert told["bridge"].name == "Bridge"
    client.force_login(patient)
    section = the_section(client)
    assert "Bridge Likely Less pain the next morning: about 4 points" in words(section)
    assert "Your plan does not change" in words(section)
    assert HELPS in hrefs(section)


def test_without_days_the_section_says_what_is_missing(patient, client):
    client.force_login(patient)
    section = the_section(client)
    assert "Too few days" in words(section)


def test_only_the_persons_own_mornings_count(patient, stranger, client):
    live(stranger, 4)
    assert helping(patient)[0].pattern.strength == "few"
    assert mornings_of(patient, dt.date(2000, 1, 1)) == {}


def test_a_therapist_has_no_such_page(therapist, client):
    client.force_login(therapist)
    assert client.get(HELPS).status_code == 404


def test_queries_do_not_grow_with_days(patient, client):
    live(patient, 3)
    client.force_login(patient)
    with queries() as few:
        client.get(HELPS)
    SessionRecord.objects.all().delete()
    patient.programs.all().delete()
    live(patient, 12)
    with queries() as many:
        client.get(HELPS)
    assert len(many) == len(few) <= 8


def test_the_words_are_plain(patient, client):
    live(patient, 16)
    client.force_login(patient)
    main = parse(client.get(HELPS)).cssselect("main")[0]
    assert grade(as_text(all_words(main, "h1, h2, p, li"))) <= 6.5
