"""May this person start a session today? Decided here, once, from locks and the latest plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backrelief.accounts.models import User
from programs.adapting import lock_for, tell_program
from programs.calendar import session_day
from programs.drafts import ask_check_anew
from programs.engine import RULE_SET, Triage
from programs.engine.rules.adaptation import DELOAD
from programs.models import ClinicalRecord, Lock, ProgramVersion, Screening, TriageLevel
from programs.planning import build_program, latest_version

# A new sign told with a diary entry: the full check must follow before the next session.
RECHECK = "recheck"
# The full check is asked again after four weeks.
CHECK_EVERY = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands.

    ``state``: ``no_answers``, ``recheck``, ``not_cleared``, ``emergency``, ``urgent``, ``paused``,
    ``held``, ``no_program`` or ``running``. Only ``running`` may start a session.
    """

    state: str
    version: ProgramVersion | None
    plan: Mapping[str, Any] | None
    locks: tuple[Lock, ...]

    @property
    def is_running(self) -> bool:
        return self.state == "running"

    @property
    def is_stopped(self) -> bool:
        return self.state in ("emergency", "urgent")

    @property
    def case(self) -> Mapping[str, Any]:
        """What the rules remember of the running program; empty where none runs."""
        return self.version.program.state if self.version else {}

    @property
    def is_easy_week(self) -> bool:
        """A lighter week that the person asked for is on."""
        asked = self.case.get("easy_from")
        if not asked or self.version is None:
            return False
        today = session_day(self.version.program.patient, timezone.now())
        return (today - date.fromisoformat(asked)).days < DELOAD.asked_days

    @property
    def why_check(self) -> str:
        """Why the full check is asked now; empty where the person said that something is new."""
        return why_check_is_due(self.version.program.patient, self.version) if self.version else ""

    @property
    def pause(self) -> Mapping[str, Any] | None:
        """The pause that is on: its rule is E5, E6 or what the person chose."""
        return self.case.get("pause")


def standing_of(patient: User) -> Standing:
    """The person's standing, in two queries. Locks always win over the plan."""
    locks = tuple(Lock.objects.owned_by(patient).open())
    version = latest_version(patient)
    plan = version.plan if version else None
    levels = {lock.level for lock in locks}
    if TriageLevel.EMERGENCY in levels:
        state = "emergency"
    elif TriageLevel.URGENT in levels:
        state = "urgent"
    elif _awaits_check(patient, version) or why_check_is_due(patient, version):
        state = RECHECK
    elif version and version.program.state.get("pause"):
        state = "paused"
    else:
        state = _state_of(plan)
    return Standing(state, version, plan, locks)


def _awaits_check(patient: User, version: ProgramVersion | None) -> bool:
    """A short check that said "something is new", and no full one since."""
    if version is not None:
        return bool(version.last_screening == "short")  # type: ignore[attr-defined]  # added by the query
    last = Screening.objects.owned_by(patient).first()
    return last is not None and last.kind == "short"


def why_check_is_due(patient: User, version: ProgramVersion | None) -> str:
    """Why the full check must come before the next session; empty where it need not."""
    state = version.program.state if version else {}
    return why_check(state, session_day(patient, timezone.now())) if state else ""


def why_check(state: Mapping[str, Any], today: date) -> str:
    """``gap``, ``lock``, ``condition``, ``weeks`` (four since the last full check), ``flare``, or empty."""
    if state.get("awaits") or not state.get("screened"):
        return str(state.get("awaits") or "")
    screened = date.fromisoformat(state["screened"])
    if today - screened >= CHECK_EVERY:
        return "weeks"
    ended = (flare["ended"] for flare in state["flares"] if flare["ended"])
    return "flare" if any(date.fromisoformat(day) > screened for day in ended) else ""


def _state_of(plan: Mapping[str, Any] | None) -> str:
    if plan is None:
        return "no_answers"
    triage = plan["triage"]
    if triage["level"] in ("emergency", "urgent"):
        return str(triage["level"])
    if triage["not_cleared"]:
        return "not_cleared"
    if plan["program"] is None:
        return "no_program"
    return "held" if triage["ok_first"] == "needed" else "running"


@transaction.atomic
def record_screening(
    patient: User, answers: Mapping[str, Any], triage: Triage, at: datetime | None = None
) -> Screening:
    """Writes down a full check, and locks the program for each emergency or urgent rule."""
    reasons = [
        {"rule": item.reason.rule, "level": item.level.key, "text": item.reason.text}
        for item in triage.findings
    ]
    screening = Screening.objects.create(
        patient=patient,
        kind="full",
        rule_set=RULE_SET,
        answers=dict(answers),
        level=triage.level.key,
        act_within=triage.act_within or "",
        reasons=reasons,
        at=at or timezone.now(),
    )
    for reason in reasons:
        if reason["level"] in ("urgent", "emergency"):
            lock_for(patient, reason["rule"], reason["level"], reason["text"], screening)
    tell_program(
        patient,
        "screening",
        session_day(patient, screening.at),
        {"screening": dict(answers).get("screening", {})},
        f"screening:{screening.at.isoformat()}",
    )
    return screening


def record_something_new(patient: User) -> Screening:
    """A diary entry said that a warning sign may be new: no session until all signs are asked anew."""
    return ask_check_anew(patient, {"new": True})


def liftable(locks: Iterable[Lock], by: str) -> list[Lock]:
    """What a record by ``by`` can lift: the person's own lifts urgent locks only."""
    if by == ClinicalRecord.By.SELF:
        return [lock for lock in locks if lock.level == TriageLevel.URGENT]
    return list(locks)


# What an assessment gives back beside locks: exercises that a rule left out. No new check is needed.
GIVEN_BACK = {
    "E13": _("Give back what hurt too much twice:"),
    "E4": _("Give back what may pull on the nerve:"),
    "leg-rule": _("Give back what sent symptoms down the leg:"),
}


@transaction.atomic
def record_clinical(patient: User, author: User, today: date, **fields: Any) -> ClinicalRecord:
    """Keeps an assessment, a permission or an own note, and does what follows from it.

    An assessment or note lifts the open locks that it names; a full check is asked for next. A
    permission makes a new version of the program.
    """
    record = ClinicalRecord.objects.create(patient=patient, recorded_by=author, **fields)
    if record.lifts:
        locks = Lock.objects.owned_by(patient).open().filter(rule__in=record.lifts)
        for lock in liftable(locks, record.by):
            lock.lifted_by = record
            lock.save(update_fields=["lifted_by"])
    if set(record.lifts) - set(GIVEN_BACK):
        ask_for_full_check(patient)
    told = {"by": str(record.by), "record": str(record.kind), "lifts": list(record.lifts)}
    tell_program(patient, "assessed", today, told, f"record:{record.pk}", by=author)
    if not record.lifts:
        build_program(patient, record.kind, today)
    return record


def ask_for_full_check(patient: User) -> None:
    """Opens the check again: the warning signs are asked anew, the rest is kept."""
    ask_check_anew(patient, {"asked_anew": True})
