"""The rule set: versioned data, kept for ever, importable alone.

A change of any table here is a new rule set with a new name; programs made with the old one keep it.
"""

from programs.engine.rules.doses import DOSES, LADDER
from programs.engine.rules.matrix import MATRIX
from programs.engine.rules.tables import (
    CLASSES,
    CONDITIONS,
    EASED_BY,
    EXTRAS,
    KINDS,
    LEVELS,
    ONLY_IF_EASES,
    START_LOW,
    STRENGTH,
)

RULE_SET = "backrelief-2026.1"

__all__ = [
    "CLASSES",
    "CONDITIONS",
    "DOSES",
    "EASED_BY",
    "EXTRAS",
    "KINDS",
    "LADDER",
    "LEVELS",
    "MATRIX",
    "ONLY_IF_EASES",
    "RULE_SET",
    "START_LOW",
    "STRENGTH",
]
