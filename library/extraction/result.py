"""What the reading process hands back: sections with headings and pages, or a reason."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self


@dataclass(frozen=True)
class ReadSection:
    """A run of text under one heading and, in a PDF, on one page (counted from 1)."""

    heading: tuple[str, ...]
    text: str
    page: int | None = None


@dataclass(frozen=True)
class Reading:
    """The text of a file, or the reason why there is none (`reason` is "" when there is)."""

    sections: Sequence[ReadSection] = ()
    title: str = ""
    page_count: int | None = None
    reason: str = ""
    detail: str = ""

    def to_json(self) -> str:
        """The one line that the reading process prints."""
        return json.dumps(asdict(self), ensure_ascii=True)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The inverse of `to_json`; raises ValueError, KeyError or TypeError on anything else."""
        data = json.loads(text)
        sections = tuple(
            ReadSection(tuple(section["heading"]), section["text"], section["page"])
            for section in data.pop("sections")
        )
        return cls(sections=sections, **data)
