"""How a document becomes passages: 120 to 200 words, cut between sentences.

Every word of every section lands in exactly one passage. Neighbouring sections of one heading,
page and anchor are read as one text. Sections of a few words (a name, a year) make one passage
with their neighbours of the kind, under the heading they share and each after its own: alone, the
title in front of them would speak louder than what they say.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple

from search.cleaning import clean, one_line
from search.documents import Document, Section
from search.models import digest_of

# Part of the encoder's fingerprint: change it with anything below that changes what is encoded.
RECIPE = "p3"
HEADING_SEPARATOR = " \u203a "
LONGEST = 200
AIM = 160
SHORT = 25
# A "word" of more characters than this is broken: one endless token must not become a passage.
LONGEST_WORD = 100
# Three times the longest real passage. What is longer has no words; the model would cut it off, but
# only after its tokens were made, which took 40 s for one document of 5 MB.
MOST_ENCODED = 4000

# An end mark, closing quotes or brackets, white space; or a line break.
_SENTENCE_END = re.compile(
    r"[.!?\u2026\u3002\u061f\uff01\uff1f][\"'\u201d\u2019\u00bb)\]]*\s+|\n\s*"
)


@dataclass(frozen=True)
class Piece:
    """One passage before it is stored."""

    heading: str
    page: int | None
    anchor: str
    text: str
    digest: str


def pieces_of(document: Document) -> list[Piece]:
    """Return the passages of a document, at least one (a title alone can be found too)."""
    title = one_line(document.title)
    pieces = [
        _piece(title, HEADING_SEPARATOR.join(place.heading), place.page, place.anchor, text)
        for place, whole in _gathered(_read_together(document))
        for text in split(whole)
    ]
    return pieces or [_piece(title, "", None, "", "")]


def encoded_text(title: str, heading: str, text: str, shadow: str = "") -> str:
    """Return what is encoded for a passage: title, heading path and shadow stand in front.

    For a passage that has an English form, and an encoder that reads only English, all of them
    are English: the model reads 256 tokens, and none may go to what it does not understand.
    """
    told = "\n".join(filter(None, (". ".join(filter(None, (title, heading))), shadow, text)))
    return told[:MOST_ENCODED]


def split(text: str) -> list[str]:
    """Return the words of a text in order as passages of even length, at most LONGEST words."""
    sentences = list(_sentences(text))
    total = sum(map(len, sentences))
    if total == 0:
        return []
    share = total / -(-total // AIM) if total > LONGEST else total
    passages: list[list[str]] = [[]]
    done = 0
    for words in sentences:
        # A passage ends where its even share of the text is nearest.
        late = done + len(words) / 2 > share * len(passages)
        if passages[-1] and (late or len(passages[-1]) + len(words) > LONGEST):
            passages.append([])
        passages[-1] += words
        done += len(words)
    return [" ".join(words) for words in passages]


def _sentences(text: str) -> Iterator[list[str]]:
    text = clean(text)
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    for start, end in pairwise(cuts):
        words = [part for word in text[start:end].split() for part in _broken(word)]
        for first in range(0, len(words), AIM):
            yield words[first : first + AIM]


def _broken(word: str) -> list[str]:
    return [word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD)]


def _sections(document: Document) -> Iterable[Section]:
    summary = one_line(document.summary)
    if summary and not any(summary in one_line(each.text) for each in document.sections):
        yield Section((), summary)
    yield from document.sections


class _Place(NamedTuple):
    """Where a text stands in its document."""

    heading: tuple[str, ...]
    page: int | None
    anchor: str


def _place(section: Section) -> _Place:
    heading = tuple(filter(None, map(one_line, section.heading)))
    return _Place(heading, section.page, section.anchor)


def _read_together(document: Document) -> Iterator[tuple[_Place, str]]:
    """Yield one text for each run of sections of one place."""
    for place, sections in groupby(_sections(document), _place):
        yield place, "\n".join(section.text for section in sections)


def _gathered(texts: Iterable[tuple[_Place, str]]) -> Iterator[tuple[_Place, str]]:
    """Yield the texts, runs of short ones as one under the heading that they share."""

    def is_short(item: tuple[_Place, str]) -> tuple[bool, int | None]:
        return len(item[1].split()) < SHORT, item[0].page

    for (short, page), run in groupby(texts, is_short):
        items = list(run)
        if not short or len(items) == 1:
            yield from items
            continue
        shared = _common([place.heading for place, _text in items])
        told = (": ".join((*place.heading[len(shared) :], text)) for place, text in items)
        yield _Place(shared, page, items[0][0].anchor), "\n".join(told)


def _common(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the beginning that all heading paths share."""
    same = takewhile(lambda parts: len(set(parts)) == 1, zip(*paths, strict=False))
    return tuple(parts[0] for parts in same)


def _piece(title: str, heading: str, page: int | None, anchor: str, text: str) -> Piece:
    return Piece(heading, page, anchor, text, digest_of(title, heading, page, anchor, text))
