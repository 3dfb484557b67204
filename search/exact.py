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

    Where a text has all that was quoted, under whatever filters, only such texts are answers.
    `name` is that of the one concept which the question consists of: of what answers, titles with
    it come before others.
    """
    scored = _named(view, scored, question, audiences, filters, name) if name else scored
    titled = view.catalogue.titled(question.text, mask)
    phrase: dict[int, list[int]] = {}
    if question.phrases:
        phrase = _quoting(view, question, audiences, filters, mask)
        exactly = bool(phrase) or (bool(filters) and _is_somewhere(view, question, audiences))
        scored = _only(scored, phrase) if exactly else replace(scored, exactly=False)
    if not len(titled) and not phrase:
        return scored
    scores = dict(zip(map(int, scored.slots), map(float, scored.scores), strict=True))
    passages = dict(zip(map(int, scored.slots), map(int, scored.passages), strict=True))
    for slot, pks in phrase.items():
        scores[slot] = scores.get(slot, 0.0) + PHRASE_BONUS
        if passages.get(slot) not in pks:
            passages[slot] = pks[0]
    firsts = view.catalogue.first_passages(titled)
    for slot, pk in zip(map(int, titled), map(int, firsts), strict=True):
        scores[slot] = scores.get(slot, 0.0) + TITLE_BONUS
        passages.setdefault(slot, pk)
    return Scored(
        np.array(list(scores), np.int32),
        np.array(list(scores.values()), np.float32),
        np.array([passages[slot] for slot in scores], np.int64),
        exactly=scored.exactly,
    )


def _quoting(
    view: View, question: Question, audiences: frozenset[str], filters: Filters, mask: Mask
) -> dict[int, list[int]]:
    """Return {slot: passages} of what has every quoted phrase: those that hold one themselves,
    or else, where only the title does, any.
    """
    found: list[dict[int, list[int]]] = []
    for phrase in question.phrases:
        places: dict[int, list[int]] = {}
        for field in ("body", "title"):
            quoted = view.words.phrase((phrase,), audiences, filters, MOST_PASSAGES, (field,))
            by_slot: dict[int, list[int]] = {}
            for slot, pk in zip(view.catalogue.slots_of(quoted), quoted, strict=True):
                if slot >= 0 and mask[slot]:
                    by_slot.setdefault(int(slot), []).append(int(pk))
            places = by_slot | places
        found.append(places)
    common = set.intersection(*(set(each) for each in found))
    return {slot: [pk for each in found for pk in each[slot]] for slot in sorted(common)}


def _is_somewhere(view: View, question: Question, audiences: frozenset[str]) -> bool:
    mask = view.catalogue.selection(audiences, Filters()).mask
    return bool(_quoting(view, question, audiences, Filters(), mask))


def _only(scored: Scored, phrase: dict[int, list[int]]) -> Scored:
    kept = np.isin(scored.slots, list(phrase))
    return replace(
        scored,
        slots=scored.slots[kept],
        scores=scored.scores[kept],
        passages=scored.passages[kept],
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
