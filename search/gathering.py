"""Asking both stores and putting their answers side by side, one row a passage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from search import layers
from search.caches import View
from search.catalogue import Selection
from search.expand import Expansion
from search.filters import Filters
from search.meaning import Form, Meaning
from search.question import Question
from search.stores import Ids, Scores, WordScores

# At most so many passages of each store are looked at; counts end there.
MOST_PASSAGES = 1000
# Nothing so far from the question could be listed, whatever words it has.
FAR = 0.1
# What going through English loses of the evidence, given back to a text in this language when the
# question is English. Measured on MLQA, the golden questions and everyday nonsense
# (docs/decisions/0008): more answers more real questions, and more nonsense.
TEXT_LOSES = {"es": 0.08, "fr": 0.08, "ar": 0.08}

NO_WORDS = WordScores(np.empty(0, np.int64), np.empty(0, np.float32), np.empty(0, np.float32))
Timer = Callable[[str, float], None]


@dataclass(frozen=True)
class Passages:
    """Passages that may answer, with what each store says of them."""

    ids: Ids
    slots: NDArray[np.int32]
    cosine: Scores  # of the nearest form, for ranking; NaN: no vector
    evidence: Scores  # the same, for the floor: what a foreign form says counts for less
    share: Scores
    coverage: Scores


def gather(
    view: View,
    question: Question,
    expansion: Expansion,
    meaning: Meaning,
    filters: Filters,
    selection: Selection,
    audiences: frozenset[str],
    timed: Timer,
) -> Passages:
    """Return what the stores find for a question, of the passages that may be found."""
    started = perf_counter()
    words = NO_WORDS
    if layers.on("words"):
        words = _worded(view, question, expansion, filters, audiences)
    timed("words", started)
    started = perf_counter()
    forms = meaning.forms
    timed("encode", started)
    started = perf_counter()
    ids, cosine, evidence = _near(view, forms, selection, words.passages)
    timed("vectors", started)
    share, coverage = _aligned(ids, words.passages, words.share, words.coverage)
    slots = view.catalogue.slots_of(ids)
    # The stores may be a change ahead of the catalogue; the catalogue says who may see what.
    kept = (slots >= 0) & selection.mask[slots]
    return Passages(
        ids[kept], slots[kept], cosine[kept], evidence[kept], share[kept], coverage[kept]
    )


def _worded(
    view: View,
    question: Question,
    expansion: Expansion,
    filters: Filters,
    audiences: frozenset[str],
) -> WordScores:
    """Return the passages with words of the question, or of its English form: the better counts."""
    terms = (*question.terms, *expansion.terms)
    asked = view.words.search(terms, audiences, filters, MOST_PASSAGES)
    form = question.english
    if form is None:
        return asked
    known = {term.word for term in form.terms}
    terms = (*form.terms, *(term for term in expansion.terms if term.word not in known))
    english = view.words.search(terms, audiences, filters, MOST_PASSAGES)
    if form.not_in:
        languages = view.catalogue.languages[view.catalogue.slots_of(english.passages)]
        kept = languages != form.not_in
        english = WordScores(english.passages[kept], english.share[kept], english.coverage[kept])
    ids: Ids = np.union1d(asked.passages, english.passages)
    both = [_aligned(ids, each.passages, each.share, each.coverage) for each in (asked, english)]
    return WordScores(ids, *(np.maximum(*pair) for pair in zip(*both, strict=True)))


def _near(
    view: View, forms: Sequence[Form], allowed: Selection, also: Ids
) -> tuple[Ids, Scores, Scores]:
    """Return the allowed passages near any form of the question, and `also` those.

    With their cosines for ranking and for the floor; NaN for a passage without a vector.
    """
    if view.vectors is None or not forms:
        unknown = np.full(len(also), np.nan, np.float32)
        return also, unknown, unknown
    vectors = np.stack([form.vector for form in forms])
    found = view.vectors.search(vectors, allowed, MOST_PASSAGES, FAR)
    ids: Ids = np.unique(np.concatenate([also, *(near for near, _cosines in found)]))
    cosines = np.full((len(forms), len(ids)), np.nan, np.float32)
    for row, (near, scores) in zip(cosines, found, strict=True):
        row[np.searchsorted(ids, near)] = scores
    # Only what one of the forms did not bring is looked up.
    open_ = np.isnan(cosines).any(axis=0)
    cosines[:, open_] = view.vectors.scores(vectors, ids[open_])
    languages = view.catalogue.languages[view.catalogue.slots_of(ids)]
    lost = np.zeros(len(ids), np.float32)
    for language, share in TEXT_LOSES.items():
        lost[languages == language] = share
    nearest: Scores = np.full(len(ids), -1, np.float32)
    evidence = nearest.copy()
    for form, cosine in zip(forms, cosines, strict=True):
        told = np.where(languages == form.not_in, np.float32(-1), cosine - form.discount)
        nearest = np.maximum(nearest, told)
        given = 0.0 if form.discount else form.lost or lost
        evidence = np.maximum(evidence, told + np.float32(given))
    return ids, nearest, evidence


def _aligned(ids: Ids, known: Ids, *values: Scores) -> list[Scores]:
    """Return each of the values, given for `known`, in the order of `ids`; 0 where missing."""
    if not len(known):
        return [np.zeros(len(ids), np.float32) for _ in values]
    order = np.argsort(known)
    place = np.minimum(np.searchsorted(known, ids, sorter=order), len(known) - 1)
    same = known[order[place]] == ids
    return [np.where(same, each[order[place]], np.float32(0)) for each in values]
