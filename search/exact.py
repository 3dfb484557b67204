"""What is asked for by its very words: exact titles first, quoted phrases next, then names."""

from dataclasses import replace

import numpy as np

from search.caches import View
from search.catalogue import Mask
from search.filters import Filters
from search.fusion import Scored
from search.gathering import MOST_PASSAGES
from search.language import stems_in_all, words
from search.question import Question
from search.stores import Ids

PHRASE_BONUS = 1.0
TITLE_BONUS = 2.0
# For a title with the name of what alone was asked for, by that name, another or its initials.
NAME_BONUS = 0.4


def lifted(
    view: View,
    scored: Scored,
    question: Question,
    audiences: frozenset[str],
    filters: Filters,
    mask: Mask,
    name: str = "",
) -> Scored:
    """Put exact titles first and quoted phrases next, whether or not they passed the floor.

    `name` is that of the one concept which the question consists of: of what answers, titles with
    it come before others.
    """
    scored = _named(view, scored, question, audiences, filters, name) if name else scored
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


def _named(
    view: View,
    scored: Scored,
    question: Question,
    audiences: frozenset[str],
    filters: Filters,
    name: str,
) -> Scored:
    typed = tuple(term.stems for term in question.terms)
    names = typed, tuple(stems_in_all(word) for word in words(name))
    found = view.words.phrase(names, audiences, filters, MOST_PASSAGES, fields=("title",))
    titled = np.isin(scored.slots, view.catalogue.slots_of(found))
    bonus = np.where(titled, np.float32(NAME_BONUS), np.float32(0))
    return replace(scored, scores=scored.scores + bonus)
