"""The record as a FHIR R4B bundle, in the shapes and codes of HL7's Physical Activity guide.

Written from the exported record alone, so that it holds nothing that the record does not.
Conformance with the guide is not claimed: there is no practitioner behind a plan that rules made.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from html import escape
from typing import Any

Json = dict[str, Any]
Row = Mapping[str, Any]

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"
ACTIVITY = "http://hl7.org/fhir/us/physical-activity/CodeSystem/pa-temporary-codes"
PERTAINS_TO_GOAL = "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal"
OBSERVATION_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
SPACE = uuid.UUID("6f1c7a52-6a54-5a0c-9a6c-0b6f4f0e7b11")

PAIN = (LOINC, "72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")
DURATION = (LOINC, "55411-3", "Exercise duration")
KIND = (LOINC, "73985-4", "Exercise activity")
PANEL = (ACTIVITY, "PAPanel", "Physical Activity Panel")
THERAPY = (SNOMED, "229065009", "Exercise therapy")
PHYSICAL_THERAPY = (SNOMED, "91251008", "Physical therapy procedure")
PHYSICAL_ACTIVITY = (ACTIVITY, "PhysicalActivity", "Physical Activity")
ASSESS_PLAN = ("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan", "")


def as_bundle(record: Row) -> Json:
    """A collection: the person first, then what was planned, wanted, done, felt and answered."""
    writer = _Bundle(record)
    resources = [
        writer.patient(),
        *writer.goals(),
        *writer.requests(),
        *writer.care_plans(),
        *writer.diary(),
        *writer.sessions(),
        *writer.measures(),
        *writer.screenings(),
        *writer.adverse_events(),
    ]
    entries = [{"fullUrl": writer.url(r["id"]), "resource": r} for r in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def concept(*codings: tuple[str, str, str], text: str = "") -> Json:
    found: Json = {}
    if codings:
        found["coding"] = [
            {"system": system, "code": code, **({"display": display} if display else {})}
            for system, code, display in codings
        ]
    if text:
        found["text"] = text
    return found


def quantity(value: float, unit: str, code: str) -> Json:
    return {"value": value, "unit": unit, "system": UCUM, "code": code}


def score(value: float) -> Json:
    return quantity(value, "score", "{score}")


class _Bundle:
    def __init__(self, record: Row) -> None:
        self.record = record
        self.tables: Mapping[str, list[Row]] = record["tables"]
        self.subject = self.reference("patient")

    def rows(self, table: str) -> list[Row]:
        return self.tables.get(table, [])

    def url(self, name: str) -> str:
        """The same address for the same thing in every export of the same account."""
        owner = self.record["account"]["email"]
        return f"urn:uuid:{uuid.uuid5(SPACE, f'{owner} {name}')}"

    def reference(self, name: str) -> Json:
        return {"reference": self.url(name)}

    def patient(self) -> Json:
        account = self.record["account"]
        telecom = [{"system": "email", "value": account["email"]}]
        name = [{"text": account["name"] or account["email"]}]
        return {
            "resourceType": "Patient",
            "id": "patient",
            "active": True,
            "name": name,
            "telecom": telecom,
        }

    # What is wanted

    def goals(self) -> Iterator[Json]:
        for row in self.rows("goal"):
            lifecycle, achievement = GOAL_STATUS.get(row["status"], ("active", "in-progress"))
            found: Json = {
                "resourceType": "Goal",
                "id": f"goal-{row['n']}",
                "lifecycleStatus": lifecycle,
                "achievementStatus": concept((GOAL_ACHIEVEMENT, achievement, "")),
                "category": [concept(PHYSICAL_ACTIVITY)],
                "description": {"text": row["words"]},
                "subject": self.subject,
                "startDate": row["set_on"],
            }
            yield found | ({"statusDate": row["reached_on"]} if row["reached_on"] else {})

    def _goal_links(self) -> list[Json]:
        return [self.reference(f"goal-{row['n']}") for row in self.rows("goal")]

    # What is planned

    def requests(self) -> Iterator[Json]:
        """Each version of the program as an exercise prescription."""
        last = {row["program"]: row["n"] for row in self._versions()}
        ended = {row["n"] for row in self.rows("program") if row["ended_on"]}
        for row in self._versions():
            plan = row["output"]
            runs = last[row["program"]] == row["n"] and row["program"] not in ended
            yield _filled(
                {
                    "resourceType": "ServiceRequest",
                    "id": f"plan-{row['n']}",
                    "extension": [
                        {"url": PERTAINS_TO_GOAL, "valueReference": goal}
                        for goal in self._goal_links()
                    ],
                    "status": _request_status(plan, is_running=runs),
                    "intent": "order",
                    "category": [concept(PHYSICAL_ACTIVITY), concept(PHYSICAL_THERAPY)],
                    "code": concept(THERAPY),
                    "subject": self.subject,
                    "occurrencePeriod": {"start": row["made_on"]},
                    "authoredOn": row["made_at"],
                    "requester": {"display": f"Backrelief, rule set {row['rule_set']}"},
                    "reasonCode": [{"text": "Low back pain"}],
                    "patientInstruction": "\n".join(_doses(plan)) or "No exercises for now.",
                }
            )

    def _versions(self) -> list[Row]:
        rows = [row for row in self.rows("program_version") if isinstance(row["output"], dict)]
        return sorted(rows, key=lambda row: (row["program"], row["number"]))

    def care_plans(self) -> Iterator[Json]:
        for row in self.rows("program"):
            plans = [v["n"] for v in self._versions() if v["program"] == row["n"]]
            period = {"start": row["started_on"]} | (
                {"end": row["ended_on"]} if row["ended_on"] else {}
            )
            title = "Home exercise program for low back pain"
            yield _filled(
                {
                    "resourceType": "CarePlan",
                    "id": f"program-{row['n']}",
                    "text": _narrative(title),
                    "status": "completed" if row["ended_on"] else "active",
                    "intent": "plan",
                    "category": [concept(PHYSICAL_ACTIVITY), concept(ASSESS_PLAN)],
                    "title": title,
                    "subject": self.subject,
                    "period": period,
                    "goal": self._goal_links(),
                    "activity": [{"reference": self.reference(f"plan-{n}")} for n in plans],
                }
            )

    # What was done and felt

    def diary(self) -> Iterator[Json]:
        for row in self.rows("diary_entry"):
            status = "entered-in-error" if row["deleted_at"] else "final"
            note = _note(row["note"], row["created_at"], self.subject)
            name = f"diary-{row['n']}"
            yield self._measured(
                name, PAIN, row["felt_at"], score(row["pain"]), status=status, note=note
            )

    def sessions(self) -> Iterator[Json]:
        for row in self.rows("session_record"):
            if not row["finished_at"]:
                continue
            yield from self._session(row)

    def _session(self, row: Row) -> Iterator[Json]:
        """A panel of one session, and its members: what it was, how long, pain and effort."""
        name = f"session-{row['n']}"
        period = {"start": row["started_at"], "end": row["finished_at"]}
        text = "Home exercises for low back pain"
        members = [
            self._measured(f"{name}-kind", KIND, period, concept(text=text)),
            self._measured(f"{name}-minutes", DURATION, period, _minutes(row)),
        ]
        extra = []
        for key, moment in (("pain_before", "started_at"), ("pain_after", "finished_at")):
            if row[key] is not None:
                label = f"{name}-{key.replace('_', '-')}"
                extra.append(self._measured(label, PAIN, row[moment], score(row[key])))
        if row["effort"] is not None:
            effort = self._measured(f"{name}-effort", None, period, score(row["effort"]))
            extra.append({**effort, "code": concept(text="Effort, 0 to 10")})
        panel = self._measured(name, PANEL, period, None)
        panel["hasMember"] = [self.reference(m["id"]) for m in (*members, *extra)]
        yield from (panel, *members, *extra)

    def _measured(
        self,
        name: str,
        code: tuple[str, str, str] | None,
        when: str | Json,
        value: Json | None,
        *,
        status: str = "final",
        note: list[Json] | None = None,
    ) -> Json:
        is_activity = code in (PANEL, KIND, DURATION)
        kind = "activity" if is_activity else "survey"
        category = [concept((OBSERVATION_CATEGORY, kind, kind.title()))]
        if is_activity:
            category.append(concept(PHYSICAL_ACTIVITY))
        found: Json = {
            "resourceType": "Observation",
            "id": name,
            "status": status,
            "category": category,
            "code": concept(code) if code else {},
            "subject": self.subject,
            ("effectiveDateTime" if isinstance(when, str) else "effectivePeriod"): when,
            "performer": [self.subject],
        }
        if value is not None:
            found["valueQuantity" if "value" in value else "valueCodeableConcept"] = value
        return found | ({"note": note} if note else {})

    # What was asked and answered

    def measures(self) -> Iterator[Json]:
        """Each measure's score as an observation, with the answers that it was counted from."""
        for row in self.rows("measure_result"):
            name, when = f"measure-{row['n']}", row["taken_at"]
            status = "entered-in-error" if row["deleted_at"] else "completed"
            yield self._answers(name, row["name"], when, _by_key(row["items"]), status)
            if row["score"] is not None:
                yield self._score(f"{name}-score", row, name)

    def _score(self, name: str, row: Row, answers: str) -> Json:
        status = "entered-in-error" if row["deleted_at"] else "final"
        found = self._measured(name, None, row["taken_at"], score(row["score"]), status=status)
        code = concept(text=f"Score of {row['name']}")
        return {**found, "code": code, "derivedFrom": [self.reference(answers)]}

    def screenings(self) -> Iterator[Json]:
        for row in self.rows("screening"):
            title = f"Check for warning signs ({row['kind']})"
            yield self._answers(f"screening-{row['n']}", title, row["at"], row["answers"])

    def _answers(
        self, name: str, title: str, when: str, answers: Any, status: str = "completed"
    ) -> Json:
        return _filled(
            {
                "resourceType": "QuestionnaireResponse",
                "id": name,
                "text": _narrative(title),
                "status": status,
                "subject": self.subject,
                "authored": when,
                "source": self.subject,
                "item": list(_items(answers)),
            }
        )

    def adverse_events(self) -> Iterator[Json]:
        """Pain that stopped an exercise, and sessions that a sign or the person stopped."""
        sessions = {row["n"]: row for row in self.rows("session_record")}
        for row in self.rows("exercise_record"):
            if row["is_red"]:
                when = row["done_at"] or sessions[row["session"]]["started_at"]
                text = f"Pain stopped the exercise {row['slug']} ({row['variant']})"
                yield self._adverse(f"exercise-{row['n']}", text, when)
        for number, row in sessions.items():
            if row["was_stopped"]:
                when = row["finished_at"] or row["left_at"] or row["started_at"]
                yield self._adverse(f"stopped-{number}", "A session was stopped early", when)

    def _adverse(self, name: str, text: str, when: str) -> Json:
        return {
            "resourceType": "AdverseEvent",
            "id": name,
            "actuality": "actual",
            "event": concept(text=text),
            "subject": self.subject,
            "date": when,
            "recorder": self.subject,
        }


