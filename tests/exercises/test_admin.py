"""The library in the admin: who may, what is refused, and what is kept."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from exercises.models import Dose, Exercise, Precaution
from exercises.pictures import redrawn
from tests.conftest import ROOT
from tests.factories.accounts import make_staff
from tests.support.pages import all_words, parse

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(clinic):
    return make_staff("clinic@example.org", clinic)


def listed(client) -> set[str]:
    return set(all_words(parse(client.get("/admin/")), "#content-main .section"))


def of_progress(client) -> list[str]:
    """What the admin shows of the app that holds the diary, sessions and measures."""
    return all_words(parse(client.get("/admin/")), "#content-main .app-progress th a")


def test_therapists_and_staff_see_the_library_and_measures_texts_alone(
    client, library, therapist, staff
):
    for user in (therapist, staff):
        client.force_login(user)
        assert listed(client) == {"Exercise library", "Progress"}
        assert of_progress(client) == ["Measures loaded from files"]
        assert client.get("/admin/accounts/user/").status_code == 403
        assert client.get("/admin/exercises/exercise/").status_code == 200


def test_no_patient_data_is_in_the_admin_not_even_for_a_superuser(client, clinic):
    client.force_login(make_staff("admin@example.org", clinic, is_superuser=True))
    assert "Programs" not in listed(client)
    assert of_progress(client) == ["Measures loaded from files"]


def test_a_patient_has_no_admin(client, library, patient):
    client.force_login(patient)
    assert client.get("/admin/exercises/exercise/").status_code == 302


def exercise_form(client, exercise: Exercise) -> dict[str, str]:
    """The change form of an exercise as the browser would send it, unchanged."""
    page = parse(client.get(f"/admin/exercises/exercise/{exercise.pk}/change/"))
    data: dict[str, list[str]] = {}
    for node in page.cssselect("#exercise_form [name]"):
        kind, name = node.get("type"), node.get("name")
        if (kind in ("checkbox", "radio") and node.get("checked") is None) or kind in (
            "submit",
            "file",
        ):
            continue
        if node.tag == "select":
            values = [o.get("value") for o in node.cssselect("option[selected]")]
        else:
            values = [
                node.text_content().removeprefix("\n")
                if node.tag == "textarea"
                else node.get("value") or ""
            ]
        data.setdefault(name, []).extend(values)
    return data


def test_an_edit_of_words_shows_at_once_and_leaves_history(client, library, therapist):
    client.force_login(therapist)
    bridge = Exercise.objects.get(slug="bridge")
    data = exercise_form(client, bridge) | {"summary": ["Lift your hips as one piece."]}
    response = client.post(f"/admin/exercises/exercise/{bridge.pk}/change/", data)
    assert response.status_code == 302, all_words(parse(response), ".errorlist")
    bridge.refresh_from_db()
    assert bridge.summary == "Lift your hips as one piece."
    assert bridge.history.first().history_user == therapist
    assert "Lift your hips as one piece." in client.get("/exercises/bridge/").content.decode()


def test_a_dose_above_the_rule_set_is_refused_with_its_cure(client, library, therapist):
    client.force_login(therapist)
    bridge = Exercise.objects.get(slug="bridge")
    data = exercise_form(client, bridge)
    row = next(k for k, v in data.items() if k.endswith("-reps") and k.startswith("doses"))
    response = client.post(f"/admin/exercises/exercise/{bridge.pk}/change/", data | {row: ["90"]})
    assert "This must be from 1 to 6 at level 0." in all_words(parse(response), ".errorlist li")
    assert Dose.objects.get(exercise=bridge, level=0).reps == 6


def test_a_precaution_cannot_be_loosened(client, library, therapist):
    client.force_login(therapist)
    bridge = Exercise.objects.get(slug="bridge")
    target = Precaution.objects.get(exercise=bridge, condition__slug="pregnancy_t2t3")
    data = exercise_form(client, bridge)
    number = next(
        k.split("-")[1]
        for k, v in data.items()
        if k.startswith("precautions-") and k.endswith("-id") and v == [str(target.pk)]
    )
    response = client.post(
        f"/admin/exercises/exercise/{bridge.pk}/change/",
        data | {f"precautions-{number}-code": ["allow"]},
    )
    errors = all_words(parse(response), ".errorlist li")
    assert "This is looser than the rule set; set it to exclude." in errors
    target.refresh_from_db()
    assert target.code == "exclude"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def jpeg(size=(400, 300), exif: bytes = b"") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_picture_loses_its_hidden_data():
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif.get_ifd(0x8825)[1] = "N"
    clean = redrawn(upload("me.jpg", jpeg(exif=exif.tobytes())))
    picture = Image.open(io.BytesIO(clean.read()))
    assert (picture.format, picture.size, dict(picture.getexif())) == ("WEBP", (400, 300), {})
    assert clean.name.endswith(".webp")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "This is no picture we can read. Use JPEG, PNG or WebP.",
        ),
        (
            b"GIF89a<script>alert(1)</script>",
            "This is no picture we can read. Use JPEG, PNG or WebP.",
        ),
        (jpeg()[:200], "This is no picture we can read. Use JPEG, PNG or WebP."),
    ],
)
def test_a_disguised_or_broken_picture_is_refused(content, message):
    with pytest.raises(ValidationError) as refused:
        redrawn(upload("a.jpg", content))
    assert refused.value.messages == [message]


def test_a_decompression_bomb_is_refused():
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    with pytest.raises(ValidationError) as refused:
        redrawn(upload("bomb.png", out.getvalue()))
    assert refused.value.messages == ["The picture has too many pixels. Make it smaller first."]


def test_staff_load_a_file_dry_run_first_and_a_therapist_may_not(client, library, staff, therapist):
    def files() -> dict:
        names = ("vocabulary", "exercises", "knee-to-chest")
        return {"files": [open(ROOT / f"fixtures/{name}.json", "rb") for name in names]}

    Exercise.objects.filter(slug="bridge").update(summary="Older words.")
    client.force_login(staff)
    dry = client.post("/admin/exercises/exercise/load/", files() | {"dry": "1"})
    assert any("exercise bridge, summary" in line for line in all_words(parse(dry), "#report li"))
    assert Exercise.objects.get(slug="bridge").summary == "Older words."
    client.post("/admin/exercises/exercise/load/", files() | {"load": "1"})
    assert Exercise.objects.get(slug="bridge").summary != "Older words."
    client.force_login(therapist)
    assert client.get("/admin/exercises/exercise/load/").status_code == 403


def test_a_broken_file_is_answered_with_its_lines(client, library, staff):
    client.force_login(staff)
    response = client.post(
        "/admin/exercises/exercise/load/",
        {"files": [SimpleUploadedFile("broken.json", b"{")], "load": "1"},
    )
    assert response.status_code == 422
    assert all_words(parse(response), "#report li")[0].startswith("broken.json: is not JSON")
