"""The demo clinic: plain names, made through the same functions that real people use."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from backrelief.accounts import care
from backrelief.accounts.models import Clinic, Role, User
from programs.adapting import let_time_pass
from programs.calendar import session_dates, zone_of
from programs.check_steps import CHECK
from programs.engine import triage_so_far
from programs.intake_steps import answers_from
from programs.models import Draft, Lock, Program, ProgramEvent, ProgramVersion
from programs.planning import build_program, latest_version
from programs.standing import record_screening, why_check
from progress import alerts
from progress.demo_measures import OTHERS, PAT
from progress.diary import log_pain
from progress.models import Alert, AlertStep, SessionRecord
from progress.recording import complete, finish_session, start_session
from progress.telling import tell

# The western one of the demo's two zones.
WEST = "America/Chicago"
PASSWORD = "backrelief-demo"  # noqa: S105 - the demo's, known to everybody
MARK = "new@example.org"
CASELOAD = (
    "Ada Brook", "Ben Carter", "Clara Dunn", "David Ellis", "Ella Frost", "Frank Gibson",
    "Grace Hall", "Henry Ives", "Iris Jones", "Jack Kent", "Kate Long", "Leo Mason",
    "Mia Nolan", "Noah Owens", "Olga Price", "Paul Quinn", "Rosa Reed", "Simon Shaw", "Tina Usher",
)  # fmt: skip
GOALS = (
    "lift my grandchild again",
    "walk the dog for an hour",
    "work in the garden",
    "sleep through",
)


MILD = 3
# For days with little pain, and for others.
NOTES = (
    ("Knelt on a cushion for the weeding. Much better.", "Stood long enough to cook."),
    ("Long drive. Stiff, but it eased after a walk.", "Slow start. Better by noon."),
)


@cache
def password_hash() -> str:
    """Hashed once: it is slow by intent, and everybody here has the same one."""
    return make_password(PASSWORD)


def person(email: str, name: str, role: str = Role.PATIENT, **fields: Any) -> User:
    """An account with a confirmed address and the demo's password."""
    user = User.objects.create_user(
        email, name=name, role=role, consented_at=timezone.now(), **fields
    )
    user.password = password_hash()
    user.save(update_fields=["password"])
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def replies(rng: random.Random, **told: Any) -> dict[str, dict[str, Any]]:
    """A check without warning signs and a common intake, with what is ``told`` on top."""
    check: dict[str, dict[str, Any]] = {
        step.key: {q.name: "no" for q in step.questions}
        for step in CHECK
        if not step.key.endswith("-more")
    }
    check["check:about"] |= {"age": rng.randint(34, 72), "health": ["none"]}
    strength = rng.randint(3, 6)
    intake: dict[str, dict[str, Any]] = {
        "intake:place": {"leg_symptoms": "none", "onset": rng.choice(["60", "180", "500"])},
        "intake:pain": {
            "now": strength,
            "average": strength,
            "worst": min(8, strength + 2),
            "marked_trouble_moving": False,
            "cannot_stand_or_walk": False,
        },
        "intake:worse": {
            "aggravated_by": rng.sample(["sitting", "lifting", "morning", "bending"], 2)
        },
        "intake:eases": {
            "eased_by": rng.sample(["gentle_movement", "changing_position", "lying_down"], 1)
        },
        "intake:pattern": {"traits": ["none"]},
        "intake:limits": {"conditions": rng.choice([["none"], ["knee_pain"], ["neck_pain"]])},
        "intake:floor": {"floor": "yes", "falls": "no"},
        "intake:life": {
            "work": rng.choice(["desk", "standing", "caring"]),
            "sitting_hours_per_day": rng.randint(3, 8),
            "exercise_days_per_week": rng.randint(0, 2),
            "sleep": rng.choice(["good", "broken"]),
            "smokes": False,
            "lives_alone": rng.random() < 0.3,
        },
        "intake:goals": {"goal1": rng.choice(GOALS), "goal2": "", "goal3": ""},
        "intake:time": {"minutes": "15", "days": ["mon", "wed", "fri"], "sessions_wanted": "3"},
    }
    found = check | intake
    for screen, values in told.items():
        part, _sep, slug = screen.partition("_")
        found[f"{part}:{slug}"] = {**found.get(f"{part}:{slug}", {}), **values}
    return found


