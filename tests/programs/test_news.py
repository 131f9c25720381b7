"""What changed, in words: nothing that led to a change is kept from the person."""

from programs.news import Names, said_of

NAMES = Names({"bird-dog": "Bird-Dog"}, {})


def change(what, before, after, rule, text):
    reason = {"rule": rule, "text": text}
    return {
        "slug": "bird-dog",
        "what": what,
        "from": before,
        "to": after,
        "harder": False,
        "reason": reason,
    }


def test_an_exercise_that_changed_for_two_reasons_tells_both():
    fewer = change("sets", 2, 1, "gap-8-14", "You had a break.")
    held = change("flags", [], ["both_hands"], "E17", "You told us about a fall.")
    (said,) = said_of([fewer, held], NAMES)
    assert said.sentence == "Bird-Dog: 1 set."
    assert said.reason == "You had a break. You told us about a fall."


def test_one_reason_for_several_changes_is_told_once():
    rows = [change(what, 2, 1, "gap-8-14", "You had a break.") for what in ("sets", "reps")]
    assert said_of(rows, NAMES)[0].reason == "You had a break."
