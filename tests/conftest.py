"""Set-up that the tests share."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from exercises import drawn
from exercises.figure_store import stamp
from exercises.figures import ExercisePoses
from exercises.models import Exercise
from tests.factories.accounts import link, make_clinic, make_patient, make_therapist
from tests.support.snapshot import keep, restore, snapshot_file

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = sorted(
    (ROOT / "fixtures").glob("*.json"),
    key=lambda path: ["vocabulary", "exercises", "knee-to-chest", "poses"].index(path.stem),
)


NEEDS_DATABASE = {"db", "transactional_db", "live_server", "client", "admin_client"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What never asks a database is not run again for the second one."""
    for item in items:
        asks = NEEDS_DATABASE & set(getattr(item, "fixturenames", ()))
        if not asks and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.sqlite_only)


SNAPSHOT = snapshot_file() if connection.vendor == "sqlite" else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, Any, Any]:
    """A test that empties the database leaves the library behind for the next one."""
    result = yield
    if nextitem is None:
        return result
    marker = item.get_closest_marker("django_db")
    is_emptied = bool(marker and marker.kwargs.get("transaction"))
    if is_emptied or {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())):
        with item.config.stash[blocking_manager_key].unblock():
            begin_with_the_library()
    return result


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """A kept database holds what the migrations would make."""
    if SNAPSHOT and SNAPSHOT.exists():
        connection.settings_dict["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The shipped library is loaded once; each test rolls back to it."""
    with django_db_blocker.unblock():
        begin_with_the_library()


def begin_with_the_library() -> None:
    """Makes an empty database one with the shipped library: from the kept one, else from the files.

    Whatever else is in the database goes.
    """
    if SNAPSHOT and SNAPSHOT.exists():
        restore(SNAPSHOT)
    else:
        load_fixtures()
        if SNAPSHOT:
            keep(SNAPSHOT)
    if not SHIPPED:
        SHIPPED.update(drawn.library())


def load_fixtures() -> None:
    call_command("loaddata", *map(str, FIXTURES), verbosity=0)


SHIPPED: dict[str, ExercisePoses] = {}


@pytest.fixture(autouse=True)
def _poses_as_shipped() -> Iterator[None]:
    """What a test did to the poses is rolled back in the database; forget it in memory too."""
    yield
    if SHIPPED and drawn.memory.poses is not SHIPPED:
        drawn.memory.poses, drawn.memory.stamp = SHIPPED, stamp()


@pytest.fixture
def library(db: None) -> None:
    """The exercise library as it is shipped, also after a test that emptied the database."""
    if not Exercise.objects.exists():
        load_fixtures()


@pytest.fixture
def clinic(db: None):
    return make_clinic("Hill Street Clinic")


@pytest.fixture
def patient(db: None):
    return make_patient("pat@example.org")


@pytest.fixture
def stranger(db: None):
    return make_patient("sam@example.org")


@pytest.fixture
def therapist(clinic):
    return make_therapist("tess@example.org", clinic)


@pytest.fixture
def linked(patient, therapist) -> Callable[[], None]:
    """The patient is in the therapist's care."""
    return link(patient, therapist)
