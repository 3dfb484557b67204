"""What stands in a Word file, as the reading process hands it back: no field is known yet."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass
class Line:
    """A paragraph: `heading` is its level (0: none), `level` that of its list (0: none).

    `title`: set in the style of the document's own name; such a line is a heading, too.

    `runs` are [words, bold, italic, address]. `marks` name the fields that begin here.
    """

    runs: list[list[Any]] = field(default_factory=list)
    heading: int = 0
    title: bool = False
    level: int = 0
    ordered: bool = False
    caption: bool = False
    help: bool = False
    marks: list[str] = field(default_factory=list)
    # Marks that hold the whole of the text, which is therefore a label and not an entry.
    labelled: bool = False

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run[0] for run in self.runs)


@dataclass
class Table:
    """A table: rows of cells of lines. `header` is row, column, both or neither."""

    rows: list[list[list[Line]]] = field(default_factory=list)
    header: str = "neither"
    marks: list[str] = field(default_factory=list)


@dataclass
class Outline:
    """A Word file: its lines and tables in order, and what is not part of its text."""

    blocks: list[Line | Table] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    inserted: int = 0
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    pictures: int = 0
    reason: str = ""
    detail: str = ""

    def to_json(self) -> str:
        """The one line that the reading process prints."""
        return json.dumps(asdict(self), ensure_ascii=True)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The inverse of `to_json`; ValueError, KeyError or TypeError on anything else."""
        data = json.loads(text)
        blocks = [_block(block) for block in data.pop("blocks")]
        return cls(blocks=blocks, **data)


def _block(data: dict[str, Any]) -> Line | Table:
    if "rows" not in data:
        return Line(**data)
    rows = [[[Line(**line) for line in cell] for cell in row] for row in data.pop("rows")]
    return Table(rows=rows, **data)
