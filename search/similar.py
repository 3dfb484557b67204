"""Works like one work: by the meaning and the words of its own passages, for one viewer.

The same masks as for a question decide what may be found before anything is scored, and the
database has the last word on each.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from django.utils.safestring import mark_safe
from numpy.typing import NDArray

from search import caches, encoders, layers
from search.caches import PreparingError, View
from search.catalogue import Catalogue, Mask, Selection
from search.encoders import EncoderUnavailableError
from search.filters import Filters
from search.models import IndexedDocument, Passage
from search.question import MOST_CHARACTERS, understand
from search.ranking import one_a_work
from search.results import Hit, PassageShown
from search.rows import usable_vectors
from search.scoring import Scored
from search.showing import cards_of
from search.sources import Card
from search.stores import Vectors
from search.viewer import Viewer
from vocabulary.labels import label

# So many passages say what a text is about; of each, so many neighbours are looked at.
MOST_OWN, MOST_NEAR = 24, 200
# Below this a passage is about something else.
FLOOR = 0.3
# Mean cosine of the nearest passages, with TAGS_WEIGHT x the share of tags in common, from which
# two works are alike. On the demo knowledge base, all about one field, a work has 3.8 of 4 with it
# and only one has none. Tags also bridge languages that the encoder keeps apart.
ENOUGH = 0.5
TAGS_WEIGHT = 0.15
# Without vectors the words of title and summary must tell.
ENOUGH_WORDS = 0.5
WORDS_WEIGHT = 0.2
FACETS = ("theme", "data_source", "population", "country")
MOST_REASONS = 3
# More than are shown: the database may refuse some of them.
LOOKED_AT = 12
MOST_KEPT = 2000


@dataclass(frozen=True)
class _Own:
    """The work that others are compared with."""

    slot: int
    title: str
    summary: str
    language: str
    kind: str
    facets: dict[str, list[str]]
    vectors: Vectors  # shape (passages, dimensions); none without an encoder


@dataclass(frozen=True)
class _Like:
    """A work like another, and what the rows say both have in common."""

    key: str
    score: float
    countries: tuple[str, ...]
    date: datetime.date | None
    common: tuple[tuple[str, str], ...]  # (facet, code)


def similar(key: str, viewer: Viewer, limit: int = 4, language: str = "en") -> list[Hit]:
    """Return the works most like this one, of its kind, each with what both have in common.

    Nothing when nothing is near, when this viewer may not find the work itself, or while the
    index is being prepared. Never the work itself, a part or a translation of it.
    """
    try:
        view = caches.current().view()
    except PreparingError:
        return []
    likes = _remembered(view, key, viewer, language)
    cards = cards_of([like.key for like in likes], viewer, language)
    hits = [_hit(like, cards[like.key], language) for like in likes if like.key in cards]
    return hits[:limit]


def _hit(like: _Like, card: Card, language: str) -> Hit:
    known = replace(card, countries=card.countries or like.countries, date=card.date or like.date)
    nothing = PassageShown("", mark_safe(""), "", None, card.url)
    return Hit(known, nothing, like.score, like.key, _names(like.common, language))


@dataclass(frozen=True)
class _Kept:
    """What was found in one state of the index: pages are read more often than changed."""

    catalogue: Catalogue
    moment: tuple[str, int]
    found: dict[tuple[object, ...], tuple[_Like, ...]] = field(default_factory=dict)

    def is_of(self, view: View) -> bool:
        """Return whether nothing has changed since."""
        return self.catalogue is view.catalogue and self.moment == view.moment


_kept = _Kept(Catalogue(), ("", 0))


def _remembered(view: View, key: str, viewer: Viewer, language: str) -> tuple[_Like, ...]:
    """Return the works like one work, best first, as found before if nothing has changed."""
    global _kept
    kept = _kept
    if not kept.is_of(view) or len(kept.found) >= MOST_KEPT:
        kept = _kept = _Kept(view.catalogue, view.moment)
    # Another encoder, or none, finds others in the same texts.
    asked = (key, viewer.audiences, language, layers.on("meaning"), view.vectors is None)
    if asked not in kept.found:
        kept.found[asked] = _likes(view, key, viewer, language)
    return kept.found[asked]


def _likes(view: View, key: str, viewer: Viewer, language: str) -> tuple[_Like, ...]:
    own = _own(key, view, viewer)
    if own is None:
        return ()
    filters = Filters(kind=(own.kind,))
    selection = view.catalogue.selection(viewer.audiences, filters)
    others = _others(view, own, selection.mask)
    scored = _scored(view, own, viewer, filters, selection, others)
    ranked = one_a_work(view.catalogue, scored, scored.scores.astype(np.float64), others, language)
    keys = [view.catalogue.keys[slot] for slot in ranked.slots[:LOOKED_AT]]
    rows = {row.key: row for row in IndexedDocument.objects.filter(key__in=keys)} if keys else {}
    return tuple(
        _like(rows[each], float(score), own)
        for each, score in zip(keys, ranked.scores, strict=False)
        if each in rows
    )


def _like(row: IndexedDocument, score: float, own: _Own) -> _Like:
    common = tuple(
        (facet, code)
        for facet in FACETS
        for code in own.facets.get(facet, ())
        if code in row.facets.get(facet, ())
    )
    countries = tuple(row.facets.get("country", ()))
    return _Like(row.key, round(score, 4), countries, row.date, common[:MOST_REASONS])


def _names(common: Sequence[tuple[str, str]], language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label(facet, code, language) for facet, code in common))


def _own(key: str, view: View, viewer: Viewer) -> _Own | None:
    row = IndexedDocument.objects.filter(key=key, withdrawn=False)
    told = row.only("title", "summary", "language", "kind", "facets").first()
    if not told:
        return None
    table = view.catalogue.slot_by_document
    slot = int(table[told.pk]) if told.pk < len(table) else -1
    if slot < 0 or not view.catalogue.allowed(viewer.audiences, Filters())[slot]:
        return None
    return _Own(
        slot=slot,
        title=told.title,
        summary=told.summary,
        language=told.language,
        kind=told.kind,
        facets=told.facets,
        vectors=_vectors(told.pk, view),
    )


def _vectors(document: int, view: View) -> Vectors:
    nothing = np.empty((0, 0), np.float32)
    if view.vectors is None or not layers.on("meaning"):
        return nothing
    try:
        encoder = encoders.current()
    except EncoderUnavailableError:
        return nothing
    own = Passage.objects.filter(document=document, fingerprint=encoder.fingerprint)
    told = own.exclude(vector=None).order_by("position").values_list("pk", "vector")
    _ids, vectors = usable_vectors(told[:MOST_OWN], encoder.dimensions)
    return vectors


def _others(view: View, own: _Own, mask: Mask) -> Mask:
    """Return which of the allowed documents are neither the work nor a part or whole of it."""
    catalogue = view.catalogue
    work = catalogue.works[own.slot]
    same = (catalogue.works == work) | (catalogue.wholes == work)
    if catalogue.wholes[own.slot] >= 0:
        same |= catalogue.works == catalogue.wholes[own.slot]
        same |= catalogue.wholes == catalogue.wholes[own.slot]
    others: Mask = mask & ~same
    return others


def _scored(
    view: View, own: _Own, viewer: Viewer, filters: Filters, selection: Selection, others: Mask
) -> Scored:
    """Return the documents that are near enough, by what each of the own passages is nearest to."""
    meaning = _nearness(view, own, selection) + TAGS_WEIGHT * _tags_in_common(view, own)
    question = understand(f"{own.title}. {own.summary}"[:MOST_CHARACTERS], own.language)
    words = view.words.search(question.terms, viewer.audiences, filters, MOST_NEAR)
    share, coverage = np.zeros_like(meaning), np.zeros_like(meaning)
    slots = view.catalogue.slots_of(words.passages)
    known = slots >= 0
    np.maximum.at(share, slots[known], words.share[known])
    np.maximum.at(coverage, slots[known], words.coverage[known])
    near = meaning >= ENOUGH if len(own.vectors) else coverage >= ENOUGH_WORDS
    chosen = np.flatnonzero(near & others).astype(np.int32)
    top = float(share[chosen].max(initial=0)) or 1.0
    scores = meaning[chosen] + WORDS_WEIGHT * share[chosen] / top
    return Scored(chosen, scores.astype(np.float32), view.catalogue.first_passages(chosen))


def _nearness(view: View, own: _Own, selection: Selection) -> NDArray[np.float32]:
    """Return, by slot, the mean over the own passages of the cosine of the nearest passage."""
    total = np.zeros(len(view.catalogue.alive), np.float32)
    if view.vectors is None or not len(own.vectors):
        return total
    for ids, cosines in view.vectors.search(own.vectors, selection, MOST_NEAR, FLOOR):
        nearest = np.zeros_like(total)
        slots = view.catalogue.slots_of(ids)
        np.maximum.at(nearest, slots[slots >= 0], cosines[slots >= 0])
        total += nearest
    return total / np.float32(len(own.vectors))


def _tags_in_common(view: View, own: _Own) -> NDArray[np.float32]:
    """Return, by slot, the share of the own tags that a document has as well."""
    catalogue = view.catalogue
    common = np.zeros(len(catalogue.alive), np.float32)
    tags = [(facet, code) for facet in FACETS for code in own.facets.get(facet, ())]
    for facet, code in tags:
        common += catalogue.having(facet, (code,))
    return common / np.float32(max(1, len(tags)))
