"""What happened, told to the running program: sessions, entries, measures, what a person asks for.

Each thing is told once: its token comes from the record itself. Alerts are taken up in the same step.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from backrelief.accounts.models import User
from programs.adapting import tell_program
from programs.engine import tells_of_despair
from programs.engine.flare import STARTED
from programs.engine.rules.adaptation import STEPS
from programs.engine.rules.escalations import ESCALATIONS, TOLD_IN_SESSION
from programs.models import ProgramEvent
from progress import alerts
from progress.forms import CHEST, DIZZY, FALL, HEAD, NUMB, PELVIC, PREGNANCY
from progress.models import (
    Alert,
    DiaryEntry,
    DiaryRevision,
    ExerciseRecord,
    MeasureResult,
    SessionRecord,
    TodayChoice,
)

# What the rules know by name; other measures are for the charts alone.
MEASURES = ("psfs", "peg", "rmdq", "overall_change")
# What fits into a token beside a session's.
LONGEST_SLUG = 38


@transaction.atomic
def tell(
    patient: User, kind: str, day: date, *, token: str = "", by: User | None = None, **payload: Any
) -> ProgramEvent | None:
    """Tells the program and opens the alerts that follow. None where no program runs."""
    event = tell_program(patient, kind, day, payload, token, by=by)
    if event and event.collected_at is None:
        _tell_of_flare(patient, event)
        if event.has_alerts:
            alerts.collect([patient])
    return event


def _tell_of_flare(patient: User, event: ProgramEvent) -> None:
    """A flare-up that begins: the therapist reads of it, and nobody has to act. Once an event."""
    begins = any(reason["rule"] == STARTED.rule for reason in event.outcome["reasons"])
    if not begins:
        return
    text = f"A flare-up began on {event.day:%b %d}: calm plan for three days, then one level down."
    alerts.raise_alert(patient, "flare", Alert.Priority.P4, therapist_text=text)
    if not event.has_alerts:
        event.collected_at = timezone.now()
        event.save(update_fields=["collected_at"])


def session_token(session: SessionRecord) -> str:
    """Under this token the program hears of a session, once, and on another installation too.

    No token is made of a row's number: the record may be brought in where that is another row's.
    """
    return f"session:{session.token}"


def tell_session(session: SessionRecord, leg_in: str = "") -> ProgramEvent | None:
    """A session that is over: what was done of it, pain, effort, and what hurt.

    One that was left without anything done tells nothing. ``leg_in`` names the exercise in which pain
    spread to the leg.
    """
    exercises = list(session.exercises.all())
    hurt = any(item.pain_during is not None for item in exercises)
    if not (hurt or leg_in or any(item.sets_done for item in exercises)):
        return None
    known: dict[str, Any] = {
        "pain_before": _before(session),
        "pain_during": _worst(session, exercises),
        "pain_after": session.pain_after,
        "effort": session.effort,
        "completed_fraction": _share_done(session, exercises),
        "text": session.note or None,
    }
    return tell(
        session.patient,
        "session",
        session.day,
        token=session_token(session),
        exercises=[_exercise(item, leg_in) for item in exercises],
        **{name: value for name, value in known.items() if value is not None},
    )


def _before(session: SessionRecord) -> int | None:
    """Pain before the session; where it was passed over, what the diary said last on that day."""
    if session.pain_before is not None:
        return session.pain_before
    mine = DiaryEntry.objects.owned_by(session.patient).alive().filter(day=session.day)
    earlier = mine.filter(felt_at__lte=session.finished_at or session.started_at)
    return earlier.values_list("pain", flat=True).first()


def _worst(session: SessionRecord, exercises: list[ExerciseRecord]) -> int | None:
    """The worst pain during the session. Where nothing hurt, it was no worse than before or after."""
    told = [item.pain_during for item in exercises if item.pain_during is not None]
    loose = session.events.filter(kind="hurts", content__slug="").values_list("content", flat=True)
    told += [content["pain"] for content in loose if content["pain"] is not None]
    before = _before(session)
    if session.finished_at and before is not None and session.pain_after is not None:
        told += [session.pain_after]
    return max(told, default=None)


def _share_done(session: SessionRecord, exercises: list[ExerciseRecord]) -> float | None:
    """The share of the sets asked for that were done, 0 to 1.

    None where it says nothing about the plan: the session was left, or made shorter by choice.
    """
    planned = sum(item.sets_planned for item in exercises)
    if session.finished_at is None or not planned:
        return None
    share = round(sum(item.sets_done for item in exercises) / planned, 3)
    chosen = TodayChoice.objects.owned_by(session.patient).filter(day=session.day)
    is_short = chosen.filter(minutes__isnull=False).exists()
    return None if is_short and share >= STEPS.completed else share


def _exercise(item: ExerciseRecord, leg_in: str = "") -> dict[str, Any]:
    told: dict[str, Any] = {"slug": item.slug, "skipped": item.was_skipped and not item.is_red}
    if item.pain_during is not None:
        told["pain_during"] = item.pain_during
    if item.feeling == ExerciseRecord.Feeling.SHARP:
        told["sharp"] = True
    if item.slug == leg_in:
        told["leg_spread"] = True
    return told


def tell_hurt(item: ExerciseRecord) -> ProgramEvent | None:
    """Pain in an exercise that is told after its session was over."""
    token = f"hurt:{item.session.token}:{item.order}:{item.pain_during}:{item.feeling}"
    told = {key: value for key, value in _exercise(item).items() if key != "skipped"}
    return _tell_more(item.session, "hurt", token, exercises=[told])


def tell_leg(session: SessionRecord, slug: str) -> ProgramEvent | None:
    """Pain that went down the leg in an exercise, told after the session was over."""
    token = f"leg:{session.token}:{slug[:LONGEST_SLUG]}"
    told = {"slug": slug, "leg_spread": True}
    return _tell_more(session, "hurt", token, exercises=[told])


def tell_ending(session: SessionRecord) -> ProgramEvent | None:
    """How a session ended that the program heard of when it was left."""
    share = _share_done(session, list(session.exercises.all()))
    told = {"completed_fraction": share, **_ending(session, session.pain_after, session.effort)}
    return _tell_more(session, "corrected", f"ending:{session.token}", text=session.note, **told)


def tell_other_ending(
    session: SessionRecord, token: str, pain_after: int, effort: int, note: str
) -> ProgramEvent | None:
    """Another device's ending of the same session: the stronger pain and the harder effort count."""
    told = _ending(session, pain_after, effort)
    return _tell_more(session, "corrected", f"ending:{token}", text=note, **told)


