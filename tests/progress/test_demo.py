"""The demo clinic: who is there, that its people live up to yesterday, and when it is made anew."""

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
import time_machine
from django.core.management import CommandError, call_command
from fhir.resources.R4B.bundle import Bundle

from backrelief.accounts.access import patients_visible_to
from backrelief.accounts.models import User
from programs.standing import standing_of
from progress import demo
from progress.export.fhir import as_bundle
from progress.export.reading import new_account, record_from
from progress.export.record import as_json, record_of
from progress.models import DiaryEntry, SessionRecord, WeekSummary

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
PEOPLE = {
    "new@example.org": "patient",
    "pat@example.org": "patient",
    "sam@example.org": "patient",
    "tess@example.org": "therapist",
    "omar@example.org": "therapist",
    "clinic@example.org": "staff",
    "admin@example.org": "staff",
}


@pytest.fixture
def small(monkeypatch, settings):
    """Two of the caseload and the last days of each are enough here."""
    settings.DEMO = True
    monkeypatch.setattr(demo, "CASELOAD", demo.CASELOAD[:2])
    stories = demo.stories
    monkeypatch.setattr(demo, "stories", lambda: islice(stories(), 2))
    live = demo.live

    def shorter(user, first, today, *args, **kwargs):
        live(user, max(first, today - timedelta(days=9)), today, *args, **kwargs)

    monkeypatch.setattr(demo, "live", shorter)
    with time_machine.travel(NOW, tick=False):
        yield


def test_its_people_are_those_of_the_readme_and_live_up_to_yesterday(small, capsys):
    call_command("seed_demo")
    roles = dict(User.objects.filter(email__in=PEOPLE).values_list("email", "role"))
    assert roles == PEOPLE
    who = {user.email.partition("@")[0]: user for user in User.objects.all()}
    assert all(who[name].check_password("backrelief-demo") for name in ("new", "admin"))
    assert who["admin"].is_superuser
    assert not who["new"].programs.exists()
    assert who["pat"] in patients_visible_to(who["tess"])
    assert [user.email for user in patients_visible_to(who["omar"])] == ["sam@example.org"]
    begun = who["pat"].programs.get().started_on
    assert (NOW.date() - begun).days // 7 + 1 == 9
    days = DiaryEntry.objects.owned_by(who["pat"]).values_list("day", flat=True)
    assert NOW.date() - timedelta(days=5) <= max(days) < NOW.date()
    assert not DiaryEntry.objects.filter(felt_at__gt=NOW).exists()
    assert not SessionRecord.objects.filter(finished_at__gt=NOW).exists()
    worked = list(WeekSummary.objects.exclude(sessions=0))
    assert worked
    assert all(week.seconds == week.sessions * 14 * 60 for week in worked)
    kept = User.objects.count()
    call_command("seed_demo")
    assert "The demo clinic is there." in capsys.readouterr().out
    assert User.objects.count() == kept
    check_that_records_travel()


def check_that_records_travel() -> None:
    """Each record validates as FHIR R4B, and comes back byte for byte when its people are gone."""
    records = [record_of(user) for user in User.objects.filter(role="patient")]
    for record in records:
        Bundle.model_validate(as_bundle(record))
    files = [as_json(record) for record in records]
    demo.unmake()
    assert not SessionRecord.objects.exists()
    assert [as_json(record_of(new_account(record_from(content)))) for content in files] == files


def test_it_is_made_anew_after_a_day_unless_somebody_used_it(small):
    mark = demo.person(demo.MARK, "Nina")
    assert not demo.is_stale(mark, NOW + timedelta(hours=23))
    assert demo.is_stale(mark, NOW + timedelta(hours=25))
    User.objects.update(last_login=NOW + timedelta(hours=1))
    assert not demo.is_stale(mark, NOW + timedelta(hours=25))


def test_production_has_no_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="only under BACKRELIEF_ENV=demo"):
        call_command("seed_demo")


@pytest.mark.parametrize("weekday", range(7))
def test_on_whichever_day_it_is_made_pat_and_sam_are_in_the_middle_of_it(monkeypatch, weekday):
    monkeypatch.setattr(demo, "CASELOAD", ())
    monkeypatch.setattr(demo, "stories", lambda: iter(()))
    today = NOW + timedelta(days=weekday)
    with time_machine.travel(today, tick=False):
        demo.make(today.date())
        for name in ("pat", "sam"):
            person = User.objects.get(email=f"{name}@example.org")
            recent = SessionRecord.objects.owned_by(person).finished()
            assert standing_of(person).state == "running"
            assert recent.filter(day__gte=today.date() - timedelta(days=7)).exists()


def test_whoever_began_more_than_four_weeks_ago_has_lived_since(monkeypatch):
    monkeypatch.setattr(demo, "CASELOAD", ("Leo Mason", "Mia Nolan", "Noah Owens"))
    monkeypatch.setattr(demo, "stories", lambda: iter([{}, {}, {}]))
    with time_machine.travel(NOW, tick=False):
        demo.make(NOW.date())
    lived = User.objects.filter(email__in=[f"{n}@example.org" for n in ("leo", "mia", "noah")])
    longest = max((NOW.date() - person.programs.get().started_on).days for person in lived)
    assert longest > 28
    assert all(person.diary_entries.exists() for person in lived)
