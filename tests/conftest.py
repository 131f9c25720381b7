"""Set-up that the tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = sorted(
    (ROOT / "fixtures").glob("*.json"),
    key=lambda path: ["vocabulary", "exercises", "knee-to-chest"].index(path.stem),
)


@pytest.fixture
def library(db: None) -> None:
    """The exercise library as it is shipped."""
    call_command("loaddata", *map(str, FIXTURES), verbosity=0)


@pytest.fixture
def clinic(db: None):
    from tests.factories.accounts import make_clinic

    return make_clinic("Hill Street Clinic")


@pytest.fixture
def patient(db: None):
    from tests.factories.accounts import make_patient

    return make_patient("pat@example.org")


@pytest.fixture
def stranger(db: None):
    from tests.factories.accounts import make_patient

    return make_patient("sam@example.org")


@pytest.fixture
def therapist(clinic):
    from tests.factories.accounts import make_therapist

    return make_therapist("tess@example.org", clinic)


@pytest.fixture
def linked(patient, therapist) -> Callable[[], None]:
    """The patient is in the therapist's care."""
    from tests.factories.accounts import link

    return link(patient, therapist)
