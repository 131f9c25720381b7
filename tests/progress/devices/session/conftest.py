"""A Monday at noon, with a plan for it, and a device that has the network again."""

import pytest
import time_machine

from tests.factories.programs import give_program
from tests.support.device import NOON
from tests.support.session import MONDAY


@pytest.fixture(autouse=True)
def monday_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def me(client, patient):
    patient.time_zone = "UTC"
    patient.save()
    client.force_login(patient)
    return patient


@pytest.fixture
def version(library, me):
    return give_program(me, MONDAY, days=["mon", "wed", "fri"])
