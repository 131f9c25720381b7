"""One address, a whole page or a part of it, decided by the view."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.test import override_settings
from django.urls import path

from backrelief import urls
from backrelief.htmx import render_page
from tests.support.pages import all_words, parse

PAGE = """{% extends "base.html" %}{% block main %}<div class="page"><h1>Diary</h1>
{% partialdef card inline %}<section id="card"><h2>Entry</h2></section>{% endpartialdef %}</div>{% endblock %}"""


@login_not_required
def diary(request):
    if request.method == "POST":
        messages.success(request, "Entry saved")
    return render_page(request, "diary.html", status=422 if "bad" in request.GET else 200)


class Addresses:
    urlpatterns = [path("diary/", diary), *urls.urlpatterns]
    handler404 = urls.handler404
    handler500 = urls.handler500


@pytest.fixture
def page(db, tmp_path):
    (tmp_path / "diary.html").write_text(PAGE)
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(tmp_path)
    with override_settings(TEMPLATES=templates, ROOT_URLCONF=Addresses):
        yield "/diary/"


HTMX = {"HX-Request": "true", "HX-Target": "card"}


def test_a_reload_gets_the_whole_page(client, page):
    assert all_words(parse(client.get(page)), "h1, h2") == ["Diary", "Entry"]


def test_htmx_gets_only_the_element_that_it_replaces(client, page):
    response = client.get(page, headers=HTMX)
    assert response.content.decode().strip() == '<section id="card"><h2>Entry</h2></section>'


def test_another_target_gets_the_whole_page(client, page):
    response = client.get(page, headers=HTMX | {"HX-Target": "settings"})
    assert all_words(parse(response), "h1, h2") == ["Diary", "Entry"]


def test_going_back_in_history_gets_the_whole_page(client, page):
    response = client.get(page, headers=HTMX | {"HX-History-Restore-Request": "true"})
    assert all_words(parse(response), "h1, h2") == ["Diary", "Entry"]


def test_a_refused_form_keeps_its_status_in_both_forms(client, page):
    assert client.get(f"{page}?bad").status_code == 422
    assert client.get(f"{page}?bad", headers=HTMX).status_code == 422


def test_a_message_comes_along_out_of_band_and_once(client, page):
    fragment = parse(client.post(page, headers=HTMX))
    assert all_words(fragment, "[hx-swap-oob='beforeend:#messages'] .toast") == ["Entry saved"]
    assert all_words(parse(client.get(page)), "#messages .toast") == []


def test_without_htmx_the_message_is_on_the_page(client, page):
    assert all_words(parse(client.post(page)), "#messages .toast--success") == ["Entry saved"]
