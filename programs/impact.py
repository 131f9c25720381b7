"""Who would be touched by a library before it goes live: which running programs change, and how.

Counts, program numbers and changes in words; never a name. The rules are those of the code as it is,
so that a change of the rules shows here too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from exercises.loading import load
from programs.adapting import case_of
from programs.calendar import session_day
from programs.engine import Library, advance, decision_as_json
from programs.models import Program
from programs.news import Names, said_of
from programs.stock import library_now, library_of


@dataclass(frozen=True, slots=True)
class Impact:
    """How many programs run, and for each that would change its number and the sentences."""

    running: int
    changed: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def lines(self) -> list[str]:
        """As the command and the admin print it."""
        head = (
            f"{len(self.changed)} of {self.running} running programs would change,"
            " each at its next weekly check-in."
        )
        return [head, *(f"program {pk}: {' '.join(said)}" for pk, said in self.changed)]


def impact_of(files: Sequence[tuple[str, bytes]], *, replace: bool = False) -> Impact | None:
    """What these files would change in running programs. Nothing is written; None where they are faulty."""
    with transaction.atomic():
        report = load(files, replace=replace)
        found = None if report.faults else impact_now()
        transaction.set_rollback(True)
    return found


def impact_lines(files: Sequence[tuple[str, bytes]]) -> list[str]:
    """For the admin's page of loading."""
    found = impact_of(files)
    return found.lines if found else []


def impact_now() -> Impact:
    """What the library in the database would change in running programs."""
    running = Program.objects.filter(ended_on=None).select_related("patient__clinic", "library")
    programs = [program for program in running.order_by("pk") if program.case]
    names = Names.known()
    libraries: dict[bool, Library] = {}
    return Impact(len(programs), tuple(_changes(programs, libraries, names)))


def _changes(
    programs: Sequence[Program], libraries: dict[bool, Library], names: Names
) -> Iterator[tuple[int, tuple[str, ...]]]:
    for program in programs:
        clinic = program.patient.clinic
        extras = clinic is None or clinic.uses_extras
        if extras not in libraries:
            libraries[extras] = library_now(clinic)
        case = case_of(program)
        day = max(case.today, session_day(program.patient, timezone.now()))
        time, _ticked = advance(case, _event("tick", day.isoformat()), _now(program, libraries))
        _after, decision = advance(time, _event("library", day.isoformat()), libraries[extras])
        said = said_of(decision_as_json(decision, 0)["changes"], names)
        if said:
            yield program.pk, tuple(item.sentence for item in said)


def _now(program: Program, libraries: dict[bool, Library]) -> Library:
    """The library that the program runs on; time is let pass on it first, so that it is no news."""
    if program.library is None:
        return next(iter(libraries.values()))
    return library_of(program.library)


def _event(kind: str, day: str) -> dict[str, str]:
    return {"kind": kind, "date": day}
