"""The question with its misspelt words spelt right, as some text that the reader may open has it.

The index knows stems ("registri"), which nobody would type: the word itself is taken from a
document that this reader may see at this moment, or there is no proposal.
"""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from search.caches import View
from search.filters import Filters
from search.language import fold, stem
from search.question import Question
from search.ranking import Ranked
from search.results import Hit
from search.showing import show
from search.spelling import edits
from search.stores import Term
from search.viewer import Viewer

# More misspelt words than this are another language rather than slips.
MOST_WORDS = 3
LOOKED_AT = 3
_WORD = re.compile(r"[^\W_]+")


def respelt(
    view: View, question: Question, hits: Sequence[Hit], viewer: Viewer, language: str
) -> str:
    """Return the question with its corrected terms as words, or "" when there is nothing to say."""
    wrong = [term for term in question.terms if term.corrected]
    if not wrong or len(wrong) > MOST_WORDS:
        return ""
    right: dict[str, str] = {}
    for term in wrong:
        word = _word_in(hits, term) or _word_in(_found(view, term, viewer, language), term)
        if word and fold(word) != term.word:
            right[term.word] = word
    if not right:
        return ""
    return _WORD.sub(lambda match: right.get(fold(match[0]), match[0]), question.text)


def _word_in(hits: Iterable[Hit], term: Term) -> str:
    """Return the word of these hits' titles and passages that the term was corrected to."""
    found: dict[str, str] = {}
    for hit in hits:
        text = f"{hit.card.title} {hit.passage.heading} {hit.passage.text}"
        for word in _WORD.findall(text):
            plain = fold(word)
            if plain not in found and _stands_for(plain, term.corrected, hit.card.language):
                found[plain] = word
    nearest = min(found, key=lambda plain: (edits(term.word, plain, len(plain)), plain), default="")
    return found.get(nearest, "")


def _stands_for(plain: str, corrected: str, language: str) -> bool:
    # Most words fall out here: a stem begins as its word does.
    if plain[:2] != corrected[:2]:
        return False
    return plain == corrected or stem(plain, language) == corrected


def _found(view: View, term: Term, viewer: Viewer, language: str) -> list[Hit]:
    """Return hits that hold the corrected word, whatever the question's filters are."""
    right = Term((term.corrected,), word=term.corrected)
    passages = view.words.search((right,), viewer.audiences, Filters(), LOOKED_AT).passages
    slots = view.catalogue.slots_of(passages)
    allowed = view.catalogue.allowed(viewer.audiences, Filters())
    kept = (slots >= 0) & allowed[slots]
    ranked = Ranked(slots[kept], np.zeros(int(kept.sum())), passages[kept])
    asked = Question(term.corrected, language, (right,), (), False)
    return show(ranked, view, asked, viewer, language, LOOKED_AT, 0)[0]
