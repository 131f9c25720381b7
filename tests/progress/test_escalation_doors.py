"""Every escalation E1–E22 from a page that a person has, or from time: the alert, and what the program does.

Each case is told as the app is used: entries, checks, sessions, measures and days that pass. Nothing is
told to the rules behind the app's back.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from programs.models import Program
from programs.planning import latest_version
from programs.standing import standing_of
from progress.measuring import add_activity
from progress.models import Alert
from progress.passing import tick_programs
from tests.factories.programs import give_program
from tests.support.pages import one, parse, words
from tests.support.walk import walk

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 11, 2, 9, tzinfo=UTC)  # a Monday
GIVEN_BIRTH = {"rf19_given_birth_last_12_weeks": "yes", "rf19_weeks_since_birth": 10}
CHECKED = {"rf19_checked": "yes", "rf19_problem": "no"}


class Person:
    """Somebody with a program, and what they do on a day counted from its first."""

    def __init__(self, client: Client, patient, traveller) -> None:
        self.client, self.patient, self.traveller = client, patient, traveller

    def on(self, day: int, hour: int = 9) -> None:
        self.traveller.move_to(BEGIN + timedelta(days=day, hours=hour - 9))

    def entry(self, day: int, pain: int = 3, signs: str = "none", **more: object) -> None:
        self.on(day, 12)
        data = {"pain": pain, "signs": signs, "token": str(uuid4()), **more}
        assert self.client.post("/diary/new/", data).status_code == 302

    def check(self, day: int, **answers: object) -> None:
        """The short check says that something is new, and the full one what it is."""
        self.entry(day, signs="new")
        self.on(day, 13)
        walk(self.client, "/check/", answers)
        self.client.get("/check/result/")

    def emergency(self, day: int, **answers: object) -> None:
        self.check(day, **answers)
        self.client.post("/check/confirm/", {"right": "yes"})

    def session(self, day: int, *told: dict, effort: int = 3, pain: int = 3) -> None:
        """A session from the player: begun, what is told in it, and its end."""
        self.on(day)
        version = latest_version(self.patient)
        slugs = [item["slug"] for item in version.plan["program"]["exercises"]]
        hurt = {event["slug"] for event in told}
        events = [
            {"kind": "begin", "pain_before": 3},
            *told,
            *({"kind": "done", "slug": slug} for slug in slugs if slug not in hurt),
            {"kind": "finish", "pain_after": pain, "effort": effort, "note": ""},
        ]
        at = (BEGIN + timedelta(days=day)).isoformat()
        body = {
            "version": version.digest,
            "day": (BEGIN + timedelta(days=day)).date().isoformat(),
            "events": [{"id": str(uuid4()), "at": at, **event} for event in events],
        }
        answer = self.client.post(
            f"/session/{uuid4()}/events/", json.dumps(body), content_type="application/json"
        )
        assert answer.status_code == 200, answer.content

    def sign(self, day: int, feeling: str) -> None:
        slug = latest_version(self.patient).plan["program"]["exercises"][0]["slug"]
        self.session(day, {"kind": "hurts", "slug": slug, "pain": None, "feeling": feeling})

    def weeks(self, number: int) -> None:
        """Sessions and entries by the plan, and the full check when it is due; pain stays as it was."""
        for day in range(7 * number):
            if day and day % 27 == 0:
                self.check(day)
            elif day % 7 in (0, 2, 4):
                self.session(day)
            else:
                self.entry(day)

    def week(self, day: int, feeling: str = "same", **more: object) -> None:
        self.on(day, 13)
        data = {"feeling": feeling, "barrier": "none", **more}
        assert self.client.post("/check-in/", data).status_code == 302

    def overall(self, day: int, value: int) -> None:
        self.on(day)
        answer = {"answer": value, "token": str(uuid4())}
        assert self.client.post("/measures/all-in-all/", answer).status_code == 302

    def rated(self, day: int, value: int) -> None:
        self.on(day)
        names = [f"rating_{pk}" for pk in self.patient.activities.values_list("pk", flat=True)]
        answer = dict.fromkeys(names, value) | {"token": str(uuid4())}
        assert self.client.post("/measures/what-you-can-do/", answer).status_code == 302


@pytest.fixture
def person(client, patient, library):
    with time_machine.travel(BEGIN, tick=False) as traveller:
        patient.time_zone = "UTC"
        patient.save()
        client.force_login(patient)
        give_program(patient, BEGIN.date(), days=["mon", "wed", "fri"])
        yield Person(client, patient, traveller)


def anew(me: Person, **changes: object) -> None:
    """Another program from the first day, for somebody of whom more is known."""
    give_program(me.patient, BEGIN.date(), days=["mon", "wed", "fri"], **changes)


def after_birth(me: Person) -> None:
    screening = latest_version(me.patient).intake["screening"]
    anew(me, screening={**screening, **GIVEN_BIRTH, **CHECKED})


def e1(me):
    me.emergency(1, rf1a_saddle_numbness="yes")


def e2(me):
    me.check(1, rf3_weakness__asked="yes", rf3_weakness="one_leg_new_or_worse")


def e3_fever(me):
    me.check(1, rf11_fever="yes", rf11_very_unwell="no")


def e4(me):
    me.entry(1, leg_symptoms="further_down")
    me.entry(3, leg_symptoms="further_down")


def e5(me):
    me.entry(1, pain=9)


def e5_twice(me):
    me.entry(1, pain=8)
    me.entry(3, pain=8)


def e6(me):
    for day in range(10):
        me.entry(day, pain=7)


def e7(me):
    for day in range(14):
        me.entry(day, pain=3)
    for day in range(14, 24):
        me.entry(day, pain=5)


def e8(me):
    add_activity(me.patient, "tie my shoes")
    me.rated(1, 8)
    me.rated(14, 5)


def e9(me):
    me.entry(1, cannot_do_daily_tasks="on")


def e9_nights(me):
    for day in (1, 2, 4, 5, 7):
        me.entry(day, sleep_lost_to_pain="on")


def e10(me):
    anew(me, onset_days=20)
    me.weeks(3)


def e11(me):
    me.weeks(6)


def e12(me):
    me.weeks(13)


def e13(me):
    for day in (2, 4):
        me.session(day, {"kind": "hurts", "slug": "bridge", "pain": 7, "feeling": "sharp"})


def e14(me):
    for day in (1, 19, 37):
        me.on(day)
        me.client.post("/flare/", {"signs": "none"})
        for after in range(day, day + 17):
            me.entry(after, pain=2)
        me.check(day + 17)


def e2_in_a_session(me):
    me.sign(2, "numb")


def e15(me):
    me.sign(2, "chest")


def e15_head(me):
    me.sign(2, "head")


def e15_dizzy(me):
    me.sign(2, "dizzy")


def e16_in_pregnancy(me):
    me.check(1, rf18_pregnant="yes", rf18_weeks="20", rf18_warning_sign="yes")
    me.client.post("/check/confirm/", {"right": "yes"})


def e16_in_a_pregnant_session(me):
    me.sign(2, "pregnancy")


def e16_in_the_diary(me):
    after_birth(me)
    me.entry(1, pelvic=["doming"])
    assert not Alert.objects.filter(rule="E16").exists()
    me.entry(3, pelvic=["heaviness"])


def e16_in_sessions(me):
    after_birth(me)
    me.sign(2, "pelvic")
    me.check(3, **GIVEN_BIRTH, **CHECKED)
    me.sign(4, "pelvic")


def e17_in_the_diary(me):
    me.entry(1, signs="fall")


def e17_the_morning_after(me):
    me.session(2)
    me.on(3)
    form = one(parse(me.client.get("/today/")), "form[action='/diary/morning/']")
    fall = one(form, "button[value=fall]")
    token = one(form, "[name=token]").get("value")
    for _twice in range(2):
        answer = me.client.post("/diary/morning/", {"token": token, "signs": fall.get("value")})
        assert answer["Location"] == "/check/"


def e17_on_a_worse_day(me):
    me.on(1)
    assert me.client.post("/flare/", {"signs": "fall"})["Location"] == "/check/"


def e17_on_paper(me):
    me.on(8)
    data = {"token": str(uuid4()), "signs": "fall", "pain-2026-11-03": "3"}
    assert me.client.post("/diary/paper/?week=2026-11-02", data)["Location"] == "/check/"


def e17_in_a_session(me):
    me.sign(2, "fall")


def e17_from_a_device(me):
    me.on(2)
    fields = {"pain": ["3"], "signs": ["fall"], "note": [""], "when": [""]}
    entry = {"id": str(uuid4()), "at": BEGIN.isoformat(), "kind": "entry", "fields": fields}
    for _twice in range(2):
        answer = me.client.post(
            "/diary/events/", json.dumps({"events": [entry]}), content_type="application/json"
        )
        assert answer.json()["next"] == "/check/"


def e18_in_the_check(me):
    me.check(1, rf18_pregnant="yes", rf18_weeks="20")


def e18_in_the_answers(me):
    walk(me.client, "/check/")
    walk(me.client, "/intake/", {"conditions": ["glaucoma"]})
    me.client.post("/intake/review/")


def e19(me):
    me.entry(1)
    tick_programs(BEGIN + timedelta(days=16))


def e20(me):
    me.on(1)
    note = {"pain": 3, "signs": "none", "note": "I want to die."}
    assert me.client.post("/diary/new/", note)["Location"] == "/crisis/"


def e21(me):
    me.overall(10, -2)


def e22(me):
    for week in range(1, 5):
        for day in (0, 2, 4):
            me.session(7 * week - 7 + day)
        me.week(7 * week - 1, feeling="worse")


def held(me: Person, rule: str) -> bool:
    return rule in {item["rule"] for item in program(me)["holds"]}


def is_flaring(me: Person) -> bool:
    return any(flare["ended"] is None for flare in program(me)["flares"])


def program(me: Person) -> dict:
    return Program.objects.get(patient=me.patient, ended_on=None).state


def slugs(me: Person) -> set[str]:
    plan = latest_version(me.patient).plan["program"]
    return {item["slug"] for item in plan["exercises"]} if plan else set()


def conditions(me: Person) -> set[str]:
    return set(latest_version(me.patient).plan["active_conditions"])


def is_asked_about_injuries(me: Person) -> bool:
    """No session until the check is answered anew, and RF5 and RF6 are in it."""
    if standing_of(me.patient).state != "recheck":
        return False
    return "balance_falls" in conditions(me) and "/check/injury/" in walk(me.client, "/check/")


LOCKED = {"emergency", "urgent"}
TABLE: list[tuple[Callable, str, str, Callable]] = [
    (e1, "E1", "P1", lambda me: standing_of(me.patient).state in LOCKED),
    (e2, "E2", "P1", lambda me: standing_of(me.patient).state in LOCKED),
    (e2_in_a_session, "E2", "P1", lambda me: standing_of(me.patient).state == "urgent"),
    (e3_fever, "E3", "P1", lambda me: standing_of(me.patient).state in LOCKED),
    (e4, "E4", "P2", lambda me: "knee-to-chest" not in slugs(me)),
    (e5, "E5", "P2", lambda me: standing_of(me.patient).state == "paused"),
    (e5_twice, "E5", "P2", lambda me: standing_of(me.patient).state == "paused"),
    (e6, "E6", "P2", lambda me: program(me)["pause"] and is_flaring(me)),
    (e7, "E7", "P3", is_flaring),
    (e8, "E8", "P3", lambda me: held(me, "E8")),
    (e9, "E9", "P2", lambda me: held(me, "E9")),
    (e9_nights, "E9", "P2", lambda me: held(me, "E9")),
    (e10, "E10", "P4", slugs),
    (e11, "E11", "P3", slugs),
    (e12, "E12", "P3", slugs),
    (e13, "E13", "P3", lambda me: "bridge" not in slugs(me)),
    (e14, "E14", "P3", lambda me: held(me, "E14")),
    (e15, "E15", "P1", lambda me: standing_of(me.patient).state == "urgent"),
    (e15_head, "E15", "P1", lambda me: standing_of(me.patient).state == "urgent"),
    (e15_dizzy, "E15", "P2", lambda me: standing_of(me.patient).state == "urgent"),
    (e16_in_pregnancy, "E16", "P1", lambda me: standing_of(me.patient).state in LOCKED),
    (e16_in_a_pregnant_session, "E16", "P1", lambda me: standing_of(me.patient).state == "urgent"),
    (e16_in_the_diary, "E16", "P2", lambda me: held(me, "E16")),
    (e16_in_sessions, "E16", "P2", lambda me: held(me, "E16")),
    *(
        (fall, "E17", "P2", lambda me: held(me, "E17") and is_asked_about_injuries(me))
        for fall in (
            e17_in_the_diary,
            e17_the_morning_after,
            e17_on_a_worse_day,
            e17_on_paper,
            e17_in_a_session,
            e17_from_a_device,
        )
    ),
    (e18_in_the_check, "E18", "P3", lambda me: "pregnancy_t2t3" in conditions(me)),
    (e18_in_the_answers, "E18", "P3", lambda me: "glaucoma" in conditions(me)),
    (e19, "E19", "P4", lambda me: held(me, "E19")),
    (e20, "E20", "P1", lambda me: held(me, "E20")),
    (e21, "E21", "P3", lambda me: held(me, "E21")),
    (e22, "E22", "P3", lambda me: program(me)["holds"] and slugs(me)),
]


@pytest.mark.parametrize(
    ("door", "rule", "priority", "effect"), TABLE, ids=[row[0].__name__ for row in TABLE]
)
def test_an_escalation_from_the_apps_own_doors(
    person, therapist, linked, door, rule, priority, effect
):
    door(person)
    looked = Client()
    looked.force_login(therapist)
    assert looked.get("/caseload/").status_code == 200
    alert = Alert.objects.filter(rule=rule).first()
    assert alert, list(Alert.objects.values_list("rule", "priority"))
    assert (alert.priority, alert.closed_at) == (priority, None)
    assert alert.therapist_text
    assert Alert.objects.filter(rule=rule).count() == 1
    assert effect(person)


def test_all_rules_have_a_door():
    assert {rule for _door, rule, _priority, _effect in TABLE} == {f"E{n}" for n in range(1, 23)}


def test_a_person_without_trouble_raises_nothing(person):
    for day in (0, 2, 4):
        person.session(day)
        person.entry(day + 1, pain=2)
    assert not Alert.objects.exists()


SIGNS = [
    ("chest", "You had chest pain, found it hard to breathe, or felt faint."),
    ("dizzy", "You got dizzy."),
    ("head", "You had a sudden bad headache, or saw badly."),
    ("numb", "You had a weak leg, or numbness between your legs."),
]


@pytest.mark.parametrize(("sign", "text"), SIGNS)
def test_a_sign_of_a_session_is_seen_the_same_day_whatever_the_check_says_after_it(
    person, sign, text
):
    person.sign(2, sign)
    walk(person.client, "/check/")
    page = parse(person.client.get("/check/result/"))
    assert words(one(page, "h1")) == "Please see someone today, before you exercise"
    assert words(one(page, ".callout li")) == text
    assert f"“{text.replace('You', 'I').replace('your', 'my')}”" in words(one(page, "main"))
    assert standing_of(person.patient).state == "urgent"


def test_a_sign_in_pregnancy_names_the_maternity_unit(person):
    person.sign(2, "pregnancy")
    walk(person.client, "/check/")
    page = words(one(parse(person.client.get("/check/result/")), "main"))
    assert "Call your maternity unit now." in page
    assert "You had a warning sign in pregnancy: blood, a leak of fluid, or a tight belly." in page


@pytest.mark.parametrize(("sign", "text"), SIGNS)
def test_the_letter_names_a_sign_of_a_session_once(person, sign, text):
    person.sign(2, sign)
    assert words(one(parse(person.client.get("/plan/letter/")), "main")).count(text) == 1


def test_a_sign_that_comes_back_after_a_visit_of_ones_own_locks_again(person):
    """The alert is still open then: nobody with a name has looked at it."""
    person.sign(2, "dizzy")
    person.on(3)
    visit = {"profession": "doctor", "professional": "Dr. Lee", "outcome": "Nothing bad."}
    day = (BEGIN + timedelta(days=3)).date()
    assert person.client.post("/plan/contact/", visit | {"date": day}).status_code == 302
    person.on(3, 10)
    walk(person.client, "/check/")
    person.client.get("/check/result/")
    assert standing_of(person.patient).state == "running"
    person.sign(4, "dizzy")
    standing = standing_of(person.patient)
    assert [lock.rule for lock in standing.locks] == ["E15"]