def answer(user: User, given: dict[str, dict[str, Any]], day: date) -> ProgramVersion | None:
    """Checks, answers and plans as if on ``day``."""
    draft = Draft.objects.create(user=user, replies=given, answers=answers_from(given))
    triage = triage_so_far(draft.answers.get("screening", {}), draft.answers)
    record_screening(user, draft.answers, triage)
    user.screenings.update(at=at(user, day, 9))
    version = build_program(user, "answers", day)
    if version:
        ProgramVersion.objects.filter(pk=version.pk).update(made_at=at(user, day, 9))
    return version


def begins(user: User, version: ProgramVersion | None) -> bool:
    """Whether sessions may begin on the day of the plan, whatever has become due since."""
    plan = version.plan if version else None
    may = plan is not None and plan["program"] and plan["triage"]["ok_first"] != "needed"
    return bool(may) and not Lock.objects.owned_by(user).open().exists()


def at(user: User, day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of ``day`` on the person's own clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone_of(user))


def live(
    user: User,
    first: date,
    today: date,
    rng: random.Random,
    share: float,
    pain: float,
    asked: Mapping[int, Callable[[User, date], None]] | None = None,
) -> None:
    """Sessions on ``share`` of the planned days and a diary entry most days, up to yesterday.

    ``asked`` says what else happens on which day, counted from the first. The program listens: it is
    told of every day, and who keeps at it answers the check when it is due.
    """
    span = max((today - first).days, 1)
    given = Draft.objects.get(user=user).replies
    for offset in range((today - first).days):
        day = first + timedelta(days=offset)
        level = pain - 2.4 * offset / span + (3.2 if 30 <= offset <= 35 and span > 50 else 0)
        felt = max(0, min(7, round(level + rng.uniform(-0.8, 0.8))))
        if rng.random() < 0.6:
            moment = at(user, day, 8, rng.randrange(60))
            log_pain(user, token(rng), felt, moment, **feelings(user, day, felt, rng))
        if asked and offset in asked:
            asked[offset](user, day)
        comes = rng.random() < share
        version = listen(user, day, offset, given if share > 0.5 else None)
        if version and comes and session_dates(version.plan, day, day):
            exercise(user, version, day, felt, rng)
    version = latest_version(user)
    if share > 0.5 and version and why_check(version.program.state, today):
        check_again(user, today - timedelta(days=1), given)


def listen(
    user: User, day: date, offset: int, given: dict[str, Any] | None
) -> ProgramVersion | None:
    """A day of a running program: time, the check when it is due, the week. The version to exercise by.

    ``given`` are the first replies, for who keeps at it and answers the check and the week again.
    """
    version = latest_version(user)
    if version is None:
        return None
    told = offset % 3 == 0 and let_time_pass(user, version.program, day)
    if given and why_check(version.program.state, day):
        check_again(user, day, given)
        told = True
    if given and offset and offset % 7 == 0:
        feeling, barrier = ("better", "none") if offset % 14 else ("same", "forgot")
        answers = {"feeling": feeling, "barrier": barrier}
        tell(user, "check_in", day, token=f"check-in:{day}", by=user, **answers)
        Program.objects.filter(pk=version.program_id).update(checked_in_on=day)
        told = True
    version = latest_version(user) if told else version
    if version is None or why_check(version.program.state, day):
        return None
    return version if version.plan["program"] and not version.program.state["pause"] else None


def check_again(user: User, day: date, given: dict[str, Any]) -> None:
    """The full check with the replies of the first one: a check that is due forgets what was answered."""
    draft = Draft.objects.get(user=user)
    draft.replies, draft.answers = given, answers_from(given)
    draft.save()
    triage = triage_so_far(draft.answers.get("screening", {}), draft.answers)
    # What asked for it was written down at the time of the making.
    user.screenings.filter(kind="short").update(at=at(user, day, 8))
    record_screening(user, draft.answers, triage, at=at(user, day, 9))


def flare_up(user: User, day: date) -> None:
    """The button for a worse day."""
    tell(user, "flare", day, token=f"flare:{day}", by=user)


def down_the_leg(user: User, day: date) -> None:
    """An entry that says that leg symptoms moved further down; two of them call for a therapist (E4)."""
    moment, note = at(user, day, 20), "It pulls down to my calf."
    key = uuid.uuid5(uuid.NAMESPACE_OID, f"{user.pk}:{day}")
    log_pain(user, key, 4, moment, leg_symptoms="further_down", note=note)


def worse_overall(user: User, day: date) -> None:
    """Much worse than at the start (E21)."""
    measure = {"name": "overall_change", "score": -2}
    tell(user, "measure", day, token=f"overall:{day}", measure=measure)


# What else happens to some of the caseload, by their place in it and the day of their program.
EVENTFUL: dict[int, dict[int, Callable[[User, date], None]]] = {
    6: {3: down_the_leg, 5: down_the_leg},
    9: {6: worse_overall},
    12: {5: flare_up},
}


def token(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128))


