"""The tables of adaptation: every number that decides how a running program changes.

Zones and next day: R5, R6, R7, R7b. Three sessions and 15 %: conservative choices, no trial fixes them.
"""

from __future__ import annotations

from typing import Final

# These tables are new: no table that a first plan reads has changed, so RULE_SET keeps its name and
# every stored plan and digest stays valid. Adapted plans carry this name in their digest.
ADAPTATION: Final = "backrelief-adaptation-2026.1"
