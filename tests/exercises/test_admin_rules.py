"""Editing in the admin: what the rule set holds fast, pictures from upload to reader, and roles."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html
from PIL import Image

from exercises.models import Condition, Exercise, Precaution, Variant
from exercises.pictures import redrawn
from tests.factories.accounts import make_patient, make_staff
from tests.factories.exercises import shipped_files
from tests.support.pages import all_words, one, parse, queries

pytestmark = pytest.mark.django_db

UNREADABLE = "This is no picture we can read. Use JPEG, PNG or WebP."


@pytest.fixture(autouse=True)
def pictures(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def chief(clinic):
    return make_staff("chief@example.org", clinic, is_superuser=True)


def sent(page: html.HtmlElement, form: str) -> dict[str, list[str]]:
    """What a browser sends if nothing on the form is touched."""
    chosen = page.get_element_by_id(form)
    # Django's forms have named buttons that lxml would send as well.
    data: dict[str, list[str]] = {}
    for name, value in chosen.form_values():
        data.setdefault(name, []).append(value)
    return {name: value for name, value in data.items() if not name.startswith("_")}


def address(item) -> str:
    return f"/admin/exercises/{item._meta.model_name}/{item.pk}/change/"


def edit(client, item, **values):
    """Opens the form, changes these fields and sends it."""
    page = parse(client.get(address(item)))
    data = sent(page, f"{item._meta.model_name}_form")
    return client.post(address(item), {**data, **values})


def row_of(client, exercise: Exercise, prefix: str, pk: int) -> str:
    """The prefix of an inline row, such as ``precautions-3``."""
    page = parse(client.get(address(exercise)))
    found = page.cssselect(f"input[name^={prefix}-][name$=-id][value='{pk}']")
    return found[0].get("name").removesuffix("-id")


def bridge() -> Exercise:
    return Exercise.objects.get(slug="bridge")


@pytest.mark.parametrize("slug", ["bridge", "cobra", "knee-to-chest"])
def test_an_exercise_can_be_opened_and_saved_as_it_is(client, library, therapist, slug):
    client.force_login(therapist)
    exercise = Exercise.objects.get(slug=slug)
    response = edit(client, exercise)
    assert response.status_code == 302, all_words(parse(response), ".errorlist")


def test_steps_are_edited_on_the_page_of_their_variant(client, library, therapist):
    client.force_login(therapist)
    variant = bridge().variants.get(key="mini")
    links = parse(client.get(address(bridge()))).xpath("//a[text()='Edit steps']/@href")
    assert address(variant) in links
    response = edit(client, variant, **{"steps-0-text": "Lie down on your back."})
    assert response.status_code == 302, all_words(parse(response), ".errorlist")
    step = variant.steps.get(order=1)
    assert step.text == "Lie down on your back."
    assert step.history.first().history_user == therapist


def test_a_precaution_of_ones_own_is_added_with_variants_to_tick(client, library, therapist):
    client.force_login(therapist)
    exercise, condition = bridge(), Condition.objects.create(slug="cold", name="A bad cold")
    page = parse(client.get(address(exercise)))
    ticks = page.cssselect("input[name=precautions-__prefix__-variants]")
    assert [tick.get("value") for tick in ticks] == ["squeeze", "mini", "full", "march"]
    number = exercise.precautions.count()
    new = {
        "precautions-TOTAL_FORMS": str(number + 1),
        f"precautions-{number}-condition": str(condition.pk),
        f"precautions-{number}-code": "modify",
        f"precautions-{number}-variants": ["mini"],
        f"precautions-{number}-reason": "Go gently until you are well.",
    }
    response = edit(client, exercise, **new)
    assert response.status_code == 302, all_words(parse(response), ".errorlist")
    row = Precaution.objects.get(exercise=exercise, condition=condition)
    assert (row.code, row.variants, row.flags) == ("modify", ["mini"], [])


def test_a_precaution_of_the_rules_cannot_be_turned_into_another(client, library, therapist):
    client.force_login(therapist)
    exercise, other = bridge(), Condition.objects.create(slug="cold", name="A bad cold")
    target = exercise.precautions.get(condition__slug="osteoporosis")
    row = row_of(client, exercise, "precautions", target.pk)
    response = edit(client, exercise, **{f"{row}-condition": str(other.pk)})
    assert "The rule set has a precaution for osteoporosis; keep one here." in all_words(
        parse(response), ".errorlist li"
    )
    target.refresh_from_db()
    assert target.condition.slug == "osteoporosis"


def test_not_even_a_superuser_takes_out_a_precaution_or_a_level(client, library, chief):
    client.force_login(chief)
    exercise = bridge()
    precaution = exercise.precautions.get(condition__slug="osteoporosis")
    dose = exercise.doses.get(level=2)
    for prefix, item, message in (
        (
            "precautions",
            precaution,
            "The rule set has a precaution for osteoporosis; keep one here.",
        ),
        ("doses", dose, "Keep one dose for all variants at level 2."),
    ):
        row = row_of(client, exercise, prefix, item.pk)
        response = edit(client, exercise, **{f"{row}-DELETE": "on"})
        assert message in all_words(parse(response), ".errorlist li")
        item.refresh_from_db()


def test_a_dose_without_a_number_is_refused(client, library, therapist):
    client.force_login(therapist)
    exercise = bridge()
    dose = exercise.doses.get(level=1)
    row = row_of(client, exercise, "doses", dose.pk)
    response = edit(client, exercise, **{f"{row}-reps": "", f"{row}-hold_seconds": ""})
    assert "Give repetitions, a hold in seconds, or both." in all_words(
        parse(response), ".errorlist li"
    )


def test_a_variant_keeps_its_rung_its_key_and_its_exercise(client, library, therapist):
    client.force_login(therapist)
    variant = bridge().variants.get(key="mini")
    page = parse(client.get(address(variant)))
    assert not page.cssselect("[name=key], [name=exercise]")
    response = edit(client, variant, rung="harder")
    errors = all_words(parse(response), ".errorlist li")
    assert errors == ["This must be easier, as in the rule set."]
    response = edit(client, bridge(), **{"variants-1-rung": "harder"})
    assert "This must be easier, as in the rule set." in all_words(parse(response), ".errorlist li")
    assert Variant.objects.get(pk=variant.pk).rung == "easier"


@pytest.mark.parametrize("role", ["therapist", "chief"])
def test_what_the_rules_name_is_not_renamed_and_not_deleted(client, library, request, role):
    client.force_login(request.getfixturevalue(role))
    for item in (bridge(), Condition.objects.get(slug="osteoporosis")):
        assert not parse(client.get(address(item))).cssselect("[name=slug]")
        assert (
            client.post(address(item).replace("change", "delete"), {"post": "yes"}).status_code
            == 403
        )
        item.refresh_from_db()


@pytest.mark.parametrize("kind", ["patient with the staff mark", "patient"])
def test_a_patient_sees_nothing_of_the_admin(client, library, clinic, kind):
    user = make_patient("p@example.org", is_staff="mark" in kind)
    client.force_login(user)
    expected = 403 if user.is_staff else 302
    for path in ("exercises/exercise/", "exercises/reference/", "exercises/exercise/load/"):
        assert client.get(f"/admin/{path}").status_code == expected


def test_the_button_to_load_is_for_those_who_may(client, library, therapist, chief):
    for user, links in ((therapist, 0), (chief, 1)):
        client.force_login(user)
        page = parse(client.get("/admin/exercises/exercise/"))
        assert len(page.cssselect("a[href='/admin/exercises/exercise/load/']")) == links


def test_a_loaded_file_keeps_a_therapists_edit_and_names_it_on_the_page(
    client, library, therapist, clinic
):
    client.force_login(therapist)
    edit(client, bridge(), summary="Lift your hips as one piece.")
    client.force_login(make_staff("staff@example.org", clinic))
    files = [SimpleUploadedFile(name, content) for name, content in shipped_files()]
    page = parse(client.post("/admin/exercises/exercise/load/", {"files": files, "load": "1"}))
    lines = all_words(page, "#report li")
    assert [line.split(" on ")[0] for line in lines] == [
        "kept: exercise bridge, summary: edited by tess@example.org"
    ]
    assert bridge().summary == "Lift your hips as one piece."


def picture(form: str = "JPEG", size: tuple[int, int] = (400, 300), **options) -> bytes:
    out = io.BytesIO()
    Image.new(options.pop("mode", "RGB"), size, options.pop("color", "green")).save(
        out, form, **options
    )
    return out.getvalue()


def upload(content: bytes, name: str = "me.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def test_a_picture_goes_from_the_admin_to_the_page_without_its_place(client, library, therapist):
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    # A web page hidden behind the picture's end goes with everything that is no pixel.
    content = picture(exif=exif.tobytes()) + b"<script>alert(1)</script>"
    client.force_login(therapist)
    response = edit(client, bridge(), picture=upload(content), picture_alt="Hips lifted high.")
    assert response.status_code == 302, all_words(parse(response), ".errorlist")
    client.logout()
    (image,) = parse(client.get("/exercises/bridge/")).cssselect("#moves img")
    assert image.get("alt") == "Hips lifted high."
    answer = client.get(image.get("src"))
    stored = b"".join(answer.streaming_content)
    assert b"script" not in stored
    assert dict(Image.open(io.BytesIO(stored)).getexif()) == {}
    assert answer.headers["Content-Type"] == "image/webp"
    parts = set(answer.headers["Cache-Control"].split(", "))
    assert parts == {"public", "immutable", "max-age=31536000"}


def test_a_picture_comes_in_sizes_and_kinds_and_says_how_large_it_is(client, library, therapist):
    client.force_login(therapist)
    edit(client, bridge(), picture=upload(picture(size=(1000, 500))), picture_alt="Hips high.")
    shown = one(parse(client.get("/exercises/bridge/")), "#moves picture")
    image = one(shown, "img")
    assert (image.get("width"), image.get("height")) == ("1000", "500")
    assert [source.get("type") for source in shown.cssselect("source")] == [
        "image/avif",
        "image/webp",
    ]
    for source in shown.cssselect("source"):
        widths = []
        for part in source.get("srcset").split(", "):
            answer = client.get(part.split()[0])
            assert answer.headers["Content-Type"] == source.get("type")
            assert answer.headers["Cache-Control"] == "public, immutable, max-age=31536000"
            with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as size:
                widths.append(size.width)
        assert widths == [400, 800, 1000]
    stem = bridge().picture_name.removesuffix(".webp")
    assert client.get(f"/exercises/pictures/{stem}-123.webp").status_code == 404
    assert client.get(f"/exercises/pictures/{stem}-400.svg").status_code == 404


def test_a_picture_needs_words(client, library, therapist):
    client.force_login(therapist)
    response = edit(client, bridge(), picture=upload(picture()))
    message = "Say what the picture shows, for people who can't see it."
    assert message in all_words(parse(response), ".errorlist li")
    assert not bridge().picture


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", UNREADABLE),
        (b"<html><script>alert(1)</script></html>", UNREADABLE),
        (picture("GIF"), UNREADABLE),
        (picture()[:200], UNREADABLE),
        (
            picture("PNG", (7000, 6000), mode="1", color=0),
            "The picture has too many pixels. Make it smaller first.",
        ),
        (
            picture("PNG", (9500, 9500), mode="1", color=0),
            "The picture has too many pixels. Make it smaller first.",
        ),
    ],
    ids=["svg", "web page", "gif", "cut off", "42 megapixels", "90 megapixels"],
)
def test_what_is_no_fit_picture_is_refused_on_the_form(
    client, library, therapist, content, message
):
    client.force_login(therapist)
    response = edit(client, bridge(), picture=upload(content), picture_alt="Hips lifted.")
    assert message in all_words(parse(response), ".errorlist li")
    assert not bridge().picture


def test_the_name_of_a_picture_is_its_content():
    one, two = redrawn(upload(picture())), redrawn(upload(picture(), "other.jpg"))
    assert one.name == two.name
    assert one.name != redrawn(upload(picture(color="red"))).name


def test_see_through_parts_become_white_and_large_ones_small():
    clear = picture("PNG", (3200, 1600), mode="RGBA", color=(0, 0, 0, 0))
    drawn = Image.open(io.BytesIO(redrawn(upload(clear, "a.png")).read()))
    assert (drawn.size, drawn.getpixel((0, 0))) == ((1600, 800), (255, 255, 255))


@pytest.mark.parametrize("name", ["none.webp", "..%2f..%2fsecret-key", "secret-key"])
def test_nothing_but_pictures_of_the_library_is_streamed(client, library, pictures, name):
    (pictures / "secret-key").write_text("secret")
    assert client.get(f"/exercises/pictures/{name}").status_code == 404


def test_the_list_in_the_admin_costs_the_same_with_one_and_with_many(client, library, chief):
    client.force_login(chief)
    with queries() as many:
        client.get("/admin/exercises/exercise/")
    Exercise.objects.exclude(slug="bridge").delete()
    with queries() as one:
        client.get("/admin/exercises/exercise/")
    assert len(one) == len(many) <= 12