def tell_loose(session: SessionRecord, token: str, pain: int) -> ProgramEvent | None:
    """Pain (0–10) in warm-up or cool-down; before the session is over it is told with the session."""
    if session.finished_at is None and session.left_at is None:
        return None
    worst = max(pain, _worst(session, list(session.exercises.all())) or 0)
    return _tell_more(session, "corrected", f"loose:{token}", pain_during=worst)


def tell_rounds(session: SessionRecord, token: str) -> ProgramEvent | None:
    """Rounds that a device told of after the ending."""
    share = _share_done(session, list(session.exercises.all()))
    if share is None:
        return None
    return _tell_more(session, "corrected", f"rounds:{token}", completed_fraction=share)


def _ending(
    session: SessionRecord, pain_after: int | None, effort: int | None
) -> dict[str, int | None]:
    known = _before(session) is not None
    return {
        "pain_after": pain_after,
        "pain_during": pain_after if known else None,
        "effort": effort,
    }


def _tell_more(session: SessionRecord, kind: str, token: str, **told: Any) -> ProgramEvent | None:
    """More about a session that the program has heard of; the whole of it where it has not."""
    if not ProgramEvent.objects.owned_by(session.patient).filter(token=session_token(session)):
        return tell_session(session)
    known = {name: value for name, value in told.items() if value not in (None, "")}
    of = session_token(session)
    return tell(session.patient, kind, session.day, token=token, of=of, **known)


# What the rules call the signs of a session's buttons. Doming, leaking and heaviness count as one.
SYMPTOM_OF = {
    CHEST: "chest_sign",
    HEAD: "head_sign",
    NUMB: "nerve_sign",
    PREGNANCY: "pregnancy_sign",
    DIZZY: "dizzy",
    PELVIC: "doming",
}


def tell_sign(patient: User, day: date, token: str, sign: str) -> None:
    """A stop sign: the program stops or waits, and the therapist hears of it at once (E2, E15–E17).

    ``token`` is the session's: the same sign of one session is told once.
    """
    if sign == FALL:
        tell_fall(patient, day, token)
    elif sign in SYMPTOM_OF:
        symptom = SYMPTOM_OF[sign]
        if _tell_symptom(patient, day, f"{sign}:{token}", symptom) is None:
            _tell_without_program(patient, symptom)


