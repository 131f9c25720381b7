"""How a form looks: label, hint, error, input, tied together by ids, kept when refused."""

import pytest
from django import forms
from django.template import Context, Template

from backrelief.forms import (
    CheckboxCards,
    EffortField,
    PainField,
    RadioCards,
    RadioChips,
    faults,
    sentences,
)
from tests.support.pages import all_words, one, parse, words


class Question(forms.Form):
    name = forms.CharField(label="What shall we call you?", help_text="A first name will do.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    pain = PainField(label="How is your back right now?", help_text="0 is no pain.")
    worse = forms.MultipleChoiceField(
        label="What makes it worse?",
        choices=[("bending", "Bending forward"), ("sitting", "Sitting"), ("none", "I can't say")],
        widget=CheckboxCards(
            hints={"bending": "Shoes, low shelves"}, icons={"sitting": "armchair"}, apart={"none"}
        ),
    )
    leg = forms.ChoiceField(
        label="Is a leg getting weaker?",
        choices=[("yes", "Yes"), ("not_sure", "Not sure")],
        widget=RadioChips,
        error_messages={"required": "Say yes or not sure."},
    )
    agree = forms.BooleanField(label="You may store my answers.", help_text="To make the plan.")


def drawn(form: forms.Form):
    return parse(f"<form>{form}</form>")


def test_label_hint_error_and_input_come_in_that_order():
    field = drawn(Question({"name": ""})).cssselect(".field")[0]
    assert [node.get("class") or node.tag for node in field] == ["label", "hint", "error", "input"]


def test_hint_and_error_are_tied_to_the_input():
    name = one(drawn(Question({"name": ""})), "#id_name")
    assert name.get("aria-describedby") == "id_name_helptext id_name_error"
    assert name.get("aria-invalid") == "true"


def test_every_id_that_a_field_names_is_on_the_page():
    root = drawn(Question({}))
    named = {
        part
        for node in root.cssselect("[aria-describedby], [for], [aria-labelledby]")
        for key in ("aria-describedby", "for", "aria-labelledby")
        for part in (node.get(key) or "").split()
    }
    assert named - {node.get("id") for node in root.cssselect("[id]")} == set()


def test_ids_are_given_once():
    found = [node.get("id") for node in drawn(Question({})).cssselect("[id]")]
    assert sorted(found) == sorted(set(found))


def test_a_group_of_answers_is_a_fieldset_with_its_question_as_legend():
    root = drawn(Question())
    assert all_words(root, "fieldset > legend") == [
        "How is your back right now?",
        "What makes it worse?",
        "Is a leg getting weaker?",
    ]


def test_an_answer_that_may_be_left_out_says_so():
    root = drawn(Question())
    assert words(one(root, "label[for=id_note]")) == "Note (you can skip this)"
    assert words(one(root, "label[for=id_name]")) == "What shall we call you?"


def test_the_question_of_a_page_can_be_its_heading():
    template = Template(
        '{% include "components/field.html" with field=form.name heading=True %}'
        '{% include "components/field.html" with field=form.worse heading=True %}'
    )
    root = parse(f"<div>{template.render(Context({'form': Question()}))}</div>")
    assert all_words(root, "h1 > label") == ["What shall we call you?"]
    assert all_words(root, "legend > h1") == ["What makes it worse?"]


def test_the_whole_card_is_the_label_and_holds_its_example():
    root = drawn(Question())
    cards = all_words(root, "label.choice--checkbox")
    assert cards == [
        "Bending forwardShoes, low shelves",
        "Sitting",
        "I can't say",
        "You may store my answers.To make the plan.",
    ]
    assert len(root.cssselect(".choice__pic")) == 1


def test_none_of_these_stands_apart_from_the_other_answers():
    root = drawn(Question())
    assert all_words(root, ".choices--apart .choice") == ["I can't say"]
    assert len(root.cssselect(".choices--apart")) == 1


def test_cards_without_an_answer_apart_have_one_group():
    field = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=RadioCards)
    root = parse(f"<form>{field.widget.render('pick', None, {'id': 'id_pick'})}</form>")
    assert [group.get("class") for group in root.cssselect(".choices")] == ["choices"]


