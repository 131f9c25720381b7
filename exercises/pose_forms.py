"""A pose as fields to type numbers into: each is one length in cm or one direction in degrees."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from django import forms
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


def paths(numbers: Any, before: Path = ()) -> Iterator[tuple[Path, float]]:
    """Every number of a pose and where it stands."""
    items: Any = ()
    if isinstance(numbers, dict):
        items = numbers.items()
    elif isinstance(numbers, list):
        items = enumerate(numbers)
    elif is_number(numbers) and before[-1] not in ("bend", "side"):
        yield before, numbers
    for key, value in items:
        yield from paths(value, (*before, key))


def label_of(path: Path) -> str:
    """What a number means, in words."""
    first, *rest = path
    words = [str(LABELS.get(str(first), first))]
    for place, part in enumerate(rest):
        if isinstance(part, str):
            words.append(part)
        elif place == 0 and str(first)[:3] in ENDS:
            words.append(str(ENDS[str(first)[:3]][part]))
        elif part < len(AXES):
            words.append(str(AXES[part]))
    return ", ".join(words)


def with_number(numbers: dict[str, Any], path: Path, value: float) -> None:
    """Puts a number in its place; whole numbers stay whole."""
    place: Any = numbers
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = int(value) if value == int(value) else value


class PoseForm(forms.ModelForm):
    """The words and every number of one pose; refuses what no body can do."""

    class Meta:
        model = Pose
        fields = ("alt", "spine")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = {**DEFAULTS, **self.instance.numbers}
        self.paths = {f"n-{'-'.join(map(str, path))}": path for path, _ in paths(whole)}
        for (path, value), name in zip(paths(whole), self.paths, strict=True):
            self.fields[name] = forms.FloatField(
                label=label_of(path),
                initial=value,
                min_value=-FARTHEST,
                max_value=FARTHEST,
                widget=forms.NumberInput(attrs={"step": "any", "size": 6}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            self.instance.numbers = self._numbers(data)
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
        return [gettext("Please correct: %s.") % line for line in found]

    def drawing(self) -> str:
        """The pose as it would look with these numbers; as it is stored if they are wrong."""
        own = self.instance
        exercise = own.variant.exercise
        frame = self.variant()
        whole = figures.ExercisePoses(exercise.slug, exercise.name, frame.key, {frame.key: frame})
        return figures.still(whole, frame.key, own.key, uid=f"pose-{own.pk}")
