"""The clinical rules as a function: answers and library in, a plan with its reasons out.

Pure: no clock, no chance, no database, no Django. The date and the library are parameters, and the
same parameters give the same bytes.
"""

from programs.engine.adapting import advance, begin
from programs.engine.case import Case, Change, Decision, Escalation
from programs.engine.despair import tells_of_despair
from programs.engine.events import EventFaults
from programs.engine.feedback import zone_of
from programs.engine.intake import Fault, IntakeFaults, load_json, read_intake
from programs.engine.output import canonical, decision_as_json, digest_of, plan_as_json
from programs.engine.plan import make_plan
from programs.engine.replay import replay, replay_diary
from programs.engine.rules import RULE_SET
from programs.engine.rules.adaptation import ADAPTATION
from programs.engine.screening import follow_ups, triage, triage_so_far
from programs.engine.types import (
    Dose,
    ExerciseSpec,
    Intake,
    Level,
    Library,
    Override,
    Plan,
    Precaution,
    Prescribed,
    Reason,
    Triage,
    VariantSpec,
)

__all__ = [
    "ADAPTATION",
    "RULE_SET",
    "Case",
    "Change",
    "Decision",
    "Dose",
    "Escalation",
    "EventFaults",
    "ExerciseSpec",
    "Fault",
    "Intake",
    "IntakeFaults",
    "Level",
    "Library",
    "Override",
    "Plan",
    "Precaution",
    "Prescribed",
    "Reason",
    "Triage",
    "VariantSpec",
    "advance",
    "begin",
    "canonical",
    "decision_as_json",
    "digest_of",
    "follow_ups",
    "load_json",
    "make_plan",
    "plan_as_json",
    "read_intake",
    "replay",
    "replay_diary",
    "tells_of_despair",
    "triage",
    "triage_so_far",
    "zone_of",
]
