"""Section 7: what calls for a human, each number just below, at and just above."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from programs.engine.showing import is_deload
from tests.programs.engine.probes import probe
from tests.programs.engine.story import DAY_ONE, SHORT, Story


# Section 7
def daily(scores: list[float], first: int = 0) -> Story:
    story = Story.at_level(1)
    for day, score in enumerate(scores, start=first):
        story.pain(day, score)
    return story


def when(story: Story, rule: str) -> int | None:
    """At which event a rule first gave an alert, from 0."""
    for index, decision in enumerate(story.decisions):
        if rule in {alert.rule for alert in decision.alerts}:
            return index
    return None


@probe("WATCH.mean_days", [6, None])
def _() -> Any:
    return [when(daily([6] * 8), "E7"), when(daily([4, 6, 6, 6, 6, 6, 6]), "E7")]


@probe("WATCH.mean_least", [False, True])
def _() -> Any:
    return [_mean_of_entries(3), _mean_of_entries(4)]


def _mean_of_entries(count: int) -> bool:
    story = Story.at_level(1)
    story.pain(0, 6)
    for day in range(13 - count, 13):
        story.pain(day, 6)
    return story.fired("E7")


@probe("WATCH.severe", [None, 0])
def _() -> Any:
    return [when(daily([8.9]), "E5"), when(daily([9]), "E5")]


@probe("WATCH.strong", [None, 1])
def _() -> Any:
    return [when(daily([7.9, 7.9]), "E5"), when(daily([8, 8]), "E5")]


@probe("WATCH.strong_entries", [None, 1])
def _() -> Any:
    return [when(daily([8]), "E5"), when(daily([8, 8]), "E5")]


@probe("WATCH.strong_days", [True, False])
def _() -> Any:
    found = []
    for second in (3, 4):
        story = Story.at_level(1)
        story.pain(0, 8)
        story.pain(second, 8)
        found.append(story.fired("E5"))
    return found


def after_pause(*scores: float) -> bool:
    """Whether sessions go on after strong pain, a clear check and these days."""
    story = Story.at_level(1)
    story.pain(0, 9)
    story.tell("screening", 1, screening=SHORT)
    for day, score in enumerate(scores, start=2):
        story.pain(day, score)
    return story.program is not None


@probe("WATCH.paused_until_at_most", [True, False])
def _() -> Any:
    return [after_pause(7, 7), after_pause(7.1, 7)]


@probe("WATCH.calm_entries", [False, True])
def _() -> Any:
    return [after_pause(5), after_pause(5, 5)]


@probe("WATCH.far_above", [None, 5])
def _() -> Any:
    return [when(daily([6.9] * 6), "E6"), when(daily([7] * 6), "E6")]


@probe("WATCH.far_above_days", [None, 5])
def _() -> Any:
    return [when(daily([7] * 5), "E6"), when(daily([7] * 6), "E6")]


@probe("WATCH.above", [None, 6])
def _() -> Any:
    return [when(daily([5.9] * 7), "E7"), when(daily([6] * 7), "E7")]


@probe("WATCH.legs_entries", [None, 1])
def _() -> Any:
    story = Story.at_level(1)
    story.pain(0, 4, leg_symptoms_moved="further_down")
    first = when(story, "E4")
    story.pain(3, 4, leg_symptoms_moved="further_down")
    return [first, when(story, "E4")]


@probe("WATCH.legs_days", [True, False])
def _() -> Any:
    found = []
    for second in (28, 29):
        story = Story.at_level(1)
        story.pain(0, 4, leg_symptoms_moved="further_down")
        story.pain(second, 4, leg_symptoms_moved="further_down")
        found.append(story.fired("E4"))
    return found


def nights(*days: int) -> bool:
    story = Story.at_level(1)
    for day in days:
        story.tell("check_in", day, average_pain=4, poor_sleep_from_pain=True)
    return story.fired("E9")


@probe("WATCH.nights", [False, True])
def _() -> Any:
    return [nights(0, 1, 2, 3), nights(0, 1, 2, 3, 4)]


@probe("WATCH.nights_of", [True, False])
def _() -> Any:
    return [nights(0, 1, 2, 3, 6), nights(0, 1, 2, 3, 7)]


def measured(name: str, *scores: float) -> Story:
    story = Story.at_level(1)
    for day, score in enumerate(scores):
        story.tell("measure", day, measure={"name": name, "score": score})
    return story


@probe("WATCH.peg_rise", [False, True])
def _() -> Any:
    return [measured("peg", 4, 5.9).fired("E8"), measured("peg", 4, 6).fired("E8")]


@probe("WATCH.psfs_fall", [False, True])
def _() -> Any:
    return [measured("psfs", 6, 4.1).fired("E8"), measured("psfs", 6, 4).fired("E8")]


@probe("WATCH.rmdq_rise", [False, True])
def _() -> Any:
    return [measured("rmdq", 8, 12).fired("E8"), measured("rmdq", 8, 13).fired("E8")]


@probe("WATCH.much_worse", [False, True])
def _() -> Any:
    return [
        measured("overall_change", -1).fired("E21"),
        measured("overall_change", -2).fired("E21"),
    ]


@probe("WATCH.new_pain_days", [True, False])
def _() -> Any:
    found = []
    for onset in (41, 42):
        story = Story(None, onset_days=onset)
        story.pain(14, 4)
        found.append(story.fired("E10"))
    return found


@probe("WATCH.two_weeks", [False, True])
def _() -> Any:
    found = []
    for day in (13, 14):
        story = Story(None, onset_days=20)
        story.pain(10, 4)
        story.tick(day)
        found.append(story.fired("E10"))
    return found


@probe("WATCH.four_weeks", [False, True])
def _() -> Any:
    return [_time(27, "E11"), _time(28, "E11")]


@probe("WATCH.twelve_weeks", [False, True])
def _() -> Any:
    return [_time(83, "E12"), _time(84, "E12")]


def _time(day: int, rule: str, score: float = 4, **measures: tuple[float, float]) -> bool:
    story = Story()
    for name, (first, last) in measures.items():
        story.tell("measure", 0, measure={"name": name, "score": first})
        story.tell("measure", day - 2, measure={"name": name, "score": last})
    story.pain(day - 1, score)
    story.tick(day)
    return story.fired(rule)


@probe("WATCH.fall_points", [True, False])
def _() -> Any:
    found = []
    for score in (6.5, 6):
        story = Story(None, onset_days=20, pain={"now": 8, "average": 8, "worst": 8})
        story.pain(14, score)
        found.append(story.fired("E10"))
    return found


@probe("WATCH.fall_share", [True, False])
def _() -> Any:
    return [_time(28, "E11", 2.81), _time(28, "E11", 2.8)]


@probe("WATCH.psfs_gain", [True, False])
def _() -> Any:
    return [_time(28, "E11", psfs=(3, 4.9)), _time(28, "E11", psfs=(3, 5))]


@probe("WATCH.peg_share", [True, False])
def _() -> Any:
    return [_time(84, "E12", peg=(10, 7.1)), _time(84, "E12", peg=(10, 7))]


@probe("WATCH.rmdq_fall", [True, False])
def _() -> Any:
    return [_time(84, "E12", rmdq=(20, 15.5)), _time(84, "E12", rmdq=(20, 15))]


@probe("WATCH.much_better", [True, False])
def _() -> Any:
    return [
        _time(84, "E12", overall_change=(0, 1)),
        _time(84, "E12", overall_change=(0, 2)),
    ]


@probe("WATCH.doming", [None, 1])
def _() -> Any:
    story = Story.at_level(1)
    story.pain(0, 4, symptoms=["doming"])
    first = when(story, "E16")
    story.pain(2, 4, symptoms=["leaking"])
    return [first, when(story, "E16")]


@probe("WATCH.silent_days", [False, True])
def _() -> Any:
    found = []
    for day in (13, 14):
        story = Story()
        story.tick(day)
        found.append(story.fired("E19"))
    return found


@probe("WATCH.held_days", [False, True])
def _() -> Any:
    found = []
    for last in (20, 21):
        story = Story.at_level(1)
        for day in (0, 7, 14, last):
            story.tell("check_in", day, feeling="worse")
            if day < last:
                story.session(day + 1)
        found.append(story.fired("E22"))
    return found


@probe("WATCH.full_screen_days", [False, True])
def _() -> Any:
    story = Story.at_level(1)
    return ["full-check-due" in {r.rule for r in story.tick(day).reasons} for day in (27, 28)]


@probe("WATCH.well_days", [False, True])
def _() -> Any:
    story = Story.at_level(1)
    story.tell("pause", 0, reason="illness")
    story.tell("resume", 3)
    story.tick(4)
    first = story.program is not None
    story.tick(5)
    return [first, story.program is not None]


@probe("STEPS.red_share", 0.5)
def _() -> Any:
    # Pain that no exercise explains halves the work of the next session.
    story = Story.at_level(1)
    story.session(0, pain_during=8)
    return story.case.lighter[0].share


@probe("STEPS.most_out", [3, 3, 0])
def _() -> Any:
    # One exercise after the other sends pain down the leg: two are replaced, after the third all stops.
    story = Story.at_level(1, minutes=8)
    left = []
    for day in (0, 1, 2):
        story.session(day, exercises=[{"slug": story.slugs[-1], "leg_spread": True}])
        left.append(len(story.slugs))
    return left


@probe("DELOAD.asked_days", [True, False])
def _() -> Any:
    story = Story.at_level(1)
    story.tell("lighter_week", 0)
    return [is_deload(story.case, DAY_ONE + timedelta(days=day)) for day in (6, 7)]


@probe("WATCH.correctable_days", [[2.0], [9.0]])
def _() -> Any:
    found = []
    for day in (35, 36):
        story = Story.at_level(1)
        story.tell("pain", 0, id="a", average_pain=9)
        story.tell("pain", 0, id="b", average_pain=2)
        story.tell("pain", day, average_pain=3)
        earlier = DAY_ONE.isoformat()
        story.tell("corrected", day, of="a", on=earlier, average_pain=1)
        found.append([p.score for p in story.case.pains if p.date == DAY_ONE])
    return found


@probe("WATCH.late_days", [True, False])
def _() -> Any:
    found = []
    for day in (28, 29):
        story = Story.at_level(1)
        story.tick(day)
        story.pain(day, 9, on=DAY_ONE.isoformat())
        found.append(story.fired("E5"))
    return found