GOAL_ACHIEVEMENT = "http://terminology.hl7.org/CodeSystem/goal-achievement"
GOAL_STATUS = {
    "active": ("active", "in-progress"),
    "reached": ("completed", "achieved"),
    "set_aside": ("cancelled", "not-attainable"),
}


def _request_status(plan: Row, *, is_running: bool) -> str:
    if not is_running:
        return "completed"
    return "active" if plan["program"] else "on-hold"


def _doses(plan: Row) -> Iterator[str]:
    """Each exercise with its dose in a line."""
    for item in plan["program"]["exercises"] if plan["program"] else []:
        dose = f"{item['sets']} × {item['reps'] or 1}"
        hold = f", hold {item['hold_seconds']} s" if item["hold_seconds"] else ""
        side = ", each side" if item["per_side"] else ""
        yield f"{item['slug']} ({item['variant']}): {dose}{hold}{side}"


def _minutes(row: Row) -> Json:
    start, end = (datetime.fromisoformat(row[k]) for k in ("started_at", "finished_at"))
    return quantity(round((end - start).total_seconds() / 60, 1), "min", "min")


def _note(text: str, when: str, author: Json) -> list[Json]:
    return [{"authorReference": author, "time": when, "text": text}] if text.strip() else []


def _narrative(text: str) -> Json:
    div = f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{escape(text)}</p></div>'
    return {"status": "generated", "div": div}


