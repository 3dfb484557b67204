"""`python -m communities.attachments.judging FILE ENDING LIMITS`: a file without who made it.

Runs in a process of its own and never imports Django. What its name says, its first bytes and a
parser must agree; what comes out holds nothing of its author, its place or its camera.
"""

import json
import logging
import sys
from io import BytesIO
from pathlib import Path

from core.confined.errors import UnreadableError
from core.confined.limits import Limits, bind_this_process
from library.cleaning.__main__ import DEEPEST
from library.cleaning.__main__ import clean as cleaned_document
from library.cleaning.result import Cleaned

# What Pillow calls a file of this ending.
PICTURES = {"png": ["PNG"], "jpg": ["JPEG"], "jpeg": ["JPEG"]}
TABLE = "xlsx"
MOST_PIXELS = 50_000_000
MOST_FRAMES = 50


def judged(path: Path, ending: str, limits: Limits) -> Cleaned:
    """Judge and clean one file; every failure becomes a reason."""
    try:
        if ending in PICTURES:
            return Cleaned(_picture(path, ending, limits))
        clean = cleaned_document(path, ending, limits)
        if ending == TABLE and not clean.reason:
            _open_table(clean.content)
        return clean
    except UnreadableError as error:
        return Cleaned(reason=error.reason, detail=error.detail)
    except MemoryError:
        return Cleaned(reason="memory")
    except Exception as error:  # noqa: BLE001 - parsers fail in any way on a damaged file
        return Cleaned(reason="damaged", detail=f"{type(error).__name__}: {error}"[:300])


def _open_table(content: bytes) -> None:
    """Fail for what is no workbook; a Word file is opened by whatever cleans it."""
    import openpyxl

    openpyxl.load_workbook(BytesIO(content), read_only=True).close()


def _picture(path: Path, ending: str, limits: Limits) -> bytes:
    from PIL import Image, UnidentifiedImageError

    from library.cleaning import pictures

    if not path.stat().st_size:
        raise UnreadableError("empty")
    if path.stat().st_size > limits.file_size:
        raise UnreadableError("too_large")
    content = path.read_bytes()
    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    try:
        picture = Image.open(BytesIO(content), formats=PICTURES[ending])
    except UnidentifiedImageError as error:
        raise UnreadableError("mistyped") from error
    with picture:
        width, height = picture.size
        frames = getattr(picture, "n_frames", 1) if ending == "png" else 1
        if width * height > MOST_PIXELS or frames > MOST_FRAMES:
            raise UnreadableError("pixels", f"{width} x {height}, {frames} frames")
        picture.load()
    clean = pictures.cleaned(content)
    with Image.open(BytesIO(clean), formats=PICTURES[ending]) as shown:
        shown.load()
        if shown.size != (width, height):
            raise UnreadableError("unsafe")
    return clean


def main() -> None:
    """Bind this process, judge, print."""
    path, ending, limits = Path(sys.argv[1]), sys.argv[2], Limits(**json.loads(sys.argv[3]))
    bind_this_process(limits)
    sys.setrecursionlimit(DEEPEST)
    logging.disable(logging.CRITICAL)
    sys.stdout.buffer.write(judged(path, ending, limits).to_bytes())


if __name__ == "__main__":
    main()
