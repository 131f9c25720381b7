"""Warning signs first: the answers' level, by when to act, and what is still open.

Rules RF1–RF27. An emergency always wins. *Not sure* and a missing answer count as yes where the
question can mean an emergency (RF1, RF2, RF4, RF13, RF14, warning signs in pregnancy); at any other
question they leave the person *not cleared*: no level of its own, but no program either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from programs.engine.conditions import condition_findings, conditions_so_far
from programs.engine.red_flags import RULES, Open, Person
from programs.engine.types import Finding, Intake, Level, Reason, Triage

EVERYONE_CLEARS = frozenset({"therapist", "doctor"})
SOON = ("now", "same_day", "within_days")


def triage(intake: Intake, conditions: Sequence[Finding] = ()) -> Triage:
    """The triage of a complete form, with the findings of the conditions that are switched on."""
    person = Person.of(intake)
    found = [*_run(person), *conditions]
    records = [r for r in intake.assessments if r["date"] <= intake.today.isoformat()]
    return _sum_up(_lifted(found, records), intake.clearances)


def triage_so_far(screening: Mapping[str, Any], facts: Mapping[str, Any]) -> Triage:
    """The triage of what was asked so far: not yet asked is not missing.

    ``screening`` holds the answers given, ``facts`` the intake's other fields as far as they are known
    (``age``, ``conditions``, ``onset_days``, ``pain``, ``assessments`` …).
    """
    person = Person.so_far(screening, facts)
    found = [*_run(person), *condition_findings(person, conditions_so_far(person))]
    return _sum_up(_lifted(found, facts.get("assessments", ())), frozenset())


def _run(person: Person) -> Iterator[Finding | Open]:
    for rule in RULES:
        yield from rule(person)


def _lifted(
    found: Sequence[Finding | Open], records: Sequence[Mapping[str, Any]]
) -> list[Finding | Open]:
    return [_lift(item, records) if isinstance(item, Finding) else item for item in found]


def _lift(finding: Finding, records: Sequence[Mapping[str, Any]]) -> Finding:
    """A recorded assessment that names the rule turns its answer into CAUTION.

    The person's own record lifts URGENT only.
    """
    for record in records:
        by_clinician = record["by"] != "self"
        if (
            finding.reason.rule in record["lifts"]
            and finding.level >= Level.URGENT
            and (by_clinician or finding.level == Level.URGENT)
        ):
            reason = Reason(
                finding.reason.rule,
                "A check by a professional is on record, so this no longer stops your plan.",
                (*finding.reason.because, f"assessments.by={record['by']}"),
                finding.reason.source,
                "This changes if the sign comes back or gets worse.",
            )
            return Finding(Level.CAUTION, reason)
    return finding


def _sum_up(found: Sequence[Finding | Open], clearances: frozenset[str]) -> Triage:
    findings = [item for item in found if isinstance(item, Finding)]
    findings.sort(key=lambda item: -item.level)
    level = max((item.level for item in findings), default=Level.CLEAR)
    times = {item.within for item in findings if item.level == level}
    return Triage(
        level=level,
        act_within=next((time for time in SOON if time in times), None),
        ok_first=_hold(findings, clearances),
        not_cleared=tuple(dict.fromkeys(item.key for item in found if isinstance(item, Open))),
        findings=tuple(findings),
    )


def _hold(findings: list[Finding], clearances: frozenset[str]) -> str:
    """Every hold needs its own clearance; a therapist or a doctor can clear each of them."""
    holds = [item for item in findings if item.ok_first]
    if not holds:
        return "not_needed"
    clear = all(clearances & (EVERYONE_CLEARS | set(item.clears)) for item in holds)
    return "satisfied" if clear else "needed"


def open_holds(findings: tuple[Finding, ...], clearances: frozenset[str]) -> tuple[Finding, ...]:
    """The holds that no recorded clearance releases yet."""
    return tuple(
        item
        for item in findings
        if item.ok_first and not clearances & (EVERYONE_CLEARS | set(item.clears))
    )


# A question and the answers that call for its follow-up.
FOLLOW_UPS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("rf1b_bladder", ("yes", "not_sure"), ("rf1e_longstanding_unchanged_checked",)),
    ("rf1c_bowel", ("yes", "not_sure"), ("rf1e_longstanding_unchanged_checked",)),
    ("rf1d_sexual", ("yes", "not_sure"), ("rf1e_longstanding_unchanged_checked",)),
    ("rf11_fever", ("yes", "not_sure"), ("rf11_very_unwell",)),
    (
        "rf18_pregnant",
        ("yes",),
        ("rf18_weeks", "rf18_warning_sign", "rf18_told_not_to_exercise"),
    ),
    (
        "rf19_given_birth_last_12_weeks",
        ("yes",),
        ("rf19_weeks_since_birth", "rf19_checked", "rf19_problem"),
    ),
    ("rf20_any_operation", ("yes",), ("rf20_surgery",)),
    ("rf27_any", ("yes",), ("rf27_spine_disease",)),
)


def follow_ups(screening: Mapping[str, Any]) -> list[str]:
    """The follow-up questions that these answers call for and that have no answer yet."""
    wanted: list[str] = []
    for question, answers, more in FOLLOW_UPS:
        if screening.get(question) in answers:
            wanted += [key for key in more if key not in screening and key not in wanted]
    return wanted
