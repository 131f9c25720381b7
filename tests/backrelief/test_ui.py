"""The few tags and filters that every template may use."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.template import Context, Template
from django.utils import timezone

from backrelief.templatetags.ui import day, device, duration, phone_link
from tests.support.pages import all_words, parse, words


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (45, "45 seconds"),
        (60, "1 minute"),
        (90, "1 minute 30 seconds"),
        (720, "12 minutes"),
        (29.6, "30 seconds"),
        (None, "0 seconds"),
    ],
)
def test_a_length_of_time_is_said_in_words(seconds, said):
    assert duration(seconds) == said


@time_machine.travel("2026-09-17T12:00:00Z", tick=False)
@pytest.mark.parametrize(
    ("date", "said"),
    [
        (datetime.date(2026, 9, 17), "Thu, Sep 17"),
        (datetime.date(2026, 1, 5), "Mon, Jan 5"),
        (datetime.date(2025, 12, 31), "Wed, Dec 31, 2025"),
        (None, ""),
    ],
)
def test_a_day_has_its_weekday_and_its_year_only_when_it_is_not_this_one(date, said):
    assert day(date) == said


@time_machine.travel("2026-09-17T12:00:00Z", tick=False)
def test_a_moment_is_shown_on_the_persons_own_day():
    late = datetime.datetime(2026, 9, 17, 2, 30, tzinfo=datetime.UTC)
    with timezone.override("America/New_York"):
        assert day(late) == "Wed, Sep 16"


@pytest.mark.parametrize(
    ("number", "link"),
    [
        ("911", "tel:911"),
        ("(555) 010-7788", "tel:5550107788"),
        ("+44 20 7946 0000", "tel:+442079460000"),
        ("front desk, 555 010 7788", ""),
        ("help@example.org", ""),
        ("12", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_a_telephone_number_can_be_called(number, link):
    assert phone_link(number) == link


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0",
            "Firefox on Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge on Windows"),
        ("curl/8.5.0", "A browser"),
    ],
)
def test_a_browser_is_named_as_people_name_it(user_agent, said):
    assert device(user_agent) == said


def test_steps_say_in_words_what_the_bars_show():
    root = parse(Template('{% steps 3 4 "Where it hurts" %}').render(Context()))
    assert all_words(root, "p") == ["Step 3 of 4: Where it hurts"]
    assert [bar.get("class") for bar in root.cssselect("li")] == ["done", "done", "now", ""]
    assert root.cssselect("ol")[0].get("aria-hidden") == "true"


@pytest.mark.parametrize(
    ("kind", "shape"),
    [("info", "info"), ("ok", "sprout"), ("care", "triangle-alert"), ("stop", "octagon-alert")],
)
def test_each_weight_of_a_note_has_a_shape_of_its_own(kind, shape):
    source = f'{{% callout "{kind}" "Title" %}}<p>Why.</p>{{% endcallout %}}{{% icon "{shape}" %}}'
    root = parse(f"<div>{Template(source).render(Context())}</div>")
    note, lone = root.cssselect(".callout > svg")[0], root.cssselect("div > svg")[-1]
    assert [part.attrib for part in note] == [part.attrib for part in lone]
    assert words(root.cssselect(".callout__body")[0]) == "TitleWhy."


def test_a_note_with_an_unknown_weight_is_a_fault_at_once():
    with pytest.raises(KeyError):
        Template('{% callout "danger" "Title" %}{% endcallout %}').render(Context())
