"""The path of finished sessions."""

import pytest

from progress.cairns import path_of


@pytest.mark.parametrize(
    ("done", "passed", "ahead", "to_go", "is_at_cairn"),
    [
        (0, 0, 1, 1, False),
        (1, 1, 5, 4, True),
        (4, 1, 5, 1, False),
        (5, 5, 10, 5, True),
        (28, 20, 30, 2, False),
        (50, 50, 75, 25, True),
        (74, 50, 75, 1, False),
        (130, 125, 150, 20, False),
    ],
)
def test_where_somebody_stands_between_two_cairns(done, passed, ahead, to_go, is_at_cairn):
    path = path_of(done)
    assert (path.passed, path.ahead, path.to_go, path.is_at_cairn) == (
        passed,
        ahead,
        to_go,
        is_at_cairn,
    )


def test_each_stretch_shows_one_pebble_as_here_and_ten_at_most():
    for done in range(400):
        states = [pebble.state for pebble in path_of(done).pebbles]
        assert states.count("here") == 1
        assert len(states) <= 10
        assert states == sorted(states, key=["done", "here", "todo"].index)


def test_sessions_done_since_the_cairn_are_never_shown_as_none():
    assert [p.state for p in path_of(51).pebbles][:2] == ["done", "here"]
    assert [p.state for p in path_of(3).pebbles] == ["done", "done", "here", "todo"]


def test_pebbles_stay_inside_the_drawing():
    for done in range(60):
        assert all(20 <= p.x <= 340 and 140 <= p.y <= 230 for p in path_of(done).pebbles)
