"""The app on the home screen, and the worker's own file: whole, small, and kept by no cache."""

import io
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.urls import reverse
from PIL import Image

from backrelief.offline import app_version, person_key, shell_files
from tests.support.pages import one, parse

pytestmark = pytest.mark.django_db
STATIC = Path(settings.BASE_DIR) / "static"


def told(client) -> dict:
    script = client.get("/service-worker.js").content.decode()
    return json.loads(re.match(r"const APP = ({.*?^});", script, re.S | re.M)[1])


def test_the_manifest_makes_the_app_installable(client):
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    told = response.json()
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    shapes = {(icon["sizes"], icon["purpose"]) for icon in told["icons"]}
    assert shapes == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    for icon in told["icons"]:
        path = finders.find(icon["src"].removeprefix(settings.STATIC_URL))
        assert "x".join(map(str, Image.open(path).size)) == icon["sizes"]


def test_the_icons_are_those_that_the_command_draws(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    (tmp_path / "static" / "img").mkdir(parents=True)
    call_command("draw_icons", verbosity=0, stdout=io.StringIO())
    for path in (tmp_path / "static" / "img").glob("*.png"):
        drawn, kept = Image.open(path), Image.open(STATIC / "img" / path.name)
        assert drawn.convert("RGBA").tobytes() == kept.convert("RGBA").tobytes(), path.name


def test_a_maskable_icon_keeps_its_motif_inside_the_circle_that_stays():
    icon = Image.open(STATIC / "img" / "icon-maskable-512.png").convert("RGBA")
    ground = icon.getpixel((0, 0))
    outside = [
        icon.getpixel((x, y))
        for x in range(0, 512, 8)
        for y in range(0, 512, 8)
        if (x - 256) ** 2 + (y - 256) ** 2 > (0.4 * 512) ** 2
    ]
    assert set(outside) == {ground}


def test_the_worker_comes_from_the_root_and_is_asked_for_each_time(client):
    response = client.get("/service-worker.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"
    assert response["Service-Worker-Allowed"] == "/"
    assert len(response.content) < 12 * 1024


def test_the_worker_knows_every_file_that_the_kept_pages_load(client, patient):
    """A kept page is whole without network: each style, script and font it names is kept too."""
    client.force_login(patient)
    known = set(told(client)["files"])
    for address in ("/offline/", "/diary/new/", "/help-now/", "/offline/visitor/"):
        page = parse(client.get(address))
        named = {
            node.get("href") for node in page.cssselect("link[rel=stylesheet], link[rel=preload]")
        }
        named |= {node.get("src") for node in page.cssselect("script[src]")}
        assert named - known == set(), address


def test_nothing_in_the_workers_file_is_anybodys(client, patient):
    before = client.get("/service-worker.js").content
    client.force_login(patient)
    assert client.get("/service-worker.js").content == before
    assert patient.email.encode() not in before


def test_the_version_changes_with_any_file_that_is_kept(monkeypatch):
    before = app_version()
    assert re.fullmatch(r"[0-9a-f]{12}", before)
    app_version.cache_clear()
    monkeypatch.setattr("backrelief.offline.shell_files", lambda: shell_files()[1:])
    assert app_version() != before
    app_version.cache_clear()


def test_pages_say_whose_they_are_to_patients_only(client, patient, therapist, stranger):
    keys = []
    for person in (patient, stranger):
        client.force_login(person)
        keys.append(one(parse(client.get("/offline/")), "meta[name=person]").get("content"))
    assert keys == [person_key(patient), person_key(stranger)]
    assert keys[0] != keys[1]
    assert str(patient.pk) != keys[0]
    assert patient.email not in keys[0]
    client.force_login(therapist)
    page = parse(client.get("/settings/"))
    assert page.cssselect("meta[name=person], [data-net], script[src*=offline]") == []


def test_without_an_account_the_page_for_no_network_says_where_help_is(client):
    page = parse(client.get("/offline/visitor/"))
    assert "/help-now/" in {node.get("href") for node in page.cssselect("main a")}
    assert page.cssselect("[data-net], meta[name=person]") == []


def test_each_way_out_is_one_that_clears_the_device():
    script = (STATIC / "js" / "offline" / "signout.js").read_text()
    listed = re.search(r"WAYS_OUT = (\[.*?\]);", script)
    assert listed
    assert json.loads(listed[1]) == [reverse("account_logout"), reverse("progress:data-delete")]
