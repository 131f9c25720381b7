"""What happened, and how it is going: sessions, diary, alerts, measures, goals and their sums."""

from progress.columns import scale
from progress.export.models import Erasure, ImportedRecord
from progress.models.alerts import Alert, AlertQuerySet, AlertStep
from progress.models.choices import TodayChoice
from progress.models.diary import FEELINGS, DiaryEntry, DiaryQuerySet, DiaryRevision, Feelings
from progress.models.outcomes import (
    BOUNDS,
    Activity,
    FlareSummary,
    Goal,
    GoalRating,
    LoadedMeasure,
    MeasureResult,
    Milestone,
    Overview,
    WeekSummary,
)
from progress.models.sessions import ExerciseRecord, SessionEvent, SessionQuerySet, SessionRecord

__all__ = [
    "BOUNDS",
    "FEELINGS",
    "Activity",
    "Alert",
    "AlertQuerySet",
    "AlertStep",
    "DiaryEntry",
    "DiaryQuerySet",
    "DiaryRevision",
    "Erasure",
    "ExerciseRecord",
    "Feelings",
    "FlareSummary",
    "Goal",
    "GoalRating",
    "ImportedRecord",
    "LoadedMeasure",
    "MeasureResult",
    "Milestone",
    "Overview",
    "SessionEvent",
    "SessionQuerySet",
    "SessionRecord",
    "TodayChoice",
    "WeekSummary",
    "scale",
]
