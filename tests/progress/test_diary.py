"""The diary: quick, several a day, changeable with its trail, and never without the short check."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from programs.standing import standing_of
from progress.diary import log_pain
from progress.models import DiaryEntry, DiaryRevision
from tests.support.pages import all_words, one, parse, queries, words

pytestmark = pytest.mark.django_db
NONE_NEW = {"signs": "none"}


@pytest.fixture
def me(client, patient):
    patient.time_zone = "America/New_York"
    patient.save()
    client.force_login(patient)
    return patient


def entries() -> list[tuple[int, str]]:
    return list(DiaryEntry.objects.alive().order_by("felt_at").values_list("pain", "note"))


def test_a_number_and_one_tap_are_an_entry(client, me):
    response = client.post("/diary/new/", {"pain": "3", **NONE_NEW})
    assert response.headers["Location"] == "/diary/"
    assert entries() == [(3, "")]


def test_an_entry_takes_at_most_four_taps(client, me):
    """Stone, none is new, save: three, from the page with the form. All else is folded away."""
    page = parse(client.get("/diary/new/"))
    open_fields = page.xpath("//main//form//*[@name and not(ancestor::details)]/@name")
    assert set(open_fields) == {"csrfmiddlewaretoken", "token", "pain", "signs"}
    assert not page.cssselect("main form [checked]:not([value='']), main form details[open]")


def test_the_common_entry_takes_two_taps_from_todays_page(client, me):
    """Stone, and a button that says that none is new and saves; each is all that is sent."""
    page = parse(client.get("/today/"))
    form = one(page, "section[aria-labelledby=check-in] form")
    assert {button.get("value") for button in form.cssselect("button")} == {"none", "fall", "new"}
    assert form.xpath(".//input[not(@type='hidden')]/@name") == ["pain"] * 11
    data = {field.get("name"): field.get("value") for field in form.cssselect("[type=hidden]")}
    answer = client.post(form.get("action"), data | {"pain": "3", "signs": "none"})
    assert answer.headers["Location"] == "/today/"
    assert entries() == [(3, "")]


def test_without_the_short_check_nothing_is_saved_and_nothing_is_lost(client, me):
    response = client.post("/diary/new/", {"pain": "6", "note": "after the garden"})
    page = parse(response)
    assert response.status_code == 422
    assert entries() == []
    assert words(page.cssselect("[name=note]")[0]) == "after the garden"
    assert page.cssselect("[name=pain][value='6']")[0].get("checked") is not None


def test_something_new_saves_the_entry_and_leads_to_the_full_check(client, me):
    response = client.post("/diary/new/", {"pain": "4", "signs": "new", "note": "my foot slaps"})
    assert response.headers["Location"] == "/check/"
    assert entries() == [(4, "my foot slaps")]
    assert standing_of(me).state == "recheck"


def test_the_same_form_sent_twice_is_one_entry(client, me):
    data = {"pain": "3", "token": str(uuid.uuid4()), **NONE_NEW}
    for _ in range(2):
        client.post("/diary/new/", data)
    assert entries() == [(3, "")]


def test_somebody_elses_token_gives_nothing_away(client, me, stranger):
    token = uuid.uuid4()
    log_pain(stranger, token, 9, timezone.now())
    taken = client.post("/diary/new/", {"pain": "3", "token": str(token), **NONE_NEW})
    assert taken.status_code == 404
    assert DiaryEntry.objects.owned_by(me).count() == 0


def test_several_a_day_and_back_dated(client, me):
    with time_machine.travel(datetime(2026, 11, 24, 15, tzinfo=UTC), tick=False):
        for when, pain in (
            ("2026-11-24T07:00", "5"),
            ("2026-11-24T09:30", "3"),
            ("2026-11-20T20:00", "2"),
        ):
            client.post("/diary/new/", {"pain": pain, "when": when, **NONE_NEW})
    found = DiaryEntry.objects.order_by("felt_at").values_list("day", "pain")
    assert list(found) == [
        (date(2026, 11, 20), 2),
        (date(2026, 11, 24), 5),
        (date(2026, 11, 24), 3),
    ]


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ("2031-01-01T10:00", "This is in the future. Choose now or an earlier time."),
        ("yesterday", "Type day and time, such as 2026-11-24 08:30."),
        ("1900-01-01T10:00", "This is too long ago. Check the year."),
    ],
)
def test_a_wrong_time_is_named_with_its_cure(client, me, when, message):
    response = client.post("/diary/new/", {"pain": "3", "when": when, "note": "n", **NONE_NEW})
    assert response.status_code == 422
    assert all_words(parse(response), ".error-summary li") == [f"When? {message}"]


@pytest.mark.parametrize(
    ("felt", "day"),
    [
        # Midnight in New York, the change to winter time, and a leap day.
        (datetime(2026, 11, 25, 4, 59, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 25, 5, 0, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2024, 3, 1, 2, 0, tzinfo=UTC), date(2024, 2, 29)),
    ],
)
def test_an_entry_belongs_to_the_persons_own_day(me, felt, day):
    assert log_pain(me, uuid.uuid4(), 3, felt).day == day


def test_a_change_keeps_what_was_said_before(client, me):
    entry = log_pain(me, uuid.uuid4(), 7, timezone.now() - timedelta(hours=1), note="bad")
    response = client.post(f"/diary/{entry.pk}/", {"pain": "5", "note": "not so bad"})
    assert response.headers["Location"] == "/diary/"
    assert list(DiaryRevision.objects.values_list("pain", "note")) == [(7, "bad")]
    page = parse(client.get(f"/diary/{entry.pk}/"))
    assert "Pain 7" in words(page.cssselect(".timeline")[0])


def test_a_change_without_a_difference_leaves_no_trail(client, me):
    felt = timezone.now().replace(second=0, microsecond=0) - timedelta(hours=1)
    entry = log_pain(me, uuid.uuid4(), 7, felt)
    local = felt.astimezone(__import__("zoneinfo").ZoneInfo("America/New_York"))
    client.post(f"/diary/{entry.pk}/", {"pain": "7", "note": "", "when": f"{local:%Y-%m-%dT%H:%M}"})
    assert DiaryRevision.objects.count() == 0


def test_a_deleted_entry_is_in_no_list_and_asked_for_first(client, me):
    entry = log_pain(me, uuid.uuid4(), 7, timezone.now(), note="gone soon")
    assert "Delete this entry?" in words(parse(client.get(f"/diary/{entry.pk}/delete/")))
    assert entries() == [(7, "gone soon")]
    client.post(f"/diary/{entry.pk}/delete/")
    assert "gone soon" not in client.get("/diary/").content.decode()
    assert (entries(), DiaryRevision.objects.count()) == ([], 1)
    assert client.get(f"/diary/{entry.pk}/").status_code == 404


def test_a_stranger_gets_404(client, me, stranger):
    entry = log_pain(stranger, uuid.uuid4(), 7, timezone.now(), note="private words")
    for path in (f"/diary/{entry.pk}/", f"/diary/{entry.pk}/delete/"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"pain": "1"}).status_code == 404
    assert "private words" not in client.get("/diary/").content.decode()
    entry.refresh_from_db()
    assert (entry.pain, entry.deleted_at) == (7, None)


def test_a_month_costs_the_same_with_one_entry_and_with_many(client, me):
    log_pain(me, uuid.uuid4(), 3, timezone.now())
    with queries() as one:
        client.get("/diary/")
    for hour in range(60):
        log_pain(me, uuid.uuid4(), hour % 11, timezone.now() - timedelta(minutes=hour))
    with queries() as many:
        client.get("/diary/")
    assert len(one) == len(many) <= 12


def test_the_database_refuses_a_number_off_the_scale(me):
    with pytest.raises(IntegrityError), transaction.atomic():
        DiaryEntry.objects.create(patient=me, felt_at=timezone.now(), day=date.today(), pain=11)
