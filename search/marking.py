"""The part of a passage that answers, with the words of the question marked."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from search.language import fold, stem

WIDTH = 55  # words of a passage that are shown
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u064b-\u0652]+[^\W_]*)*")


@dataclass(frozen=True)
class Excerpt:
    """A stretch of a passage as text and as safe HTML."""

    text: str
    marked: SafeString


def excerpt(text: str, stems: frozenset[str], language: str) -> Excerpt:
    """Return the stretch with most different matching words, cut between words."""
    spans = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    found = [_stem_of(text[start:end], language) for start, end in spans]
    matching = [word if word in stems else "" for word in found]
    first = _best_start(matching)
    last = min(first + WIDTH, len(spans))
    start = spans[first][0] if first else 0
    end = spans[last - 1][1] if last < len(spans) else len(text)
    if last < len(spans):
        end += len(text[end:]) - len(text[end:].lstrip(".,;:!?)»\u201d"))
    marks = [
        span for span, word in zip(spans[first:last], matching[first:last], strict=True) if word
    ]
    before, after = "\u2026 " if first else "", " \u2026" if last < len(spans) else ""
    return Excerpt(
        before + text[start:end] + after, _marked(text, start, end, marks, before, after)
    )


@lru_cache(maxsize=100_000)
def _stem_of(word: str, language: str) -> str:
    """Return the stem of a word as it stands; most words of a text have been seen before."""
    return stem(fold(word), language)


def _best_start(matching: list[str]) -> int:
    """Return where the window with most different matches begins, a little before the first."""
    if len(matching) <= WIDTH:
        return 0
    places = [place for place, word in enumerate(matching) if word]
    best, chosen = 0, 0
    for place in places:
        window = matching[place : place + WIDTH - 8]
        kinds = len(set(filter(None, window))) * 100 + sum(map(bool, window))
        if kinds > best:
            best, chosen = kinds, place
    return max(0, min(chosen - 8, len(matching) - WIDTH))


def _marked(
    text: str, start: int, end: int, marks: list[tuple[int, int]], before: str, after: str
) -> SafeString:
    html, place = [before], start
    for left, right in marks:
        html += [format_html("{}<mark>{}</mark>", text[place:left], text[left:right])]
        place = right
    html += [format_html("{}", text[place:end]), after]
    return mark_safe("".join(html))  # noqa: S308 - every part is escaped above
