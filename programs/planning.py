"""The bridge between the database and the engine: nothing else calls ``make_plan``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from backrelief.accounts.models import Clinic, User
from programs.adapting import draw_as, keep_case, running_program, tell_program
from programs.clearing import lifting_assessments, permissions
from programs.engine import (
    Intake,
    IntakeFaults,
    Library,
    Triage,
    begin,
    canonical,
    make_plan,
    plan_as_json,
    read_intake,
)
from programs.intake_steps import next_open
from programs.limits import carry_limits
from programs.models import Draft, Program, ProgramVersion, Screening
from programs.stock import library_now, library_of, snapshot


def intake_of(patient: User, answers: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The answers with the date and with what clinicians recorded: the input of the engine."""
    extra: dict[str, Any] = {"today": today.isoformat()}
    if lifting := lifting_assessments(patient):
        extra["assessments"] = lifting
    inputs = {**answers, **extra}
    if allowed := permissions(patient, _triage_of(inputs)):
        inputs["clearances"] = allowed
    return inputs


def _triage_of(inputs: Mapping[str, Any]) -> Triage | None:
    """What these inputs lead to; None where they are not complete yet."""
    try:
        return make_plan(read_intake(inputs), Library(())).triage
    except IntakeFaults:
        return None


def preview(
    answers: Mapping[str, Any], today: date, clinic: Clinic | None = None
) -> dict[str, Any] | None:
    """The plan for these answers, nothing saved. None where the answers are not complete yet."""
    try:
        intake = read_intake({**answers, "today": today.isoformat()})
    except IntakeFaults:
        return None
    return plan_as_json(make_plan(intake, library_now(clinic)))


@transaction.atomic
def build_program(
    patient: User, cause: str, today: date, answers: Mapping[str, Any] | None = None
) -> ProgramVersion | None:
    """Makes a version of the patient's program from their answers and keeps all that made it.

    Starts a program where none is running. None where the answers are not complete yet.
    """
    if answers is None:
        answers = _answers_of(patient)
    inputs = intake_of(patient, answers, today)
    try:
        intake = read_intake(inputs)
    except IntakeFaults:
        return None
    if running_program(patient):
        told = {"assessments": [], "clearances": [], **inputs}
        tell_program(patient, "intake", today, {"intake": told}, by=patient, cause=cause)
        version = latest_version(patient)
        draw_as(patient, version.plan["active_conditions"] if version else ())
        return version
    return _first_version(patient, cause, intake)


def _first_version(patient: User, cause: str, intake: Intake) -> ProgramVersion:
    """A program begins, on the library as it is now."""
    library = snapshot(library_now(patient.clinic))
    case = begin(intake, library_of(library))
    program, is_new = Program.objects.get_or_create(
        patient=patient, ended_on=None, defaults={"started_on": intake.today}
    )
    if is_new:
        carry_limits(program)
    keep_case(program, case, library, program.last_event)
    draw_as(patient, case.plan.active_conditions)
    return ProgramVersion.objects.create(
        program=program,
        number=1,
        made_on=intake.today,
        cause=cause,
        inputs=canonical(intake.raw),
        library=library,
        rule_set=case.plan.rule_set,
        digest=case.plan.digest,
        output=canonical(plan_as_json(case.plan)),
    )


def _answers_of(patient: User) -> dict[str, Any]:
    """The person's answers; none while the check for warning signs is being answered anew."""
    draft = Draft.objects.filter(user=patient).first()
    is_whole = draft is not None and next_open("check", draft.replies) is None
    return draft.answers if draft and is_whole else {}


# What the check asks, what professionals recorded about it, and wishes that changed meanwhile.
CHECKED = ("age", "screening", "assessments", "clearances", "days", "minutes", "sessions_wanted")


def replan_after_check(patient: User, today: date) -> ProgramVersion | None:
    """A new version where the check says other things than the one in force; None where it need not."""
    draft = Draft.objects.filter(user=patient).first()
    version = latest_version(patient)
    if draft is None or version is None:
        return None
    then = version.intake
    # What the program was told since, such as a fall, is not in the draft and stays.
    conditions = {*draft.answers.get("conditions", ()), *then.get("conditions", ())}
    answers = {**draft.answers, "conditions": sorted(conditions)}
    now = intake_of(patient, answers, today)
    same = all((now.get(key) or None) == (then.get(key) or None) for key in CHECKED)
    if version.plan["program"] and same and conditions == set(then.get("conditions", ())):
        return None
    return build_program(patient, "check", today, answers)


def change_days(
    patient: User, days: list[str], today: date, minutes: int | None = None
) -> ProgramVersion | None:
    """A new version on other days, or with other minutes."""
    told: dict[str, Any] = {"days": days} | ({"minutes": minutes} if minutes else {})
    if not keep_wishes(patient, told):
        return None
    if not _answers_of(patient):
        # The check is being answered anew: the plan that follows it takes these days.
        return None
    tell_program(patient, "days", today, told, by=patient, cause="days changed")
    return latest_version(patient)


# What a person may wish for on any day, and how the screen that asked for it keeps it.
WISHES = {"days": list, "minutes": str, "sessions_wanted": str}


def keep_wishes(patient: User, wishes: Mapping[str, Any]) -> bool:
    """Days, minutes and sessions a week go into the answers too, so that they stay the one truth.

    False where the person has no answers.
    """
    draft = Draft.objects.filter(user=patient).first()
    if draft is None:
        return False
    draft.answers = {**draft.answers, **wishes}
    if time := draft.replies.get("intake:time"):
        said = {name: WISHES[name](value) for name, value in wishes.items()}
        draft.replies = {**draft.replies, "intake:time": {**time, **said}}
    draft.save(update_fields=["replies", "answers", "updated_at"])
    return True


def latest_version(patient: User) -> ProgramVersion | None:
    """The version that the person has now, with the kind of their last screening on it."""
    versions = ProgramVersion.objects.filter(program__patient=patient, program__ended_on=None)
    last = Screening.objects.filter(patient=OuterRef("program__patient")).values("kind")[:1]
    versions = versions.annotate(last_screening=Subquery(last))
    return versions.select_related("program").order_by("-number").first()


def replays(version: ProgramVersion) -> bool:
    """Whether the stored inputs and library give the stored plan again, byte for byte."""
    library = Library.from_json(json.loads(version.library.content))
    plan = make_plan(read_intake(json.loads(version.inputs)), library)
    return canonical(plan_as_json(plan)) == version.output
