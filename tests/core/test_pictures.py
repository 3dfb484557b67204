"""No picture tells where it was taken."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.models import SiteImage

pytestmark = pytest.mark.django_db

GPS, POSITION = 0x8825, {1: "N", 2: (13.0, 30.0, 0.0)}


def photograph(kind="JPEG", orientation=1):
    picture = Image.new("RGB", (40, 20), "teal")
    exif = Image.Exif()
    exif[0x010F] = "CameraMakerCanary"
    exif[0x0112] = orientation
    exif.get_ifd(GPS).update(POSITION)
    out = BytesIO()
    picture.save(out, format=kind, exif=exif)
    return SimpleUploadedFile(f"invented.{kind.lower()}", out.getvalue())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_position_and_camera_are_in_no_stored_byte(kind):
    upload = photograph(kind)
    assert b"CameraMakerCanary" in upload.read()
    image = SiteImage.objects.create(title="An invented picture", file=upload)
    for stored in (image.file, image.get_rendition("width-30").file):
        with stored.open() as file:
            content = file.read()
            assert b"CameraMakerCanary" not in content
            assert not Image.open(BytesIO(content)).getexif()


def test_a_picture_taken_sideways_stands_upright():
    image = SiteImage.objects.create(title="Sideways", file=photograph(orientation=6))
    assert (image.width, image.height) == (20, 40)


def test_the_editors_upload_is_cleaned_too(admin_client):
    data = {"title": "Uploaded", "file": photograph(), "description": "Invented", "collection": 1}
    admin_client.post(reverse("wagtailimages:add"), data)
    with SiteImage.objects.get(title="Uploaded").file.open() as file:
        assert b"CameraMakerCanary" not in file.read()