def test_the_scale_has_eleven_stones_and_none_is_chosen_at_first():
    root = drawn(Question())
    stones = root.cssselect("[name=pain]")
    assert [stone.get("value") for stone in stones] == [str(n) for n in range(11)]
    assert [stone for stone in stones if stone.get("checked") is not None] == []


def test_the_ends_of_the_scale_are_said_in_words():
    stones = all_words(drawn(Question()), ".stone")
    assert (stones[0], stones[4], stones[10]) == ("0, No pain", "4", "10, Worst pain I can imagine")


def test_a_chosen_number_comes_back_as_a_number_and_stays_on_a_refused_form():
    form = Question({"pain": "7"})
    assert form["pain"].field.clean("7") == 7
    chosen = drawn(form).cssselect("[name=pain][checked]")
    assert [stone.get("value") for stone in chosen] == ["7"]


@pytest.mark.parametrize("answer", ["11", "-1", "3.5", "five"])
def test_a_number_off_the_scale_is_refused_in_plain_words(answer):
    form = Question({"pain": answer})
    assert form.errors["pain"] == ["Choose a number from 0 to 10."]


def test_zero_is_an_answer():
    assert PainField().clean("0") == 0


def test_effort_has_three_words_to_hold_on_to_and_is_not_drawn_as_pain():
    root = parse(EffortField().widget.render("e", None, {}))
    assert root.get("class") == "scale scale--effort"
    bands = all_words(root, ".scale__words strong")
    assert bands == ["Very easy.", "Easy.", "Somewhat hard.", "Hard.", "As hard as I can."]


def test_the_summary_names_each_fault_and_leads_to_its_first_input():
    form = Question({"note": "x"})
    assert faults([form]) == [
        ("id_name", "What shall we call you? Please answer this."),
        ("id_pain_0", "How is your back right now? Choose a number from 0 to 10."),
        ("id_worse_0", "What makes it worse? Please answer this."),
        ("id_leg_0", "Is a leg getting weaker? Say yes or not sure."),
        ("id_agree", "You may store my answers. Please answer this."),
    ]
    root = drawn(form)
    assert [a.get("href") for a in root.cssselect(".error-summary a")] == [
        "#id_name",
        "#id_pain_0",
        "#id_worse_0",
        "#id_leg_0",
        "#id_agree",
    ]
    targets = {node.get("id") for node in root.cssselect("input, textarea, select")}
    assert {a.get("href")[1:] for a in root.cssselect(".error-summary a")} <= targets


def test_beside_the_field_the_question_is_not_said_again():
    form = Question({})
    assert sentences(form["name"]) == ["Please answer this."]


def test_a_fault_of_the_whole_form_stands_in_the_summary():
    class Days(forms.Form):
        def clean(self):
            raise forms.ValidationError("Choose two days with a day between them.")

    root = drawn(Days({}))
    assert all_words(root, ".error-summary strong") == ["Choose two days with a day between them."]


def test_a_formset_is_summed_up_with_its_forms():
    goals = forms.formset_factory(Question, extra=0, min_num=1, validate_min=True)
    refused = goals({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": ""})
    fault = ("id_form-0-pain_0", "How is your back right now? Choose a number from 0 to 10.")
    assert fault in faults([refused])


def test_a_form_not_yet_sent_has_no_summary():
    assert drawn(Question()).cssselect(".error-summary") == []


def test_the_title_says_error_when_a_form_was_refused():
    title = Template("{% error_flag %}Diary")
    assert title.render(Context({"entry": Question({})})) == "Error: Diary"
    assert title.render(Context({"entry": Question()})) == "Diary"


def test_what_was_typed_is_escaped():
    root = drawn(Question({"name": "<b>Ann</b>", "note": "</textarea><script>x</script>"}))
    assert root.cssselect("script") == []
    assert one(root, "#id_name").get("value") == "<b>Ann</b>"
