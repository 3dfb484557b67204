"""`python -m practices.importing FILE ENDING LIMITS`: prints the rows of a table as JSON."""

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

from core.confined.errors import UnreadableError
from core.confined.limits import Limits, bind_this_process

MOST_ROWS, MOST_COLUMNS = 2_000, 100
LONGEST_CELL = 1_000_000


def rows_of(path: Path, ending: str) -> list[list[str]]:
    """Return the rows of a table, the headings first; every cell as text."""
    if ending == "json":
        found = json.loads(_decoded(path.read_bytes()))["practices"]
        head = list(dict.fromkeys(name for row in found for name in row))
        data: list[Any] = [head, *([row.get(name) for name in head] for row in found)]
        return [[_text(cell) for cell in row] for row in _short(data)]
    if ending == "csv":
        text = _decoded(path.read_bytes())
        csv.field_size_limit(LONGEST_CELL)
        data = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    else:
        import tablib

        with path.open("rb") as file:
            data = list(tablib.Dataset().load(file, format="xlsx", headers=False))
    return [[_text(cell) for cell in row] for row in _short(data)]


def _short(rows: list[Any]) -> list[Any]:
    if len(rows) > MOST_ROWS + 1 or max(map(len, rows), default=0) > MOST_COLUMNS:
        raise UnreadableError("too_long")
    return rows


def _decoded(content: bytes) -> str:
    if b"\x00" in content:
        raise UnreadableError("mistyped")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError("encoding") from error


def _delimiter(text: str) -> str:
    """Return the sign between cells: where the comma divides decimals, programs take another."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat())[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def read(path: Path, ending: str, limits: Limits) -> dict[str, Any]:
    """Read one file; every failure becomes a reason."""
    # The parsers are imported below the limits, so that they are bound by them too.
    from core.confined import checks

    try:
        if ending == "xlsx":
            checks.check(path, ending, limits)
        elif path.stat().st_size == 0:
            raise UnreadableError("empty")
        return {"rows": rows_of(path, ending), "reason": ""}
    except UnreadableError as error:
        return {"rows": [], "reason": error.reason}
    except MemoryError:
        return {"rows": [], "reason": "memory"}
    except Exception:  # noqa: BLE001 - parsers fail in any way on a damaged file
        return {"rows": [], "reason": "damaged"}


def main() -> None:
    """Bind this process, read, print."""
    path, ending, limits = Path(sys.argv[1]), sys.argv[2], Limits(**json.loads(sys.argv[3]))
    bind_this_process(limits)
    sys.stdout.write(json.dumps(read(path, ending, limits)))


if __name__ == "__main__":
    main()
