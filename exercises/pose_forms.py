"""A pose as fields to type numbers into: each is one length in cm or one direction in degrees."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exercises import figures
from exercises.figures.shapes import ANGLES, FARTHEST, is_number
from exercises.models import Pose
from exercises.pose_faults import shape_faults

Path = tuple[str | int, ...]
DEFAULTS = {"pelvis": 90, **dict.fromkeys(ANGLES[1:], 0)}
LABELS = {
    "pelvis": _("pelvis, direction"),
    "lumbar": _("low back, + rounds"),
    "thorax": _("upper back, + rounds"),
    "neck": _("neck, + bends forward"),
    "head": _("head, + chin down"),
    "on": _("height of the seat"),
    "against": _("wall behind"),
    "yaw": _("turned by"),
    "anchor": _("rests at"),
    "leg": _("both legs"),
    "legR": _("near leg"),
    "legL": _("far leg"),
    "arm": _("both arms"),
    "armR": _("near arm"),
    "armL": _("far arm"),
    "far": _("far limbs stand"),
}
ENDS = {
    "leg": (_("thigh"), _("shin"), _("foot")),
    "arm": (_("upper arm"), _("forearm"), _("hand")),
    "yaw": (_("pelvis"), _("chest"), _("head")),
}
AXES = (_("across"), _("up"))
JOINTS = {
    "hip": _("hip"),
    "knee": _("knee"),
    "ankle": _("ankle"),
    "shoulder": _("shoulder"),
    "elbow": _("elbow"),
    "wrist": _("wrist"),
    "hand": _("hand"),
    "foot": _("foot"),
}
NEARNESS = {"R": _("near"), "L": _("far")}
ARROW = {
    "from": _("from"),
    "to": _("to"),
    "bend": _("bow"),
    "around": _("around"),
    "size": _("size"),
}
AREAS = {
    "low-back": _("low back"),
    "upper-back": _("upper back"),
    "glutes": _("buttocks"),
    "abs": _("belly"),
    "side-left": _("left side of the waist"),
    "side-right": _("right side of the waist"),
    "hamstring-left": _("back of the left thigh"),
    "hamstring-right": _("back of the right thigh"),
    "quad-left": _("front of the left thigh"),
    "quad-right": _("front of the right thigh"),
    "calf-left": _("left calf"),
    "calf-right": _("right calf"),
}


def paths(numbers: Any, before: Path = ()) -> Iterator[tuple[Path, float]]:
    """Every number of a pose or an arrow, and where it stands."""
    items: Any = ()
    if isinstance(numbers, dict):
        items = numbers.items()
    elif isinstance(numbers, list):
        items = enumerate(numbers)
    elif is_number(numbers) and before[-1] != "side" and not _is_choice(before):
        yield before, numbers
    for key, value in items:
        yield from paths(value, (*before, key))


def _is_choice(path: Path) -> bool:
    """Which way a limb bends is 1 or -1; how far an arrow bows is a number like others."""
    return path[-1] == "bend" and isinstance(path[0], str)


def joint_in_words(name: str) -> str:
    """A joint as a person says it: "near wrist" for wristR."""
    if name in JOINTS:
        return str(JOINTS[name])
    if name[:-1] in JOINTS:
        return f"{NEARNESS[name[-1]]} {JOINTS[name[:-1]]}"
    return str(LABELS.get(name, name)).partition(",")[0]


def label_of(path: Path) -> str:
    """What a number means, in words."""
    first, *rest = path
    words = [str(LABELS.get(str(first), first))]
    for place, part in enumerate(rest):
        if isinstance(part, str):
            words.append(joint_in_words(part))
        elif place == 0 and str(first)[:3] in ENDS:
            words.append(str(ENDS[str(first)[:3]][part]))
        elif part < len(AXES):
            words.append(str(AXES[part]))
    return ", ".join(words)


def arrow_label(path: Path) -> str:
    """What a number of an arrow means: "arrow 1, from, across"."""
    number, end, *axis = path
    words = [gettext("arrow %s") % (int(number) + 1), str(ARROW[str(end)])]
    return ", ".join(words + [str(AXES[int(part)]) for part in axis])


def with_number(numbers: Any, path: Path, value: float) -> None:
    """Puts a number in its place; whole numbers stay whole."""
    place: Any = numbers
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = int(value) if value == int(value) else value


class PoseForm(forms.ModelForm):
    """The words, marks and every number of one pose; refuses what no body can do."""

    glow = forms.MultipleChoiceField(
        label=_("areas that work"),
        choices=list(AREAS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Pose
        fields = ("alt", "breath", "spine", "glow")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = {**DEFAULTS, **self.instance.numbers}
        self.paths = {f"n-{'-'.join(map(str, path))}": path for path, _ in paths(whole)}
        for (path, value), name in zip(paths(whole), self.paths, strict=True):
            self._add_number(name, label_of(path), value)
        arrows = self.instance.arrows
        self.arrow_paths = {f"a-{'-'.join(map(str, path))}": path for path, _ in paths(arrows)}
        for (path, value), name in zip(paths(arrows), self.arrow_paths, strict=True):
            self._add_number(name, arrow_label(path), value)

    def _add_number(self, name: str, label: str, value: float) -> None:
        self.fields[name] = forms.FloatField(
            label=label,
            initial=value,
            min_value=-FARTHEST,
            max_value=FARTHEST,
            widget=forms.NumberInput(attrs={"step": "any", "size": 6}),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            self.instance.numbers = self._numbers(data)
            self.instance.arrows = self._arrows(data)
            self.instance.glow = data["glow"]
            for sentence in self.sentences():
                self.add_error(None, sentence)
        return data

    def _numbers(self, data: dict[str, Any]) -> dict[str, Any]:
        numbers = copy.deepcopy(self.instance.numbers)
        for name, path in self.paths.items():
            is_left_out = len(path) == 1 and path[0] not in numbers
            if not (is_left_out and data[name] == DEFAULTS[str(path[0])]):
                with_number(numbers, path, data[name])
        return numbers

    def _arrows(self, data: dict[str, Any]) -> list[Any]:
        arrows = copy.deepcopy(self.instance.arrows)
        for name, path in self.arrow_paths.items():
            with_number(arrows, path, data[name])
        return arrows

    def variant(self) -> figures.Variant:
        """The variant with this pose as it is in the form."""
        own = self.instance
        scene = own.variant.scene.as_row()
        rows = [
            own.as_row() if pose.key == own.key else pose.as_row()
            for pose in own.variant.poses.all()
        ]
        return figures.variant_of(own.variant.key, scene, rows)

    def sentences(self) -> list[str]:
        """What is wrong with this pose, each line naming the joint."""
        found = list(shape_faults(self.instance))
        if not found:
            found = [
                fault
                for where, fault in figures.variant_faults(self.variant())
                if where in (self.instance.key, "props")
            ]
        return [gettext("Please correct: %s.") % self._in_words(line) for line in found]

    def _in_words(self, fault: str) -> str:
        """A fault names the joint as the field beside the figure does."""
        name, colon, rest = fault.partition(":")
        return f"{joint_in_words(name)}{colon}{rest}"

    def can_be_drawn(self) -> bool:
        """Whether there is something to draw: a pose that no body can do may still be looked at."""
        is_whole = not self.is_bound or not (self.errors.keys() - {NON_FIELD_ERRORS})
        return is_whole and not any(shape_faults(self.instance))

    def drawing(self) -> str:
        """The pose as it would look with these numbers."""
        own = self.instance
        exercise = own.variant.exercise
        frame = self.variant()
        whole = figures.ExercisePoses(exercise.slug, exercise.name, frame.key, {frame.key: frame})
        return figures.still(whole, frame.key, own.key, uid=f"pose-{own.pk}")
