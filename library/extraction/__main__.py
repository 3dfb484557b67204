"""`python -m library.extraction FILE EXTENSION LIMITS`: prints one Reading as JSON."""

import json
import logging
import sys
from pathlib import Path

from core.confined.errors import UnreadableError
from core.confined.limits import Limits, bind_this_process
from library.extraction.result import Reading


def read(path: Path, extension: str, limits: Limits) -> Reading:
    """Read one file; every failure becomes a reason."""
    # The parsers are imported below the limits, so that they are bound by them too.
    from core.confined import checks
    from library.extraction import pdf, word

    try:
        checks.check(path, extension, limits)
        reading = pdf.read(path, limits) if extension == "pdf" else word.read(path)
    except UnreadableError as error:
        return Reading(reason=error.reason, detail=error.detail)
    except MemoryError:
        return Reading(reason="memory")
    except Exception as error:  # noqa: BLE001 - parsers fail in any way on a damaged file
        return Reading(reason="damaged", detail=f"{type(error).__name__}: {error}"[:300])
    if sum(len(section.text) for section in reading.sections) > limits.text:
        return Reading(reason="too_long", page_count=reading.page_count)
    if not any(section.text.strip() for section in reading.sections):
        return Reading(reason="no_text", page_count=reading.page_count)
    return reading


def main() -> None:
    """Bind this process, read, print."""
    path, extension, limits = Path(sys.argv[1]), sys.argv[2], Limits(**json.loads(sys.argv[3]))
    bind_this_process(limits)
    # pypdf reports every oddity of a file; none of them is of use to whoever reads our log.
    logging.disable(logging.CRITICAL)
    sys.stdout.write(read(path, extension, limits).to_json())


if __name__ == "__main__":
    main()
