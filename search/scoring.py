"""Which documents answer a question, and in what order: words and meaning together.

Chosen on Cranfield and MLQA (nDCG@10, words / meaning / together): 0.401 / 0.401 / 0.441 and
0.870 / 0.797 / 0.885. Rank fusion (k = 10 or 20) gave 0.437 to 0.441 and 0.874 to 0.879.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from search.caches import View
from search.catalogue import Mask, Selection
from search.encoders import Vectors
from search.expand import Expansion
from search.filters import Filters
from search.question import Question
from search.stores import Ids, Scores

MEANING_WEIGHT = 0.6
# At most so many passages of each store are looked at; counts end there.
MOST_PASSAGES = 2000
# A passage answers when cosine + COVERAGE_WEIGHT x coverage reaches ENOUGH, or when it has every
# word. Measured: of 225 + 500 + 40 real questions 0 %, 1.2 % and 0 % are refused; of 40 off-topic
# ones against the reports of this field all are, of 225 about aeronautics all, of 500 general
# ones 95 %.
COVERAGE_WEIGHT = 0.3
ENOUGH = 0.40
EVERY_WORD = 0.99
# Where there is no vector (yet), words alone must tell.
ENOUGH_WORDS = 0.6
# Without an encoder most of a question's words are worth showing, with a notice.
ENOUGH_WORDS_ALONE = 0.5
PHRASE_BONUS = 1.0
TITLE_BONUS = 2.0

Timer = Callable[[str, float], None]


@dataclass(frozen=True)
class Form:
    """A form of the question as a vector; it says nothing of texts in the language `not_in`."""

    vector: Vectors
    not_in: str = ""


@dataclass(frozen=True)
class Scored:
    """The documents that answer: slots, and for each its score and its best passage."""

    slots: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    scores: Scores = field(default_factory=lambda: np.empty(0, np.float32))
    passages: Ids = field(default_factory=lambda: np.empty(0, np.int64))


@dataclass(frozen=True)
class _Passages:
    """Passages that may answer, with what each store says of them."""

    ids: Ids
    slots: NDArray[np.int32]
    cosine: Scores  # NaN: no vector
    share: Scores
    coverage: Scores


def score(
    view: View,
    question: Question,
    expansion: Expansion,
    forms: Sequence[Form],
    audiences: frozenset[str],
    filters: Filters,
    timed: Timer,
) -> Scored:
    """Return every document that answers, of those this viewer may find under these filters.

    Of the forms of the question, the one that is nearest to a passage counts for it.
    """
    selection = view.catalogue.selection(audiences, filters)
    mask = selection.mask
    found = _gather(view, question, expansion, forms, audiences, filters, selection, timed)
    started = perf_counter()
    scored = _fuse(found, not forms)
    weights = view.catalogue.weights[scored.slots]
    scored = replace(scored, scores=scored.scores * weights)
    scored = _lifted(view, scored, question, audiences, filters, mask)
    timed("fuse", started)
    return scored


def _gather(
    view: View,
    question: Question,
    expansion: Expansion,
    forms: Sequence[Form],
    audiences: frozenset[str],
    filters: Filters,
    selection: Selection,
    timed: Timer,
) -> _Passages:
    """Ask both stores and put their answers side by side, one row a passage."""
    started = perf_counter()
    terms = (*question.terms, *expansion.terms)
    words = view.words.search(terms, audiences, filters, MOST_PASSAGES)
    timed("words", started)
    started = perf_counter()
    ids, cosine = _near(view, forms, selection, words.passages)
    timed("vectors", started)
    share, coverage = _aligned(ids, words.passages, words.share, words.coverage)
    slots = view.catalogue.slots_of(ids)
    # The stores may be a change ahead of the catalogue; the catalogue says who may see what.
    kept = (slots >= 0) & selection.mask[slots]
    return _Passages(ids[kept], slots[kept], cosine[kept], share[kept], coverage[kept])


def _near(view: View, forms: Sequence[Form], allowed: Selection, also: Ids) -> tuple[Ids, Scores]:
    """Return the allowed passages near any form of the question, and `also` those, with cosines.

    A passage without a vector has NaN.
    """
    if view.vectors is None or not forms:
        return also, np.full(len(also), np.nan, np.float32)
    floor = ENOUGH - COVERAGE_WEIGHT
    vectors = np.stack([form.vector for form in forms])
    found = view.vectors.search(vectors, allowed, MOST_PASSAGES, floor)
    ids: Ids = np.unique(np.concatenate([also, *(near for near, _cosines in found)]))
    cosines = np.full((len(forms), len(ids)), np.nan, np.float32)
    for row, (near, scores) in zip(cosines, found, strict=True):
        row[np.searchsorted(ids, near)] = scores
    # Only what one of the forms did not bring is looked up.
    open_ = np.isnan(cosines).any(axis=0)
    cosines[:, open_] = view.vectors.scores(vectors, ids[open_])
    languages = view.catalogue.languages[view.catalogue.slots_of(ids)]
    nearest: Scores = np.full(len(ids), -1, np.float32)
    for form, cosine in zip(forms, cosines, strict=True):
        nearest = np.maximum(nearest, np.where(languages == form.not_in, -1, cosine))
    return ids, nearest


def _aligned(ids: Ids, known: Ids, *values: Scores) -> list[Scores]:
    """Return each of the values, given for `known`, in the order of `ids`; 0 where missing."""
    if not len(known):
        return [np.zeros(len(ids), np.float32) for _ in values]
    order = np.argsort(known)
    place = np.minimum(np.searchsorted(known, ids, sorter=order), len(known) - 1)
    same = known[order[place]] == ids
    return [np.where(same, each[order[place]], np.float32(0)) for each in values]


def _fuse(found: _Passages, words_alone: bool) -> Scored:
    """Return the documents that answer, each with its best passage, scores from 0 to 1."""
    unknown = np.isnan(found.cosine)
    cosine = np.where(unknown, ENOUGH, np.maximum(found.cosine, 0))
    evidence = found.cosine + COVERAGE_WEIGHT * found.coverage >= ENOUGH
    needed = ENOUGH_WORDS_ALONE if words_alone else ENOUGH_WORDS
    answers = np.where(unknown, found.coverage >= needed, evidence)
    answers |= found.coverage >= EVERY_WORD
    if not answers.any():
        return Scored()
    share = found.share / (found.share.max() or 1)
    meaning = np.zeros_like(share) if words_alone else cosine / (cosine.max() or 1)
    weight = 0.0 if words_alone else MEANING_WEIGHT
    both = (weight * meaning + (1 - weight) * share).astype(np.float32)
    # Meaning and words may be best in different passages of a document; each counts for it.
    slots, place = np.unique(found.slots, return_inverse=True)
    best_meaning, best_share = np.zeros(len(slots)), np.zeros(len(slots))
    np.maximum.at(best_meaning, place, meaning)
    np.maximum.at(best_share, place, share)
    best = np.lexsort((found.ids, -both, place))
    first = best[np.unique(place[best], return_index=True)[1]]
    good = np.zeros(len(slots), np.bool_)
    np.logical_or.at(good, place, answers)
    scores = (weight * best_meaning + (1 - weight) * best_share).astype(np.float32)
    return Scored(slots[good].astype(np.int32), scores[good], found.ids[first][good])


def _lifted(
    view: View,
    scored: Scored,
    question: Question,
    audiences: frozenset[str],
    filters: Filters,
    mask: Mask,
) -> Scored:
    """Put exact titles first and quoted phrases next, whether or not they passed the floor."""
    titled = view.catalogue.titled(question.text, mask)
    quoted: Ids = np.empty(0, np.int64)
    if question.phrases:
        quoted = view.words.phrase(question.phrases, audiences, filters, MOST_PASSAGES)
    if not len(titled) and not len(quoted):
        return scored
    slots = view.catalogue.slots_of(quoted)
    kept = (slots >= 0) & mask[slots]
    phrase = {int(slot): int(pk) for slot, pk in zip(slots[kept], quoted[kept], strict=True)}
    scores = dict(zip(map(int, scored.slots), map(float, scored.scores), strict=True))
    passages = dict(zip(map(int, scored.slots), map(int, scored.passages), strict=True))
    for slot, pk in phrase.items():
        scores[slot] = scores.get(slot, 0.0) + PHRASE_BONUS
        passages[slot] = pk
    firsts = view.catalogue.first_passages(titled)
    for slot, pk in zip(map(int, titled), map(int, firsts), strict=True):
        scores[slot] = scores.get(slot, 0.0) + TITLE_BONUS
        passages.setdefault(slot, pk)
    return Scored(
        np.array(list(scores), np.int32),
        np.array(list(scores.values()), np.float32),
        np.array([passages[slot] for slot in scores], np.int64),
    )
