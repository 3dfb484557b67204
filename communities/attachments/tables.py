"""`python -m communities.attachments.tables FILE xlsx LIMITS`: the words of a workbook as JSON.

Runs in a process of its own and never imports Django. A sheet is a section under its name, a row
a line of its cells.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.confined.errors import UnreadableError
from core.confined.limits import Limits, bind_this_process
from library.extraction.result import Reading, ReadSection

ENDING = "xlsx"
# More rows of one sheet are data rather than text: what they are about stands at the top.
MOST_ROWS = 2_000


def read(path: Path, limits: Limits) -> Reading:
    """Read one workbook; every failure becomes a reason."""
    # The parser is imported below the limits, so that it is bound by them too.
    from core.confined import checks

    try:
        checks.check(path, ENDING, limits)
        sections = tuple(_sections(path, limits))
    except UnreadableError as error:
        return Reading(reason=error.reason, detail=error.detail)
    except MemoryError:
        return Reading(reason="memory")
    except Exception as error:  # noqa: BLE001 - parsers fail in any way on a damaged file
        return Reading(reason="damaged", detail=f"{type(error).__name__}: {error}"[:300])
    return Reading(sections) if sections else Reading(reason="no_text")


def _sections(path: Path, limits: Limits) -> Iterator[ReadSection]:
    import openpyxl

    left = limits.text
    with path.open("rb") as file:  # by its name the parser would ask for an ending
        workbook = openpyxl.load_workbook(file, read_only=True, data_only=True)
        for sheet in workbook.worksheets:
            lines = []
            for row in sheet.iter_rows(max_row=MOST_ROWS, values_only=True):
                line = " | ".join(filter(None, map(_text, row)))
                left -= len(line)
                if left < 0:
                    break
                lines.append(line)
            if text := "\n".join(filter(None, lines)):
                yield ReadSection((str(sheet.title),), text)


def _text(cell: Any) -> str:
    """Return a cell as text; a number alone says nothing to a search."""
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def main() -> None:
    """Bind this process, read, print."""
    path, limits = Path(sys.argv[1]), Limits(**json.loads(sys.argv[3]))
    bind_this_process(limits)
    sys.stdout.write(read(path, limits).to_json())


if __name__ == "__main__":
    main()