def feelings(user: User, day: date, felt: int, rng: random.Random) -> dict[str, Any]:
    """What somebody may say beside the number; the average of the week on Mondays."""
    yesterday = day - timedelta(days=1)
    sessions = SessionRecord.objects.owned_by(user).finished().filter(day=yesterday)
    said: dict[str, Any] = {"is_next_morning": sessions.exists()}
    if rng.random() < 0.5:
        said |= {
            "sleep": rng.choice(["good", "good", "broken"]),
            "mood": rng.choice(["good", "so_so"]),
        }
    if rng.random() < 0.5:
        said["did"] = rng.sample(["walked", "housework", "gardened", "long-sit", "worked"], 2)
    if rng.random() < 0.3:
        said |= {"areas": ["low-back"], "note": rng.choice(NOTES[felt > MILD])}
    if day.weekday() == 0:
        said |= {"average": felt, "worst": min(8, felt + 1), "is_next_morning": False}
    return said


def exercise(user: User, version: ProgramVersion, day: date, pain: int, rng: random.Random) -> None:
    """A finished session of ``day``, at its own time."""
    after, effort = max(0, pain - rng.randint(0, 1)), rng.randint(1, 3)
    begin = at(user, day, 18, rng.randrange(50))
    end = begin + timedelta(minutes=14)
    session = start_session(user, version, day, pain, started_at=begin)
    for item in session.exercises.all():
        complete(item, end)
    finish_session(session, after, effort, "", at=end)


def join(patient: User, therapist: User) -> None:
    link = care.ask(therapist, patient.email)
    if link:
        care.accept(patient, link)


def today_there(now: datetime) -> date:
    """The date where the demo's people live, so that nobody has done what is still to come."""
    return now.astimezone(ZoneInfo(WEST)).date()


