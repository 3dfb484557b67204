"""What the cleaning process hands back: the clean file, or the reason why there is none."""

import json
from dataclasses import asdict, dataclass, replace
from typing import Self


@dataclass(frozen=True)
class Cleaned:
    """A file without its authors; `reason` is "" when `content` is that, else why it is not.

    `revisions` says what of its making a Word file still shows: comments, changes, or both.
    """

    content: bytes = b""
    title: str = ""
    revisions: str = ""
    reason: str = ""
    detail: str = ""

    def to_bytes(self) -> bytes:
        """One line of JSON, then the content: what the cleaning process prints."""
        told = asdict(replace(self, content=b""))
        del told["content"]
        return json.dumps(told, ensure_ascii=True).encode() + b"\n" + self.content

    @classmethod
    def from_bytes(cls, output: bytes) -> Self:
        """The inverse of `to_bytes`; raises ValueError or TypeError on anything else."""
        told, _end, content = output.partition(b"\n")
        return cls(content=content, **json.loads(told))
