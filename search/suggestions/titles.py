"""Titles by the beginnings of their words, kept in step with the index by its clock.

The words of every title stand here, of those that only some may open as well: nothing leaves this
module before the catalogue has said which documents the viewer may find.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from search.caches import View
from search.catalogue import Catalogue
from search.language import words
from search.models import Clock, IndexedDocument
from search.suggestions.prefixes import Prefixes
from vocabulary.words import without_article

Mask = NDArray[np.bool_]
# So many parts are looked through one after the other before they are made one.
MOST_PARTS = 8


@dataclass(frozen=True)
class _Titles:
    """Titles at one moment: entries, each of a document, the last one of a document counts."""

    epoch: str = ""
    number: int = 0
    parts: tuple[Prefixes, ...] = ()
    documents: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    current: Mask = field(default_factory=lambda: np.empty(0, np.bool_))


_lock = threading.Lock()
_titles = _Titles()


def _caught_up(moment: tuple[str, int]) -> _Titles:
    global _titles
    epoch, number = moment
    if Clock.unsettled():
        # What a transaction under way has changed may be taken back.
        return _with_changes(_Titles(epoch), number)
    with _lock:
        before = _titles if _titles.epoch == epoch and _titles.number <= number else _Titles(epoch)
        if before.number < number or before is not _titles:
            _titles = _with_changes(before, number)
        return _titles


def _with_changes(before: _Titles, number: int) -> _Titles:
    if len(before.parts) >= MOST_PARTS:
        before = _Titles(before.epoch)
    rows = IndexedDocument.objects.filter(seq__gt=before.number, withdrawn=False)
    fresh = [(pk, title_words(title)) for pk, title in rows.values_list("pk", "title")]
    if not fresh:
        return replace(before, number=number)
    first = len(before.documents)
    added = np.array([pk for pk, _words in fresh], np.int64)
    current = before.current & ~np.isin(before.documents, added)
    part = Prefixes.of((first + place, told) for place, (_pk, told) in enumerate(fresh))
    return _Titles(
        epoch=before.epoch,
        number=number,
        parts=(*before.parts, part),
        documents=np.concatenate([before.documents, added]),
        current=np.concatenate([current, np.ones(len(added), np.bool_)]),
    )


def title_words(title: str) -> list[str]:
    """Return the folded words of a title; Arabic ones without their article as well."""
    told = words(title)
    return [*told, *(bare for word in told if (bare := without_article(word)) != word)]


def titled(asked: Sequence[str], view: View, allowed: Mask) -> NDArray[np.int32]:
    """Return the slots of allowed documents with a word in the title for each beginning asked.

    The better come first: titles that begin so, what weighs more, what is newer. A slip is
    forgiven only where nothing that this viewer may find is spelt as asked: what others may see
    changes nothing.
    """
    titles, catalogue = _caught_up(view.moment), view.catalogue
    slots = _slots(titles, catalogue)
    open_entries = (slots >= 0) & titles.current
    open_entries[open_entries] = allowed[slots[open_entries]]
    mask, begins = open_entries, np.zeros(len(open_entries), np.bool_)
    for place, word in enumerate(asked):
        found, first = _having(titles, word, open_entries)
        mask = mask & found
        if place == 0:
            begins = first
    chosen = np.flatnonzero(mask)
    places = slots[chosen]
    order = np.lexsort((-catalogue.days[places], -catalogue.weights[places], ~begins[chosen]))
    return places[order]


def _slots(titles: _Titles, catalogue: Catalogue) -> NDArray[np.int32]:
    slots = np.full(len(titles.documents), -1, np.int32)
    inside = titles.documents < len(catalogue.slot_by_document)
    slots[inside] = catalogue.slot_by_document[titles.documents[inside]]
    return slots


def _having(titles: _Titles, word: str, open_entries: Mask) -> tuple[Mask, Mask]:
    """Return which open entries have a word that begins so, and which begin with it."""
    exact = [(part, [part.beginning(word)]) for part in titles.parts]
    found, first = _marked(exact, len(open_entries))
    if not (found & open_entries).any():
        found, first = _marked([(part, part.nearly(word)) for part in titles.parts], len(found))
    return found & open_entries, first


def _marked(places: Sequence[tuple[Prefixes, Sequence[slice]]], size: int) -> tuple[Mask, Mask]:
    found, first = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    for part, slices in places:
        for each in slices:
            found[part.things[each]] = True
            first[part.things[each][part.first[each]]] = True
    return found, first