def make(today: date) -> None:
    """Everybody of the demo, with dates that end today."""
    rng = random.Random(20260101)
    hill = Clinic.objects.create(name="Hill Street Clinic", time_zone="America/New_York")
    river = Clinic.objects.create(name="River Clinic", time_zone=WEST)
    tess = person("tess@example.org", "Tess", Role.THERAPIST, clinic=hill, is_staff=True)
    omar = person("omar@example.org", "Omar", Role.THERAPIST, clinic=river, is_staff=True)
    person("clinic@example.org", "Robin", Role.STAFF, clinic=hill, is_staff=True)
    person("admin@example.org", "Alex", Role.STAFF, is_staff=True, is_superuser=True)
    person(MARK, "Nina", clinic=hill)
    pat = person("pat@example.org", "Pat", clinic=hill)
    join(pat, tess)
    answer(pat, replies(rng, intake_goals={"goal1": GOALS[0]}), today - timedelta(days=58))
    live(
        pat, today - timedelta(days=58), today, rng, share=0.85, pain=5, asked={**PAT, 31: flare_up}
    )
    sam = person("sam@example.org", "Sam", clinic=river)
    join(sam, omar)
    answer(sam, replies(rng), today - timedelta(days=20))
    live(sam, today - timedelta(days=20), today, rng, share=0.7, pain=4, asked=OTHERS)
    for number, (name, told) in enumerate(zip(CASELOAD, stories(), strict=True)):
        begun = today - timedelta(days=rng.randint(8, 40))
        user = person(f"{name.split()[0].lower()}@example.org", name, clinic=hill)
        join(user, tess)
        version = answer(user, replies(rng, **told), begun)
        if begins(user, version):
            share, pain = 0.4 + 0.03 * number, rng.randint(3, 6)
            asked = (OTHERS if number % 2 else {}) | EVENTFUL.get(number, {})
            live(user, begun, today, rng, share, pain, asked)
    alerts.collect(User.objects.filter(role=Role.PATIENT))
    date_alerts()


def date_alerts() -> None:
    """Alerts stand on the first day of what set them off; the demo's past was told in one go."""
    events = ProgramEvent.objects.filter(has_alerts=True).select_related("program__patient")
    for event in events.order_by("-day", "-seq"):
        patient, rules = event.program.patient, [one["rule"] for one in event.outcome["alerts"]]
        when = at(patient, event.day, 20)
        mine = Alert.objects.filter(patient=patient, rule__in=rules)
        mine.update(opened_at=when)
        AlertStep.objects.filter(alert__in=mine, kind=AlertStep.Kind.OPENED).update(at=when)
    for program in Program.objects.select_related("patient"):
        for flare in program.state["flares"][-1:]:
            when = at(program.patient, date.fromisoformat(flare["start"]), 20)
            Alert.objects.filter(patient=program.patient, rule="flare").update(opened_at=when)


def stories() -> Iterator[dict[str, dict[str, Any]]]:
    """What the people of the caseload told: some need a therapist, most do not."""
    yield {
        "check_nerves": {"rf1b_bladder": "yes"},
        "check_nerves-more": {"rf1e_longstanding_unchanged_checked": "no"},
    }
    yield {"check_illness": {"rf9_weight_loss": "yes"}}
    yield {
        "check_about": {"rf18_pregnant": "yes"},
        "check_about-more": {
            "rf18_weeks": 18,
            "rf18_warning_sign": "no",
            "rf18_told_not_to_exercise": "no",
        },
    }
    yield {"check_about": {"health": ["osteoporosis"], "age": 71}}
    yield {"intake_floor": {"floor": "no", "falls": "yes"}}
    yield {"intake_place": {"leg_symptoms": "below_knee", "onset": "60"}}
    for _number in range(13):
        yield {}


def is_stale(mark: User, now: datetime) -> bool:
    """Older than a day, and nobody has signed in or written anything since it was made."""
    made = mark.date_joined
    settled = made + timedelta(minutes=10)
    touched = (
        User.objects.filter(last_login__gt=made).exists()
        or User.objects.filter(date_joined__gt=settled).exists()
        or SessionRecord.objects.filter(finished_at__gt=settled).exists()
    )
    return now - made > timedelta(days=1) and not touched


def unmake() -> None:
    """Takes the demo away, so that it can be made anew."""
    people = User.objects.filter(email__endswith="@example.org")
    SessionRecord.objects.filter(patient__in=people).delete()
    people.delete()
    Clinic.objects.filter(name__in=["Hill Street Clinic", "River Clinic"], people=None).delete()
