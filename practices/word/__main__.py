"""`python -m practices.word FILE docx LIMITS`: prints one Outline as JSON."""

import json
import sys
from pathlib import Path

from core.confined.errors import UnreadableError
from core.confined.limits import Limits, bind_this_process
from practices.word.outline import Outline


def read(path: Path, extension: str, limits: Limits) -> Outline:
    """Read one file; every failure becomes a reason."""
    # The parsers are imported below the limits, so that they are bound by them too.
    from core.confined import checks
    from practices.word import reading

    try:
        checks.check(path, extension, limits)
        outline = reading.read(path)
    except UnreadableError as error:
        return Outline(reason=error.reason, detail=error.detail)
    except MemoryError:
        return Outline(reason="memory")
    except Exception as error:  # noqa: BLE001 - parsers fail in any way on a damaged file
        return Outline(reason="damaged", detail=f"{type(error).__name__}: {error}"[:300])
    return outline


def main() -> None:
    """Bind this process, read, print."""
    path, extension, limits = Path(sys.argv[1]), sys.argv[2], Limits(**json.loads(sys.argv[3]))
    bind_this_process(limits)
    printed = read(path, extension, limits).to_json()
    if len(printed) > limits.text:
        printed = Outline(reason="too_long").to_json()
    sys.stdout.write(printed)


if __name__ == "__main__":
    main()
