"""What is asked for by its very words: exact titles first, quoted phrases next."""

import numpy as np

from search.caches import View
from search.catalogue import Mask
from search.filters import Filters
from search.fusion import Scored
from search.gathering import MOST_PASSAGES
from search.question import Question
from search.stores import Ids

PHRASE_BONUS = 1.0
TITLE_BONUS = 2.0


def lifted(
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
