"""The library is complete and true to the clinical rules. Only files are read, so that a
fault is found before any database is.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import Any

import pytest

from tests.support.fixture_files import (
    FILES,
    LIBRARY,
    ROOT,
    SLUGS,
    fields,
    owner,
    records,
    steps_of,
    ways,
)

VARIANTS = {
    "cat-cow": "chair counter forearm | floor | circle",
    "childs-pose": "chair_lean cushioned | full | walk_hands",
    "pelvic-tilt": "bed seated wall handsknees | floor | heel_slide",
    "bridge": "squeeze mini | full | march",
    "seated-forward-bend": "chair_half | chair_full | floor",
    "bird-dog": "counter leg_slide forearm_leg | single_limb | full",
    "cobra": "prone_lie standing sphinx | half_press | full_press",
    "torso-twist": "small | full_range | held",
    "side-plank": "wall | knees | feet",
    "standing-hamstring-stretch": "seated strap_lying | low_step | high_step",
    "knee-to-chest": "seated | single | double",
}
DRAWN = {"exercises.scene", "exercises.pose"}
STRENGTH = {"pelvic-tilt", "bridge", "bird-dog", "side-plank"}
NOTES_WANTED = {
    "benefit": range(2, 4),
    "feel": range(2, 3),
    "not_feel": range(2, 4),
    "mistake": range(2, 3),
    "safety": range(3, 5),
}
FLAG_WORDS = {
    "no_round": r"\bround(?:ing)?\b",
    "no_sag": r"\b(?:sag|arch|dip)\w*\b",
    "both_hands": r"\bboth hands\b",
}


class TestComplete:
    def test_ten_exercises_and_one_extra(self) -> None:
        found = {entry["slug"]: entry["is_extra"] for entry in fields("exercise")}
        assert found == {slug: slug == "knee-to-chest" for slug in SLUGS}
        by_order = sorted(fields("exercise"), key=lambda entry: entry["order"])
        assert [entry["slug"] for entry in by_order] == list(SLUGS)

    def test_strength_and_control_are_exactly_four(self) -> None:
        strong = {entry["slug"] for entry in fields("exercise") if entry["kind"] == "strength"}
        assert strong == STRENGTH

    @pytest.mark.parametrize("slug", SLUGS)
    def test_variants_stand_in_their_columns_from_easy_to_hard(self, slug: str) -> None:
        found = sorted(
            (entry for entry in fields("variant") if owner(entry) == slug),
            key=lambda entry: entry["order"],
        )
        columns = defaultdict(list)
        for entry in found:
            columns[entry["rung"]].append(entry["key"])
        row = " | ".join(" ".join(columns[rung]) for rung in ("easier", "standard", "harder"))
        assert row == VARIANTS[slug]
        assert [entry["order"] for entry in found] == list(range(1, len(found) + 1))

    @pytest.mark.parametrize(("slug", "key"), ways(), ids="/".join)
    def test_each_variant_has_two_to_six_steps_in_order(self, slug: str, key: str) -> None:
        orders = [entry["order"] for entry in fields("step") if entry["variant"] == [slug, key]]
        assert 2 <= len(orders) <= 6
        assert sorted(orders) == list(range(1, len(orders) + 1))

    def test_no_two_variants_share_their_words(self) -> None:
        told = Counter((slug, tuple(steps_of(slug, key))) for slug, key in ways())
        summaries = Counter((owner(entry), entry["summary"]) for entry in fields("variant"))
        assert max(told.values()) == 1
        assert max(summaries.values()) == 1

    @pytest.mark.parametrize("slug", SLUGS)
    def test_each_exercise_has_notes_of_every_kind(self, slug: str) -> None:
        counted = Counter(entry["kind"] for entry in fields("note") if owner(entry) == slug)
        assert set(counted) == set(NOTES_WANTED)
        assert {
            kind for kind, wanted in NOTES_WANTED.items() if counted[kind] not in wanted
        } == set()

    @pytest.mark.parametrize("slug", SLUGS)
    def test_leg_symptoms_are_named_where_feelings_are(self, slug: str) -> None:
        warned = [entry["text"] for entry in fields("note") if owner(entry) == slug]
        assert sum("down a leg" in text for text in warned) == 1
        assert sum("moves down your leg" in text for text in warned) == 1

    @pytest.mark.parametrize("slug", SLUGS)
    def test_the_stop_signs_stand_in_the_safety_notes(self, slug: str) -> None:
        safety = " ".join(
            entry["text"]
            for entry in fields("note")
            if owner(entry) == slug and entry["kind"] == "safety"
        )
        signs = (
            "numb between your legs",
            "leg turns weak",
            "moves down your leg",
            "chest pain",
            "faintness",
            "sudden bad headache",
            "change in sight",
            "bleeding",
            "leaking fluid",
            "tightenings",
        )
        assert [sign for sign in signs if sign not in safety] == []

    def test_sides_are_named_and_switched_where_a_variant_has_sides(self) -> None:
        sided = [
            (owner(entry), entry["key"]) for entry in fields("variant") if entry["is_per_side"]
        ]
        assert len(sided) == 18
        untold = [
            way
            for way in sided
            if not {"left", "right"} <= set(re.findall(r"\w+", " ".join(steps_of(*way)).lower()))
        ]
        assert untold == []

    def test_nobody_who_cannot_get_down_is_sent_to_the_floor(self) -> None:
        places = {(owner(entry), entry["key"]): entry["positions"] for entry in fields("variant")}
        stuck = [
            (owner(entry), key)
            for entry in fields("precaution")
            if entry["condition"] == ["floor_difficulty"]
            for key in entry["variants"]
            if set(places[owner(entry), key]) == {"floor"}
        ]
        assert stuck == []


class TestTrueToTheRules:
    def test_the_matrix_is_the_clinical_one(self) -> None:
        typed = json.loads((ROOT / "tests/data/matrix.json").read_text("utf-8"))
        wanted = {
            (slug, condition): ("exclude", [], []) if rule == "X" else modified(rule)
            for condition, row in typed.items()
            for slug, rule in row["rules"].items()
        }
        found = {
            (owner(entry), entry["condition"][0]): (
                entry["code"],
                sorted(entry["variants"]),
                entry["flags"],
            )
            for entry in fields("precaution")
        }
        assert len(wanted) == 179
        assert found == wanted

    def test_a_flag_is_put_into_words(self) -> None:
        unsaid = [
            (owner(entry), entry["condition"], flag)
            for entry in fields("precaution")
            for flag in entry["flags"]
            if not re.search(FLAG_WORDS[flag], entry["reason"])
        ]
        assert unsaid == []

    def test_what_is_left_out_is_left_out_for_now(self) -> None:
        excluded = [entry["reason"] for entry in fields("precaution") if entry["code"] == "exclude"]
        assert len(excluded) == 43
        assert {
            text for text in excluded if not text.startswith("We left this out for now, ")
        } == set()

    @pytest.mark.parametrize("slug", SLUGS)
    def test_the_doses_are_those_of_the_table(self, slug: str) -> None:
        typed = json.loads((ROOT / "tests/data/doses.json").read_text("utf-8"))
        wanted = {(level, ""): cell for level, cell in enumerate(typed["cells"][slug])}
        for key, cells in typed["special"].get(slug, {}).items():
            wanted |= {(level, key): cell for level, cell in enumerate(cells) if cell}
        found = {
            (entry["level"], entry["variant"]): notation(entry)
            for entry in fields("dose")
            if owner(entry) == slug
        }
        assert found == {where: cell.replace("/side", "") for where, cell in wanted.items()}

    @pytest.mark.parametrize("slug", SLUGS)
    def test_sides_and_holds_agree_with_the_table(self, slug: str) -> None:
        typed = json.loads((ROOT / "tests/data/doses.json").read_text("utf-8"))
        first = typed["cells"][slug][0]
        standard = next(
            entry
            for entry in fields("variant")
            if owner(entry) == slug and entry["rung"] == "standard"
        )
        assert standard["is_per_side"] == ("/side" in first)
        assert standard["is_held"] == bool(re.fullmatch(r"\dx\d+ s(/side)?", first))

    def test_a_held_variant_is_dosed_in_seconds_alone(self) -> None:
        doses = {
            (owner(entry), entry["level"], entry["variant"]): entry for entry in fields("dose")
        }
        wrong = [
            (slug, key, level)
            for entry in fields("variant")
            for slug, key in [(owner(entry), entry["key"])]
            for level in range(4)
            for dose in [doses.get((slug, level, key)) or doses[slug, level, ""]]
            if entry["is_held"] != (dose["reps"] is None)
        ]
        assert wrong == []


def modified(rule: dict[str, Any]) -> tuple[str, list[str], list[str]]:
    return ("modify", sorted(rule["variants"]), rule.get("flags", []))


def notation(dose: dict[str, Any]) -> str:
    """A dose as the clinical table writes it: ``3x10-12 (5 s)``, held: ``2x15-20 s``."""
    sets = span(dose["sets"], dose["sets_max"])
    hold = span(dose["hold_seconds"], dose["hold_max"])
    if dose["reps"] is None:
        return f"{sets}x{hold} s"
    reps = span(dose["reps"], dose["reps_max"])
    return f"{sets}x{reps} ({hold} s)" if hold else f"{sets}x{reps}"


def span(low: int | None, high: int | None) -> str:
    if low is None:
        return ""
    return f"{low}-{high}" if high else str(low)


class TestFiles:
    @pytest.mark.parametrize("stem", FILES)
    def test_records_stand_by_model_and_natural_key(self, stem: str) -> None:
        order = ["bodyarea", "equipment", "reference", "condition"]
        order += ["exercise", "variant", "step", "note", "dose", "precaution", "scene", "pose"]
        keys = [
            (order.index(record["model"].split(".")[1]), natural_key(record))
            for record in records(stem)
        ]
        assert keys == sorted(set(keys))
        assert not any("pk" in record for record in records(stem))

    @pytest.mark.parametrize("stem", FILES)
    def test_a_field_stands_on_a_line(self, stem: str) -> None:
        text = (ROOT / "fixtures" / f"{stem}.json").read_text(encoding="utf-8")
        # A pose is read as one line of numbers.
        lines = 2 + sum(
            1 if record["model"] in DRAWN else len(record["fields"]) + 5 for record in records(stem)
        )
        assert text.endswith("]\n")
        assert len(text.splitlines()) == lines

    def test_every_name_used_is_a_name_given(self) -> None:
        given = {
            model: {entry["slug"] for entry in fields(model)}
            for model in ("bodyarea", "equipment", "reference", "condition")
        }
        used = defaultdict(set)
        for record in LIBRARY:
            entry = record["fields"]
            used["bodyarea"] |= {key for (key,) in entry.get("body_areas", [])}
            used["equipment"] |= {key for (key,) in entry.get("equipment", [])}
            used["reference"] |= {key for (key,) in entry.get("references", [])}
            used["condition"] |= set(entry.get("condition", []))
        assert {model: names - given[model] for model, names in used.items()} == {
            model: set() for model in given
        }
        assert given["condition"] == used["condition"]
        assert given["equipment"] == used["equipment"]

    def test_doses_and_precautions_name_variants_that_exist(self) -> None:
        known = {*ways(), *((slug, "") for slug in SLUGS)}
        named = {(owner(entry), entry["variant"]) for entry in fields("dose")}
        named |= {
            (owner(entry), key) for entry in fields("precaution") for key in entry["variants"]
        }
        assert named - known == set()

    def test_every_text_fits_its_field(self) -> None:
        limits = {"summary": 200, "text": 300, "reason": 300, "name": 60}
        long = [
            record["fields"][key]
            for record in LIBRARY
            for key, limit in limits.items()
            if len(record["fields"].get(key, "")) > limit
        ]
        assert long == []


def natural_key(record: dict[str, Any]) -> tuple[Any, ...]:
    entry = record["fields"]
    match record["model"].split(".")[1]:
        case "variant":
            return (owner(entry), entry["key"])
        case "step":
            return (*entry["variant"], entry["order"])
        case "note":
            return (owner(entry), entry["kind"], entry["order"])
        case "dose":
            return (owner(entry), entry["level"], entry["variant"])
        case "precaution":
            return (owner(entry), entry["condition"][0])
        case "scene":
            return tuple(entry["variant"])
        case "pose":
            return (*entry["variant"], entry["key"])
    return (entry["slug"],)
