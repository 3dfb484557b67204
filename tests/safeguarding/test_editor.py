"""The gate in Wagtail's interface, and pictures on their way in (U07, U08)."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction

from core.models import SiteImage
from library.importing import Details, keep
from library.making import markdown_to_docx
from safeguarding.gate import check
from tests.members.people import superuser
from tests.safeguarding.pages import SAFE, UNSAFE, draft, text

pytestmark = pytest.mark.django_db
PLACE = b"Karvala-41.715"


@pytest.fixture
def editor(client):
    client.force_login(superuser())
    return client


def test_the_editor_is_told_above_the_form(editor):
    unsafe, safe = draft(text(UNSAFE)), draft(text(SAFE), slug="safe")
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[unsafe.pk])).content.decode()
    assert "1 thing must be looked at first" in html
    assert f"/en/do-no-harm/{unsafe.pk}/" in html
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[safe.pk])).content.decode()
    assert "must be looked at first" not in html


def test_the_right_to_sign_off_can_be_given_to_a_group(editor):
    html = editor.get(reverse("wagtailusers_groups:add")).content.decode()
    assert "Can sign off what a check has found" in html


def test_the_editor_is_told_of_a_file_that_not_everybody_may_open(editor):
    content = markdown_to_docx(SAFE, "Closed", "en")
    file, _new = keep("closed.docx", content, Details(title="Closed", language="en"))
    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="groups")
    file.collection = closed
    file.save()
    page = draft(("download", {"file": file.pk, "note": ""}))
    assert not check(page).open
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    editor.post(f"{url}?id={page.pk}", {"include_descendants": ""})
    form = {
        "title": page.title, "slug": page.slug, "summary": "", "seo_title": "",
        "search_description": "", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
        "body-count": 1, "body-0-type": "download", "body-0-order": 0, "body-0-deleted": "",
        "body-0-id": "", "body-0-value-file": file.pk, "body-0-value-note": "",
        "action-publish": "1",
    }  # fmt: skip
    answered = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    html = editor.get(answered["Location"]).content.decode()
    assert "Not everybody may open “Closed”" in html


# Pictures.


def photo(kind, **options):
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (41.0, 42.0, 54.0), 3: "E", 4: (44.0, 49.0, 37.0), 29: "2024:01:01"}
    exif[0x010E] = PLACE.decode()
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, format=kind, exif=exif, **options)
    return out.getvalue()


def says_where(content):
    picture = Image.open(BytesIO(content))
    return PLACE in content or bool(picture.getexif().get_ifd(0x8825)) or bool(picture.getexif())


def upload(editor, name, content):
    sent = {"title": "A photo", "file": SimpleUploadedFile(name, content), "description": "x"}
    sent["collection"] = Collection.get_first_root_node().pk
    editor.post(reverse("wagtailimages:add"), sent)
    return SiteImage.objects.order_by("-pk").first()


WAYS_IN = {
    "the editor's form": upload,
    "an import": lambda editor, name, content: SiteImage.objects.create(
        title="A photo", file=ContentFile(content, name=name)
    ),
}


@pytest.mark.parametrize("way", WAYS_IN)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_no_picture_tells_where_it_was_taken(editor, kind, way):
    content = photo(kind)
    assert says_where(content)
    image = WAYS_IN[way](editor, f"photo.{kind.lower()}", content)
    assert image is not None
    with image.open_file() as stored:
        assert not says_where(stored.read())
    for spec in ("max-320x320", "original", "width-20|format-jpeg"):
        with image.get_rendition(spec).file.open() as copy:
            assert not says_where(copy.read())


def test_a_format_of_phones_that_we_cannot_clean_is_refused(editor):
    assert upload(editor, "photo.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64) is None


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def flood(width, height):
    """A PNG that announces more pixels than any machine holds, in a few bytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00"))


@pytest.mark.parametrize("size", [(50_000, 50_000), (1_000_000, 900)])
def test_a_flood_of_pixels_is_refused_by_its_header(editor, size):
    assert upload(editor, "flood.png", flood(*size)) is None
