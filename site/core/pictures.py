"""Removes from an uploaded picture what it says beside what it shows.

Wagtail keeps a camera's metadata, position included, in the original and in resized copies. On the
photograph of a child that is a danger, so it is taken out before anything is stored.
"""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError

# Formats whose pictures are written anew; others (SVG, GIF) carry no camera data.
FORMATS = {"JPEG": {"quality": 92}, "PNG": {}, "WEBP": {"quality": 92}, "TIFF": {}}
# What belongs to how the picture looks, and is kept.
SHOWN = ("icc_profile", "transparency")


def without_metadata(file: Any) -> ContentFile[bytes] | None:
    """Return the same picture, upright, without EXIF, XMP, IPTC or comments.

    None when there is nothing to remove or when it is not a picture that Pillow can read.
    """
    try:
        file.seek(0)
        with Image.open(file) as picture:
            kind = picture.format or ""
            if kind not in FORMATS or not _says_more(picture):
                return None
            upright = ImageOps.exif_transpose(picture)
            shown = {key: picture.info[key] for key in SHOWN if key in picture.info}
            clean = Image.new(upright.mode, upright.size)
            clean.paste(upright)
            if upright.mode == "P":
                clean.putpalette(upright.getpalette() or [])
            out = BytesIO()
            clean.save(out, format=kind, **shown, **FORMATS[kind])
    except (UnidentifiedImageError, OSError):
        return None
    finally:
        file.seek(0)
    name = file.name if isinstance(file, UploadedFile) else getattr(file, "name", None)
    return ContentFile(out.getvalue(), name=name)


def _says_more(picture: Image.Image) -> bool:
    # Besides how to show it (colours, transparency, density), nothing should come along.
    harmless = {
        "icc_profile",
        "dpi",
        "gamma",
        "transparency",
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
        "srgb",
        "aspect",
        "interlace",
        "background",
        "loop",
        "duration",
        "timestamp",
        "compression",
        "chromaticity",
    }
    return bool(picture.getexif()) or bool(set(picture.info) - harmless)
