"""The shape of an intake, as the contract's JSON schema has it (without its explanations)."""

from typing import Any, Final

INTAKE: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["today", "age", "pain", "days", "minutes"],
    "properties": {
        "today": {"type": "string", "format": "date"},
        "age": {"type": "integer", "minimum": 0, "maximum": 120},
        "pain": {
            "type": "object",
            "additionalProperties": False,
            "required": ["now", "average", "worst"],
            "properties": {
                "now": {"type": "integer", "minimum": 0, "maximum": 10},
                "average": {"type": "integer", "minimum": 0, "maximum": 10},
                "worst": {"type": "integer", "minimum": 0, "maximum": 10},
            },
        },
        "onset_days": {"type": "integer", "minimum": 0},
        "marked_trouble_moving": {"type": "boolean", "default": False},
        "cannot_stand_or_walk": {"type": "boolean", "default": False},
        "leg_symptoms": {"enum": ["none", "above_knee", "below_knee"], "default": "none"},
        "aggravated_by": {
            "type": "array",
            "uniqueItems": True,
            "default": [],
            "items": {
                "enum": [
                    "sitting",
                    "bending",
                    "cough_sneeze",
                    "standing",
                    "walking_eased_by_sitting",
                    "arching_reaching_up",
                    "small_sudden_moves",
                    "holding_one_position",
                    "lifting",
                    "turning_in_bed",
                    "morning",
                ]
            },
        },
        "eased_by": {
            "type": "array",
            "uniqueItems": True,
            "default": [],
            "items": {
                "enum": [
                    "standing_or_walking",
                    "lying_on_front",
                    "sitting_or_leaning_forward",
                    "curling_up",
                    "gentle_movement",
                    "changing_position",
                    "lying_down",
                ]
            },
        },
        "traits": {
            "type": "array",
            "uniqueItems": True,
            "default": [],
            "items": {
                "enum": [
                    "morning_stiffness_under_30_min",
                    "stiff_in_most_directions",
                    "frequent_short_episodes",
                    "very_bendy_joints",
                    "feels_unstable",
                ]
            },
        },
        "conditions": {
            "type": "array",
            "uniqueItems": True,
            "default": [],
            "items": {
                "enum": [
                    "osteoporosis",
                    "osteopenia",
                    "steroids_3_months",
                    "fragility_fracture_not_spine",
                    "healed_spine_fracture",
                    "disc_herniation",
                    "spinal_stenosis",
                    "leg_symptoms_on_walking",
                    "spondylolisthesis",
                    "knee_pain",
                    "wrist_pain",
                    "shoulder_pain",
                    "neck_pain",
                    "hip_replacement",
                    "glaucoma",
                    "dizziness_known",
                    "falls_or_unsteady",
                    "cannot_get_down_to_floor",
                    "diastasis",
                    "hernia_unrepaired",
                    "weak_immune_system",
                    "injects_drugs",
                    "blood_thinners",
                    "heart_condition_awaiting_advice",
                ]
            },
        },
        "lifestyle": {
            "type": "object",
            "additionalProperties": False,
            "default": {},
            "properties": {
                "exercise_days_per_week": {"type": "integer", "minimum": 0, "maximum": 7},
                "sitting_hours_per_day": {"type": "number", "minimum": 0, "maximum": 24},
                "smokes": {"type": "boolean"},
                "sleep": {"enum": ["good", "broken", "poor"]},
                "work": {"enum": ["desk", "driving", "standing", "manual", "caring", "none"]},
                "bmi": {"type": "number", "minimum": 10, "maximum": 90},
                "lives_alone": {"type": "boolean"},
            },
        },
        "goals": {
            "type": "array",
            "maxItems": 3,
            "items": {"type": "string", "maxLength": 120},
            "default": [],
        },
        "days": {
            "type": "array",
            "uniqueItems": True,
            "items": {"enum": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
        },
        "minutes": {"type": "integer", "minimum": 1, "maximum": 120},
        "screening": {
            "type": "object",
            "additionalProperties": False,
            "default": {},
            "properties": {
                "rf1a_saddle_numbness": {"enum": ["no", "yes", "not_sure"]},
                "rf1b_bladder": {"enum": ["no", "yes", "not_sure"]},
                "rf1c_bowel": {"enum": ["no", "yes", "not_sure"]},
                "rf1d_sexual": {"enum": ["no", "yes", "not_sure"]},
                "rf1e_longstanding_unchanged_checked": {"enum": ["no", "yes", "not_sure"]},
                "rf2_both_legs": {
                    "enum": [
                        "no",
                        "new_or_worse",
                        "stable_checked",
                        "stable_not_checked",
                        "not_sure",
                    ]
                },
                "rf3_weakness": {
                    "enum": [
                        "no",
                        "one_leg_new_or_worse",
                        "both_legs_or_rapid",
                        "old_stable_assessed",
                        "not_sure",
                    ]
                },
                "rf4_cord": {"enum": ["no", "yes", "not_sure"]},
                "rf5_major_injury": {
                    "enum": ["no", "not_assessed", "assessed_and_cleared", "not_sure"]
                },
                "rf6_minor_injury": {"enum": ["no", "yes", "not_sure"]},
                "rf7_back_shape": {"enum": ["no", "yes", "not_sure"]},
                "rf8_cancer": {
                    "enum": [
                        "no",
                        "pain_new_or_different",
                        "pain_old_clinician_aware",
                        "pain_old_nobody_aware",
                        "not_sure",
                    ]
                },
                "rf9_weight_loss": {"enum": ["no", "yes", "not_sure"]},
                "rf10_never_eases": {"enum": ["no", "yes", "not_sure"]},
                "rf11_fever": {"enum": ["no", "yes", "not_sure"]},
                "rf11_very_unwell": {"enum": ["no", "yes", "not_sure"]},
                "rf12_infection_risk": {
                    "enum": ["no", "risk_pain_stable", "risk_pain_new_or_worse", "not_sure"]
                },
                "rf13_aneurysm_signs": {"enum": ["no", "yes", "not_sure"]},
                "rf13b_known_aneurysm": {"enum": ["no", "yes", "not_sure"]},
                "rf14_heart_or_brain": {
                    "enum": ["no", "now_or_last_24_hours", "on_effort_last_3_months", "not_sure"]
                },
                "rf15_calf": {"enum": ["no", "yes", "yes_with_breathlessness", "not_sure"]},
                "rf16_kidney": {"enum": ["no", "yes", "not_sure"]},
                "rf17_pain_began_before_45": {"enum": ["no", "yes", "not_sure"]},
                "rf17_inflammatory_items": {"type": "integer", "minimum": 0, "maximum": 9},
                "rf17_red_painful_eye": {"enum": ["no", "yes", "not_sure"]},
                "rf18_pregnant": {"enum": ["no", "yes", "not_sure"]},
                "rf18_weeks": {"type": "integer", "minimum": 0, "maximum": 45},
                "rf18_warning_sign": {"enum": ["no", "yes", "not_sure"]},
                "rf18_told_not_to_exercise": {"enum": ["no", "yes", "not_sure"]},
                "rf18_cleared_by_maternity_team": {"enum": ["no", "yes", "not_sure"]},
                "rf19_weeks_since_birth": {"type": "integer", "minimum": 0, "maximum": 52},
                "rf19_checked": {"enum": ["no", "yes", "not_sure"]},
                "rf19_problem": {"enum": ["no", "yes", "not_sure"]},
                "rf20_surgery": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["site", "weeks_ago", "cleared"],
                        "properties": {
                            "site": {"enum": ["spine", "abdomen", "hip_replacement", "hip_other"]},
                            "weeks_ago": {"type": "integer", "minimum": 0},
                            "cleared": {"type": "boolean"},
                            "fever_or_wound_leak": {"type": "boolean", "default": False},
                        },
                    },
                },
                "rf22_blood_pressure": {
                    "enum": [
                        "ok_or_controlled",
                        "160_179_or_not_controlled",
                        "180_or_more",
                        "180_or_more_with_symptoms",
                        "not_sure",
                    ]
                },
                "rf24_dizziness": {
                    "enum": ["no", "known_and_checked", "new_or_blackouts", "not_sure"]
                },
                "rf25_blood_thinners_and_knock": {"enum": ["no", "yes", "not_sure"]},
                "rf26_told_not_to_exercise": {"enum": ["no", "yes", "not_sure"]},
                "rf27_spine_disease": {
                    "type": "array",
                    "uniqueItems": True,
                    "items": {
                        "enum": [
                            "healed_fracture",
                            "unhealed_fracture",
                            "inflammatory_arthritis_neck",
                            "tumour",
                            "scoliosis_surgery",
                        ]
                    },
                },
                "rf19_given_birth_last_12_weeks": {"enum": ["no", "yes", "not_sure"]},
                "rf20_any_operation": {"enum": ["no", "yes", "not_sure"]},
                "rf27_any": {"enum": ["no", "yes", "not_sure"]},
            },
        },
        "clearances": {
            "type": "array",
            "uniqueItems": True,
            "default": [],
            "items": {"enum": ["therapist", "doctor", "maternity_team", "surgeon"]},
        },
        "history": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "level": {"type": "integer", "minimum": 0, "maximum": 3},
                "minutes": {"type": "integer", "minimum": 1},
                "days_since_last_session": {"type": "integer", "minimum": 0},
                "days_since_flare_peak": {"type": "integer", "minimum": 0},
                "rescreened": {"type": "boolean"},
            },
        },
        "sessions_wanted": {"enum": [2, 3]},
        "assessments": {
            "type": "array",
            "default": [],
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["by", "date", "lifts"],
                "properties": {
                    "by": {"enum": ["therapist", "doctor", "maternity_team", "surgeon", "self"]},
                    "date": {"type": "string", "format": "date"},
                    "lifts": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                },
            },
        },
    },
}
