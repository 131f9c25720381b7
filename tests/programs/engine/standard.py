"""The shipped library as the engine takes it, read from the fixture files without a database."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from programs.engine import Library

ROOT = Path(__file__).resolve().parents[3]


@cache
def library(*, extras: bool = True) -> Library:
    files = ["exercises.json", "knee-to-chest.json"] if extras else ["exercises.json"]
    records = [r for f in files for r in json.loads((ROOT / "fixtures" / f).read_text())]
    exercises = [r["fields"] for r in records if r["model"] == "exercises.exercise"]

    def parts(model: str, slug: str) -> list[dict]:
        return [
            r["fields"]
            for r in records
            if r["model"] == f"exercises.{model}" and r["fields"]["exercise"] == [slug]
        ]

    def plain(item: dict) -> dict:
        return {
            "slug": item["slug"],
            "kind": item["kind"],
            "variants": [
                {
                    "key": v["key"],
                    "rung": v["rung"],
                    "order": v["order"],
                    "places": v["positions"],
                    "per_side": v["is_per_side"],
                    "held": v["is_held"],
                }
                for v in parts("variant", item["slug"])
            ],
            "doses": [
                {
                    k: d.get(k)
                    for k in (
                        "level",
                        "sets",
                        "sets_max",
                        "reps",
                        "reps_max",
                        "hold_seconds",
                        "hold_max",
                    )
                }
                | {"variant": d.get("variant", "")}
                for d in parts("dose", item["slug"])
            ],
            "precautions": [
                {
                    "condition": p["condition"][0],
                    "code": p["code"],
                    "variants": p["variants"],
                    "flags": p["flags"],
                    "reason": p["reason"],
                    "source": ", ".join(r[0] for r in p["references"]) or None,
                }
                for p in parts("precaution", item["slug"])
            ],
        }

    return Library.from_json({"exercises": [plain(item) for item in exercises]})
