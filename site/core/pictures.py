"""Removes from an uploaded picture what it says beside what it shows.

Wagtail keeps a camera's metadata, position included, in the original and in resized copies. On the
photograph of a child that is a danger, so it is taken out before anything is stored.
"""

from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

# Pictures of these formats are written anew, in the format and with the options named. MPO is what
# phones put into a .jpg: further frames, of which the first is the picture. Not listed are HEIC,
# which the upload form refuses, and BMP, ICO and SVG, which have no place for a camera's data.
FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "JPEG": ("JPEG", {"quality": 92}),
    "MPO": ("JPEG", {"quality": 92}),
    "PNG": ("PNG", {}),
    "WEBP": ("WEBP", {"quality": 92}),
    "AVIF": ("AVIF", {"quality": 85}),
    "TIFF": ("TIFF", {}),
}
# What belongs to how the picture looks, and is kept.
SHOWN = ("icc_profile", "transparency")
# Besides how to show it (colours, transparency, density), nothing should come along.
HARMLESS = {
    *SHOWN,
    "dpi",
    "gamma",
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
# The blocks of a GIF: an extension has a label of its own, and only these two are for showing.
EXTENSION, FRAME, END = 0x21, 0x2C, 0x3B
TIMING, LOOPING = b"\x21\xf9", (b"\x21\xff\x0bNETSCAPE2.0", b"\x21\xff\x0bANIMEXTS1.0")


def without_metadata(file: Any) -> ContentFile[bytes] | None:
    """Return the same picture, upright, without EXIF, XMP, IPTC or comments.

    None when there is nothing to remove or when it is not a picture that Pillow can read;
    `ValidationError` for a damaged picture, which may say what cannot be taken out.
    """
    file.seek(0)
    try:
        picture = Image.open(file)
    except OSError:
        return None
    finally:
        file.seek(0)
    # Others in this process (WeasyPrint) may have let damaged pictures pass for all.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with picture:
            clean = _cleaned(picture, file)
    except (OSError, SyntaxError, IndexError, ValueError) as error:
        raise ValidationError(
            _("This picture is damaged. Open it in another program, save it anew and try again.")
        ) from error
    finally:
        file.seek(0)
    return None if clean is None else ContentFile(clean, name=getattr(file, "name", None))


def _cleaned(picture: Image.Image, file: Any) -> bytes | None:
    if picture.format == "GIF":
        file.seek(0)
        return _gif_without_comments(file.read())
    if picture.format not in FORMATS or not _says_more(picture):
        return None
    kind, options = FORMATS[picture.format]
    upright = ImageOps.exif_transpose(picture)
    shown = {key: picture.info[key] for key in SHOWN if key in picture.info}
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    if upright.mode == "P":
        clean.putpalette(upright.getpalette() or [])
    out = BytesIO()
    clean.save(out, format=kind, **shown, **options)
    return out.getvalue()


def _says_more(picture: Image.Image) -> bool:
    return bool(picture.getexif()) or bool(set(picture.info) - HARMLESS)


def _gif_without_comments(data: bytes) -> bytes | None:
    """Return a GIF with all its frames as they are; None when there is nothing to remove."""
    at = 13 + _colours(data[10])
    kept = [data[:at]]
    while at < len(data) and data[at] != END:
        start = at
        if data[start] == FRAME:
            at = _after_parts(data, start + 11 + _colours(data[start + 9]))
            kept.append(data[start:at])
        elif data[start] == EXTENSION:
            at = _after_parts(data, start + 2)
            if data.startswith((TIMING, *LOOPING), start):
                kept.append(data[start:at])
        else:
            at += 1
    clean = b"".join(kept) + bytes([END])
    return None if clean == data else clean


def _colours(flags: int) -> int:
    """Return the length in bytes of the colour table that these flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_parts(data: bytes, at: int) -> int:
    """Return the place behind a series of parts, each headed by its length and the last empty."""
    while data[at]:
        at += data[at] + 1
    return at + 1