def _by_key(items: Any) -> Any:
    """A measure's answers by their key, as far as each has one of its own."""
    try:
        found = {str(item["key"]): item["value"] for item in items}
    except (KeyError, TypeError):
        return items
    return found if len(found) == len(items) else items


def _items(answers: Any, path: str = "") -> Iterator[Json]:
    """Answers as items; a group of answers as an item with items."""
    pairs: Iterable[tuple[str, Any]]
    if isinstance(answers, Mapping):
        pairs = sorted((str(key), value) for key, value in answers.items())
    elif isinstance(answers, list):
        pairs = [(str(n), value) for n, value in enumerate(answers, 1)]
    else:
        return
    for key, value in pairs:
        link = f"{path}.{key}" if path else key
        if isinstance(value, Mapping) or (isinstance(value, list) and _has_groups(value)):
            yield _filled({"linkId": link, "item": list(_items(value, link))})
        else:
            yield _filled({"linkId": link, "answer": list(_given(value))})


def _has_groups(value: list[Any]) -> bool:
    return any(isinstance(part, Mapping | list) for part in value)


def _given(value: Any) -> Iterator[Json]:
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, bool):
            yield {"valueBoolean": part}
        elif isinstance(part, int):
            yield {"valueInteger": part}
        elif isinstance(part, float):
            yield {"valueDecimal": part}
        elif isinstance(part, str) and part.strip():
            yield {"valueString": part}


def _filled(resource: Json) -> Json:
    """Without empty lists, which FHIR does not allow."""
    return {key: value for key, value in resource.items() if value != []}
