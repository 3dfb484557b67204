"""`python -m library.cleaning FILE EXTENSION LIMITS`: prints one Cleaned file."""

import json
import logging
import sys
from pathlib import Path

from core.confined.errors import UnreadableError
from core.confined.limits import Limits, bind_this_process
from library.cleaning.result import Cleaned

# A tagged PDF is copied along its references, each a step deeper than the one before.
DEEPEST = 50_000


def clean(path: Path, extension: str, limits: Limits) -> Cleaned:
    """Clean one file; every failure becomes a reason."""
    # The parsers are imported below the limits, so that they are bound by them too.
    from core.confined import checks
    from library.cleaning import office, pdf

    try:
        checks.check(path, extension, limits)
        content = path.read_bytes()
        return pdf.cleaned(content) if extension == "pdf" else office.cleaned(content, limits)
    except UnreadableError as error:
        return Cleaned(reason=error.reason, detail=error.detail)
    except MemoryError:
        return Cleaned(reason="memory")
    except RecursionError as error:
        return Cleaned(reason="unsafe", detail=str(error))
    except Exception as error:  # noqa: BLE001 - parsers fail in any way on a damaged file
        return Cleaned(reason="damaged", detail=f"{type(error).__name__}: {error}"[:300])


def main() -> None:
    """Bind this process, clean, print."""
    path, extension, limits = Path(sys.argv[1]), sys.argv[2], Limits(**json.loads(sys.argv[3]))
    bind_this_process(limits)
    sys.setrecursionlimit(DEEPEST)
    # pypdf reports every oddity of a file; none of them is of use to whoever reads our log.
    logging.disable(logging.CRITICAL)
    sys.stdout.buffer.write(clean(path, extension, limits).to_bytes())


if __name__ == "__main__":
    main()
