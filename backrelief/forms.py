"""How every form looks: one field template, cards for choices, stones for numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

Text = str | Promise
MOST_ROWS = 500  # of stones that are remembered as drawn
# The choice that takes an answer back. It shows itself once there is one.
NO_ANSWER = ("", _("No answer"))


class Renderer(TemplatesSetting):
    """Draws label, hint, error and input, in that order, the same way everywhere."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class ChoiceCards(forms.widgets.ChoiceWidget):
    """Adds a line of example, an icon and a place apart to the choices of a widget.

    ``hints`` and ``icons`` are keyed by the choice's value. Values in ``apart`` stand below the
    others as cards of their own, such as "None of these".
    """

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        hints: Mapping[str, Text] | None = None,
        icons: Mapping[str, str] | None = None,
        apart: Iterable[str] = (),
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})
        self.icons = dict(icons or {})
        self.apart = frozenset(apart)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        key = str(value)
        extra = {
            "hint": self.hints.get(key),
            "icon": self.icons.get(key),
            "apart": key in self.apart,
        }
        return option | extra

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["has_apart"] = bool(self.apart)
        return context


class RadioCards(ChoiceCards, forms.RadioSelect):
    """One answer; the whole card is the label."""

    template_name = "components/widgets/cards.html"


class CheckboxCards(ChoiceCards, forms.CheckboxSelectMultiple):
    """Any number of answers; the whole card is the label."""

    template_name = "components/widgets/cards.html"


class RadioChips(forms.RadioSelect):
    """One of a few short answers in a row, such as yes and not sure."""

    template_name = "components/widgets/chips.html"


class CheckboxChips(forms.CheckboxSelectMultiple):
    """Any number of short answers in a row, such as filters."""

    template_name = "components/widgets/chips.html"


class NumberScale(forms.RadioSelect):
    """Eleven radio buttons from 0 to 10. It looks like a slider and needs no drag and no script.

    No stone is chosen at first, so that a number never stands there by default.
    """

    template_name = "components/widgets/scale.html"
    kind = ""
    ends: tuple[Text, Text] = ("", "")
    prompt: Text = _("Tap a number. A rough guess is fine.")
    # What is shown under the stones: (numbers, word, sentence)
    bands: tuple[tuple[str, Text, Text], ...] = ()
    # Eleven stones take long to draw, and the same row is asked for again and again.
    drawn: ClassVar[dict[tuple[Any, ...], SafeString]] = {}

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        own = tuple(sorted((attrs or {}).items())), tuple(sorted(self.attrs.items()))
        choices = tuple((key, str(label)) for key, label in self.choices)
        row = type(self), name, str(value), own, choices, self.is_required, get_language()
        if row not in self.drawn:
            if len(self.drawn) >= MOST_ROWS:
                self.drawn.clear()
            self.drawn[row] = super().render(name, value, attrs, renderer)
        return self.drawn[row]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = [options[0] for _group, options, _index in context["widget"]["optgroups"]]
        scale = {
            "kind": self.kind,
            "ends": self.ends,
            "prompt": self.prompt,
            "bands": self.bands,
            "stones": [option for option in options if option["value"] != ""],
            "none": next((option for option in options if option["value"] == ""), None),
        }
        return context | {"scale": scale}


class PainScale(NumberScale):
    """Pain now, 0 to 10 (the numeric rating scale)."""

    kind = "pain"
    ends = (_("No pain"), _("Worst pain I can imagine"))
    bands = (
        ("0", _("No pain."), _("Nothing to feel right now.")),
        ("1-3", _("Mild."), _("I notice it, but it does not stop me.")),
        ("4-6", _("Moderate."), _("It gets in the way of some things.")),
        ("7-8", _("Strong."), _("It is hard to do most things.")),
        (
            "9-10",
            _("Very strong."),
            _("I can't do much else. If this is new for you, use Get help."),
        ),
    )


class EffortScale(NumberScale):
    """How hard it felt, 0 to 10, with three words to hold on to."""

    kind = "effort"
    ends = (_("Very easy"), _("As hard as I can"))
    bands = (
        ("0", _("Very easy."), _("Like sitting still.")),
        ("1-3", _("Easy."), _("I could go on for a long time.")),
        ("4-6", _("Somewhat hard."), _("I feel it, and I can still talk.")),
        ("7-8", _("Hard."), _("I can only say a few words.")),
        ("9-10", _("As hard as I can."), _("I could not do one more.")),
    )


class ScaleField(forms.TypedChoiceField):
    """A whole number from 0 to 10, chosen on a scale. ``may_be_emptied`` lets a number be taken back."""

    widget = NumberScale
    default_error_messages = {
        "required": _("Choose a number from 0 to 10."),
        "invalid_choice": _("Choose a number from 0 to 10."),
    }

    def __init__(self, *, may_be_emptied: bool = False, **kwargs: Any) -> None:
        choices = list(kwargs.pop("choices", [(number, str(number)) for number in range(11)]))
        if may_be_emptied:
            choices.append(NO_ANSWER)
            kwargs["required"] = False
        defaults: dict[str, Any] = {"choices": choices, "coerce": int, "empty_value": None}
        super().__init__(**defaults | kwargs)


class PainField(ScaleField):
    widget = PainScale


class EffortField(ScaleField):
    widget = EffortScale


def first_input_id(field: BoundField) -> str:
    """The id of the field's first input: where the error summary's link leads."""
    widget_id = field.id_for_label
    if not widget_id and field.use_fieldset:
        return f"{field.auto_id}_0"
    return widget_id or field.auto_id


def sentences(field: BoundField) -> list[str]:
    """What to put right in this field. A bare "required" asks for the answer."""
    bare = forms.Field.default_error_messages["required"]
    return [
        gettext("Please answer this.")
        if error.code == "required" and error.message == bare
        else message
        for error in field.errors.as_data()
        for message in error.messages
    ]


def faults(forms_shown: Iterable[forms.BaseForm | BaseFormSet[Any]]) -> list[tuple[str, str]]:
    """Every message of these bound forms with the id it belongs to ("" for the whole form)."""
    return [fault for shown in forms_shown for fault in _faults_of(shown)]


def _faults_of(shown: forms.BaseForm | BaseFormSet[Any]) -> Iterator[tuple[str, str]]:
    if isinstance(shown, BaseFormSet):
        yield from (("", str(message)) for message in shown.non_form_errors())
        for form in shown.forms:
            yield from _faults_of(form)
    elif shown.is_bound:
        yield from (("", str(message)) for message in shown.non_field_errors())
        for field in shown:
            yield from ((first_input_id(field), named(field, text)) for text in sentences(field))


def named(field: BoundField, sentence: str) -> str:
    """The sentence with the field's label before it: read alone, it still says where."""
    label = str(field.label)
    return f"{label} {sentence}" if label.endswith(("?", ".", "!", ":")) else f"{label}: {sentence}"
