"""A session on a Monday morning, for somebody signed in."""

from datetime import UTC, datetime

import pytest
import time_machine

from progress import recording
from tests.factories.programs import give_program
from tests.support.session import MONDAY


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def me(client, patient):
    patient.time_zone = "UTC"
    patient.save()
    client.force_login(patient)
    return patient


@pytest.fixture
def version(library, me):
    return give_program(me, MONDAY, days=["mon", "wed", "fri"], goals=["lift my grandchild again"])


@pytest.fixture
def session(me, version):
    return recording.start_session(me, version, MONDAY, 2)
