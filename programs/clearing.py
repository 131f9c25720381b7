"""Which recorded assessments and permissions still count: for the sign or hold they were made for.

A sign that was lifted, went away and came back is a new sign; a permission to exercise in pregnancy
says nothing about an operation a year later.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from backrelief.accounts.models import Role, User
from programs.engine import Triage
from programs.models import ClinicalRecord, ProgramVersion, Screening

# Rules about the person that no word of their own can change.
NEVER_BY_SELF = frozenset({"RF21"})


def records_of(patient: User) -> QuerySet[ClinicalRecord]:
    """The person's own notes, and what a therapist recorded on this site: a file brings no clearance."""
    by_themselves = Q(by=ClinicalRecord.By.SELF)
    records = ClinicalRecord.objects.owned_by(patient)
    found: QuerySet[ClinicalRecord] = records.filter(
        by_themselves | Q(recorded_by__role=Role.THERAPIST)
    )
    return found


def lifting_assessments(patient: User) -> list[dict[str, Any]]:
    """The assessments that still lift a rule, in the shape of the intake."""
    lifting = records_of(patient).exclude(lifts=[]).prefetch_related("lifted_locks")
    records = list(lifting.order_by("recorded_at"))
    later = list(Screening.objects.owned_by(patient).order_by("at")) if records else []
    found = []
    for record in records:
        after = [item for item in later if item.at > record.recorded_at]
        lifts = [rule for rule in record.lifts if _still_lifts(record, rule, after)]
        if lifts:
            found.append({"by": record.by, "date": record.date.isoformat(), "lifts": lifts})
    return found


def _still_lifts(record: ClinicalRecord, rule: str, after: Iterable[Screening]) -> bool:
    """Until a full check comes without the sign, or somebody assessed for an emergency tells a new one."""
    if record.by == ClinicalRecord.By.SELF and rule in NEVER_BY_SELF:
        return False
    locks = record.lifted_locks.all()
    was_emergency = any(lock.rule == rule and lock.level == "emergency" for lock in locks)
    return not any(
        (was_emergency and "new" in item.answers) if item.kind == "short" else _is_gone(rule, item)
        for item in after
    )


def _is_gone(rule: str, check: Screening) -> bool:
    return rule.startswith("RF") and rule not in {reason["rule"] for reason in check.reasons}


def permissions(patient: User, triage: Triage | None) -> list[str]:
    """Who permitted all that ``triage`` holds back: each permission counts for the holds of its day."""
    findings = triage.findings if triage else ()
    holds = {_hold(finding.reason.rule) for finding in findings if finding.ok_first}
    kind = ClinicalRecord.Kind.PERMISSION
    records = records_of(patient).filter(kind=kind)
    return sorted({record.by for record in records if holds <= _holds_at(patient, record, holds)})


def _holds_at(patient: User, record: ClinicalRecord, default: set[str]) -> set[str]:
    """What was on hold in the plan that the permission was given for; without a plan, all of it."""
    versions = ProgramVersion.objects.filter(program__patient=patient)
    version = versions.filter(made_at__lte=record.recorded_at).order_by("-made_at", "-pk").first()
    if version is None:
        return default
    return {_hold(reason["rule"]) for reason in version.plan["triage"]["reasons"]}


def _hold(rule: str) -> str:
    """One pregnancy is one hold, whichever its weeks."""
    return rule.partition("_t")[0] if rule.startswith("pregnancy") else rule
