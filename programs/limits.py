"""How far a person goes in a movement, as a therapist set it: a limit belongs to a program.

It outlives every new version of that program, for versions are made by rules and the limit was
made by somebody who looked. It ends with the program or when a therapist takes it back. The next
program of the same person begins with the limits that stood, marked as carried over: a limit that
lapsed by itself would let a person go further than anybody said. What stands is also written with
the person, where every page that draws a figure finds it without a query.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from backrelief.accounts.models import User
from exercises.ranges import WORDS
from programs.models import Program, RangeLimit


def limited_program(patient: User) -> Program | None:
    """The program that a limit would belong to; None where none runs."""
    return Program.objects.owned_by(patient).filter(ended_on=None).first()


def standing_limits(program: Program) -> dict[str, RangeLimit]:
    """The limits that hold, by the exercise's short name."""
    found = program.range_limits.filter(taken_back_on=None).select_related("set_by")
    return {limit.exercise: limit for limit in found}


@transaction.atomic
def set_limit(program: Program, slug: str, percent: int, by: User, day: date) -> None:
    """Sets the limit of one exercise, or takes it back with 100. What held before stays on record."""
    Program.objects.select_for_update().get(pk=program.pk)  # two therapists, one after the other
    program.range_limits.filter(exercise=slug, taken_back_on=None).update(taken_back_on=day)
    if percent in WORDS:
        program.range_limits.create(exercise=slug, percent=percent, set_by=by, set_on=day)
    show_limits(program)


@transaction.atomic
def carry_limits(program: Program) -> None:
    """Begins a program with the limits that stood in the one before it."""
    before = (
        Program.objects.filter(patient=program.patient)
        .exclude(pk=program.pk)
        .order_by("-started_on", "-pk")
        .first()
    )
    if before:
        for limit in standing_limits(before).values():
            limit.pk, limit.program, limit.is_carried_over = None, program, True
            limit.save(force_insert=True)
    show_limits(program)


def show_limits(program: Program) -> None:
    """Writes what stands with the person, for the figures."""
    shown = {slug: {"percent": row.percent} for slug, row in standing_limits(program).items()}
    if program.patient.range_limits != shown:
        program.patient.range_limits = shown
        program.patient.save(update_fields=["range_limits"])
