"""The report for a visit: what is chosen, and nothing else."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.calendar import session_day
from progress.models import Alert, DiaryEntry, Goal, MeasureResult
from tests.factories.programs import give_program
from tests.support.pages import all_words, hrefs, one, parse, queries, words
from tests.support.reading import as_text, grade

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
REPORT = reverse("progress:report")


def fill(person, times=1):
    today = session_day(person, timezone.now())
    now = timezone.now()
    DiaryEntry.objects.bulk_create(
        DiaryEntry(
            patient=person, felt_at=now - dt.timedelta(days=n), day=today - dt.timedelta(days=n),
            pain=4, note=f"a private word {n}", sleep="poor", mood="low",
        )
        for n in range(times)
    )  # fmt: skip
    for n in range(times):
        Goal.objects.create(patient=person, words=f"lift my grandchild {n}", set_on=today)
        Alert.objects.create(
            patient=person, rule=f"E{n}", priority="P3", therapist_text="Pain is up",
            patient_text="Speak to your therapist this week.",
        )  # fmt: skip
        MeasureResult.objects.create(
            patient=person, name="psfs", score=4, day=today,
            items=[{"key": "1", "words": "gardening", "value": 4}],
        )  # fmt: skip


@pytest.fixture
def lived(patient, client):
    give_program(patient, session_day(patient, timezone.now()) - dt.timedelta(days=30))
    fill(patient)
    client.force_login(patient)
    return patient


def paper(client, query=""):
    return one(parse(client.get(f"{REPORT}{query}")), "article.report__page")


def test_what_is_private_is_left_out_unless_it_is_ticked(lived, client):
    text = words(paper(client))
    for shown in ("lift my grandchild 0", "Speak to your therapist", "Bridge", "What I can do"):
        assert shown in text
    assert "a private word" not in text
    assert "Sleep and mood" not in text
    text = words(paper(client, "?chosen=1&show=notes&show=sleep"))
    assert "a private word 0" in text
    assert "Badly 1×" in text


@pytest.mark.parametrize("part", ["function", "program", "goals", "alerts", "sleep", "notes"])
def test_each_part_comes_only_when_it_is_chosen(lived, client, part):
    heads = all_words(paper(client, f"?chosen=1&show={part}"), "h3")
    assert len(heads) == 1
    assert words(paper(client, "?chosen=1")).count("Nothing is chosen") == 1


def test_the_pain_chart_and_the_period_are_those_of_the_range(lived, client):
    page = paper(client, "?range=4w&chosen=1&show=pain")
    today = session_day(lived, timezone.now())
    assert f"{today:%Y}" in words(page.cssselect(".report__head p")[0])
    assert page.cssselect("svg.chart")
    assert not paper(client, "?chosen=1&show=goals").cssselect("svg.chart--wide")


def test_nobody_elses_record_is_in_it(lived, stranger, client):
    give_program(stranger, session_day(stranger, timezone.now()))
    fill(stranger)
    Goal.objects.owned_by(stranger).update(words="only mine: sam")
    page = client.get(f"{REPORT}?chosen=1&show=goals&show=notes&show=alerts")
    assert b"only mine: sam" not in page.content


def test_a_therapist_and_a_visitor_have_no_report(therapist, client):
    assert client.get(REPORT).status_code == 302
    client.force_login(therapist)
    assert client.get(REPORT).status_code == 404


def test_what_nobody_knows_is_ignored(lived, client):
    assert client.get(f"{REPORT}?range=ever&chosen=1&show=secrets&show=goals").status_code == 200


def test_the_form_keeps_what_was_chosen(lived, client):
    page = parse(client.get(f"{REPORT}?range=1y&chosen=1&show=goals&show=notes"))
    ticked = [box.get("value") for box in page.cssselect("input[name=show][checked]")]
    assert ticked == ["goals", "notes"]
    assert one(page, "select[name=range] option[selected]").get("value") == "1y"


def test_queries_do_not_grow_with_the_record(lived, client):
    client.get(REPORT)
    with queries() as few:
        client.get(REPORT)
    Alert.objects.all().delete()
    fill(lived, 12)
    with queries() as many:
        page = client.get(REPORT)
    assert page.status_code == 200
    assert len(many) == len(few)
    assert len(few) <= 13, [q["sql"][:90] for q in few]


def test_progress_leads_to_the_report_and_its_words_are_plain(lived, client):
    assert REPORT in hrefs(parse(client.get(reverse("progress:progress"))))
    main = parse(client.get(f"{REPORT}?chosen=1&show=goals&show=program")).cssselect("main")[0]
    texts = all_words(main, "h1, h2, h3, p, legend, label")
    assert grade(as_text(texts)) <= 6.5
