"""No picture tells where it was taken, and none can be guessed."""

import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageFile
from wagtail.images.utils import get_allowed_image_extensions

from core.models import SiteImage
from core.pictures import FORMATS, without_metadata

pytestmark = pytest.mark.django_db

GPS, POSITION = 0x8825, {1: "N", 2: (13.0, 30.0, 0.0)}


def photograph(kind="JPEG", orientation=1, size=(40, 20), **options):
    picture = Image.new("RGB", size, "teal")
    exif = Image.Exif()
    exif[0x010F] = "CameraMakerCanary"
    exif[0x0112] = orientation
    exif.get_ifd(GPS).update(POSITION)
    out = BytesIO()
    if kind == "MPO":
        options |= {"save_all": True, "append_images": [picture.copy()]}
    picture.save(out, format=kind, exif=exif, **options)
    ending = {"JPEG": "jpg", "MPO": "jpg"}.get(kind, kind.lower())
    return SimpleUploadedFile(f"invented.{ending}", out.getvalue())


def animation(comment):
    """A GIF of three frames."""
    frames = [Image.new("P", (40, 20), number) for number in (1, 2, 3)]
    for number, frame in enumerate(frames):
        frame.putpalette([0, 0, 0, 200, 0, 0, 0, 200, 0, 0, 0, 200])
        frame.putpixel((number, 0), 0)
    out = BytesIO()
    frames[0].save(
        out,
        format="GIF",
        save_all=True,
        append_images=frames[1:],
        loop=0,
        duration=200,
        comment=comment,
    )
    return SimpleUploadedFile("invented.gif", out.getvalue())


def stored(image):
    with image.file.open() as file:
        return file.read()


@pytest.mark.parametrize("kind", ["JPEG", "MPO", "PNG", "WEBP", "AVIF", "TIFF"])
def test_position_and_camera_are_in_no_stored_byte(kind):
    upload = photograph(kind)
    assert b"CameraMakerCanary" in upload.read()
    image = SiteImage.objects.create(title="An invented picture", file=upload)
    for written in (image.file, image.get_rendition("width-30|format-png").file):
        with written.open() as file:
            content = file.read()
            assert b"CameraMakerCanary" not in content
            assert not Image.open(BytesIO(content)).getexif().get_ifd(GPS)


def test_a_picture_taken_sideways_stands_upright():
    image = SiteImage.objects.create(title="Sideways", file=photograph(orientation=6))
    assert (image.width, image.height) == (20, 40)


def upload(client, file):
    data = {"title": "Uploaded", "file": file, "description": "Invented", "collection": 1}
    return client.post(reverse("wagtailimages:add"), data)


@pytest.mark.parametrize("kind", ["JPEG", "MPO", "AVIF"])
def test_the_editors_upload_is_cleaned_too(admin_client, kind):
    upload(admin_client, photograph(kind))
    assert b"CameraMakerCanary" not in stored(SiteImage.objects.get(title="Uploaded"))


def test_a_picture_of_several_frames_is_stored_as_its_first():
    content = stored(SiteImage.objects.create(title="Phone", file=photograph("MPO")))
    assert Image.open(BytesIO(content)).format == "JPEG"


def test_a_gif_loses_its_comment_and_nothing_else():
    image = SiteImage.objects.create(title="Moving", file=animation(b"CommentCanary"))
    content = stored(image)
    assert b"CommentCanary" not in content
    assert content == animation(None).read()
    assert Image.open(BytesIO(content)).n_frames == 3


def test_what_says_nothing_stays_as_it_is():
    for upload in (animation(None), clean_picture()):
        image = SiteImage.objects.create(title="Silent", file=upload)
        upload.seek(0)
        assert stored(image) == upload.read()


def clean_picture():
    out = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(out, format="JPEG")
    return SimpleUploadedFile("invented.jpg", out.getvalue())


def test_a_damaged_photograph_does_not_pass_with_its_position(monkeypatch):
    # As any program that sets PDF leaves it for the whole process.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    content = photograph(size=(400, 200)).read()
    with pytest.raises(ValidationError, match="damaged"):
        without_metadata(SimpleUploadedFile("invented.jpg", content[:-60]))


def test_the_editor_cannot_upload_a_format_that_is_not_cleaned(admin_client):
    answer = upload(admin_client, photograph("HEIF"))
    assert answer.status_code == 200
    assert not SiteImage.objects.exists()


def test_every_format_that_may_be_uploaded_is_cleaned():
    endings = {"jpg": "JPEG", "jpeg": "JPEG"}
    for ending in get_allowed_image_extensions():
        assert endings.get(ending, ending.upper()) in {*FORMATS, "GIF"}


def test_nobody_can_guess_the_address_of_a_picture(db):
    """The web server hands pictures out and asks nobody who wants them."""
    content = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(content, "PNG")
    stored = []
    for _ in range(2):
        image = SiteImage(title="x", file=ContentFile(content.getvalue(), "camp.png"))
        image.save()
        stored += [image.file.name, image.get_rendition("width-30").file.name]
    names = [name.rpartition("/")[2] for name in stored]
    assert len({name.partition("-")[0] for name in names}) == 2
    assert all(re.fullmatch(r"[0-9a-f]{16}-camp.*\.png", name) for name in names)
