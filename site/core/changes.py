"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# Words with the spaces after them; punctuation stands alone.
_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
# Above so many words the comparison goes line by line: it would take too long.
MOST_WORDS = 3000


@dataclass(frozen=True)
class Change:
    """A stretch of text that stayed ("same"), went ("gone") or came ("new")."""

    kind: str
    text: str


def changes(before: str, after: str) -> list[Change]:
    """Return both texts as one: "same" and "gone" are `before`, "same" and "new" `after`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return list(_joined(old, new))


def _joined(old: list[str], new: list[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, old, new)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Change("same", "".join(old[a:b]))
            continue
        if b > a:
            yield Change("gone", "".join(old[a:b]))
        if d > c:
            yield Change("new", "".join(new[c:d]))
