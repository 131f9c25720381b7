"""Every score and threshold of the rule base, section 5, by examples counted by hand."""

import pytest

from progress import scores


@pytest.mark.parametrize(
    ("weekly", "change"),
    [
        ([], None),
        ([6], None),
        ([6, 8], None),
        ([6, 8, 4], 3),
        ([6, None, 8, None, 4], 3),
        ([2, 4, 5], -2),
    ],
)
def test_pain_is_compared_with_the_mean_of_the_first_two_weekly_scores(weekly, change):
    assert scores.nrs_change(weekly) == change


@pytest.mark.parametrize(
    ("before", "now", "is_responder"),
    [
        (6, 4, True),  # 2 points, 33 %
        (8, 6, False),  # 2 points, 25 %
        (8, 5.6, True),  # 30 % on the dot
        (3, 1.5, False),  # 50 %, but 1.5 points
        (4.3, 2.3, True),  # 2 in spite of binary fractions
        (0, 0, False),
    ],
)
def test_a_responder_falls_by_two_points_and_by_thirty_percent(before, now, is_responder):
    assert scores.is_nrs_responder(before, now) is is_responder


@pytest.mark.parametrize(
    ("ratings", "score"),
    [([3, 4, 8], 5), ([3, None, 4], 3.5), ([None, None, None], None), ([0], 0), ([], None)],
)
def test_psfs_is_the_sum_by_the_number_rated(ratings, score):
    assert scores.psfs(ratings) == score


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [(3, 5, "better"), (3, 4.9, "unclear"), (5, 3, "worse"), (13 / 3, 19 / 3, "better")],
)
def test_two_points_of_the_psfs_average_are_real(before, now, verdict):
    assert scores.psfs_verdict(before, now) == verdict


@pytest.mark.parametrize(
    ("before", "now", "verdict"), [(3, 6, "better"), (3, 5, "unclear"), (6, 3, "worse")]
)
def test_three_points_of_a_single_activity_are_real(before, now, verdict):
    assert scores.activity_verdict(before, now) == verdict


def test_peg_needs_all_three():
    assert scores.peg([6, 5, 7]) == 6
    assert scores.peg([6, None, 7]) is None
    assert scores.peg([6, 7]) is None


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (6, 5, (True, False, False)),
        (6, 4.2, (True, True, False)),
        (2, 1.4, (False, True, False)),
        (4, 6, (False, False, True)),
        (4, 5.9, (False, False, False)),
        (0, 0, (False, False, False)),
    ],
)
def test_peg_falls_by_one_possibly_by_thirty_percent_likely_and_rises_by_two(before, now, change):
    found = scores.peg_change(before, now)
    assert (found.possible, found.likely, found.alert) == change


def test_rmdq_is_the_number_of_ticks():
    ticks = {str(n): n % 3 == 0 for n in range(24)}
    assert scores.rmdq(ticks) == 8
    assert scores.rmdq({}) == 0


@pytest.mark.parametrize(
    ("baseline", "now", "verdict"),
    [
        (12, 7, "better"),
        (12, 8, "better"),  # 33 %
        (20, 15, "better"),  # 5 points, 25 %
        (12, 9, "unclear"),
        (12, 17, "worse"),
        (0, 0, "unclear"),
    ],
)
def test_five_points_or_thirty_percent_of_the_rmdq_are_real(baseline, now, verdict):
    assert scores.rmdq_verdict(baseline, now) == verdict


def test_rmdq_percent_has_no_meaning_from_zero():
    assert scores.rmdq_percent(12, 6) == 50
    assert scores.rmdq_percent(0, 3) is None


@pytest.mark.parametrize(
    ("baseline", "label"),
    [(3, "low baseline"), (4, ""), (20, ""), (21, "high baseline")],
)
def test_where_change_is_hard_to_see_the_therapist_is_told(baseline, label):
    assert scores.rmdq_label(baseline) == label


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [(3, "better"), (2, "better"), (1, "unclear"), (0, "unclear"), (-1, "unclear"), (-2, "worse")],
)
def test_overall_change_counts_from_two_on(answer, verdict):
    assert scores.overall_verdict(answer) == verdict


def test_a_licensed_measure_is_scored_by_its_file():
    assert scores.loaded_score("sum", [1, 2, None], 2) == 3
    assert scores.loaded_score("mean", [1, 2, None], 2) == 1.5
    assert scores.loaded_score("sum", [1, None, None], 2) is None
    assert scores.loaded_verdict(10, 6, 4, "lower") == "better"
    assert scores.loaded_verdict(10, 6, 4, "higher") == "worse"