def _tell_without_program(patient: User, symptom: str) -> None:
    """Nothing is left to stop; the therapist hears of the sign all the same."""
    if symptom in TOLD_IN_SESSION:
        rule, text = TOLD_IN_SESSION[symptom]
        told = ESCALATIONS[rule].therapist.format(detail=text.rstrip("."))
        alerts.raise_alert(patient, rule, "P1", therapist_text=told)


def _tell_symptom(patient: User, day: date, token: str, symptom: str) -> ProgramEvent | None:
    return tell(patient, "pain", day, token=token, symptoms=[symptom])


def tell_fall(patient: User, day: date, token: str) -> None:
    """A fall (E17): harder steps wait, support from now on, and the therapist hears of it, plan or not."""
    if _tell_symptom(patient, day, f"fall:{token}", "fall") is None:
        rule = ESCALATIONS["E17"]
        alerts.raise_alert(
            patient,
            "E17",
            rule.priority,
            therapist_text=rule.therapist,
            patient_text=rule.patient,
        )


def entry_token(entry: DiaryEntry) -> str:
    """Under this token the program hears of an entry, once."""
    return f"entry:{entry.token}"


def tell_entry(entry: DiaryEntry, *, none_new: bool = False) -> ProgramEvent | None:
    """A diary entry, or the pain on the morning after a session; with the clear short check on it."""
    told = {**_says(entry), "text": entry.note} if entry.note else _says(entry)
    if none_new:
        told["none_new"] = True
    kind = "next_morning" if entry.is_next_morning else "pain"
    return tell(entry.patient, kind, entry.day, token=entry_token(entry), **told)


def tell_correction(entry: DiaryEntry, before: DiaryRevision) -> ProgramEvent | None:
    """An entry that says something else now, or nothing any more."""
    told: dict[str, Any] = {} if entry.deleted_at else _says(entry)
    if told and entry.note and entry.note != before.note:
        told["text"] = entry.note
    # Two changes may fall into one moment: the number of what it said before tells them apart.
    token = f"corrected:{entry.token}:{entry.revisions.count()}"
    return tell(entry.patient, "corrected", entry.day, token=token, of=entry_token(entry), **told)


def _says(entry: DiaryEntry) -> dict[str, Any]:
    """What an entry says, in the words of the rules; its note apart."""
    told: dict[str, Any] = {}
    if entry.sleep_lost_to_pain:
        told["poor_sleep_from_pain"] = True
    if entry.cannot_do_daily_tasks:
        told["cannot_do_daily_tasks"] = True
    if entry.leg_symptoms:
        told["leg_symptoms_moved"] = entry.leg_symptoms
    if entry.pelvic:
        told["symptoms"] = list(entry.pelvic)
    if entry.is_next_morning:
        return told | {"pain_next_morning": entry.pain}
    return told | {"average_pain": entry.pain, "now": entry.pain}


def hear_text(patient: User, text: str) -> bool:
    """Whether a text may tell of despair (E20): then the therapist hears of it, program or not.

    Whoever shows the answer shows the crisis page at once where this is true.
    """
    if not tells_of_despair(text):
        return False
    rule = ESCALATIONS["E20"]
    alerts.raise_alert(
        patient, "E20", rule.priority, therapist_text=rule.therapist, patient_text=rule.patient
    )
    return True


def stays(event: ProgramEvent | None) -> str:
    """Why a correction opens nothing, in a sentence; empty where nothing was stopped."""
    reasons = event.outcome["reasons"] if event else []
    return next((item["text"] for item in reasons if item["rule"] == "corrected-stays"), "")


def tell_measure(result: MeasureResult) -> ProgramEvent | None:
    """The score of a measure that the rules know; one without a score tells nothing."""
    if result.score is None or result.name not in MEASURES:
        return None
    measure = {"name": result.name, "score": result.score}
    token = measure_token(result)
    return tell(result.patient, "measure", result.day, token=token, measure=measure)


def tell_deleted_measure(result: MeasureResult) -> ProgramEvent | None:
    """A score that was taken back counts no more. None where the program never heard of it."""
    of = measure_token(result)
    if not ProgramEvent.objects.owned_by(result.patient).filter(token=of):
        return None
    return tell(result.patient, "corrected", result.day, token=f"gone:{result.token}", of=of)


def measure_token(result: MeasureResult) -> str:
    """Under this token the program hears of a score, once."""
    return f"measure:{result.token}"
