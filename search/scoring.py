"""Which documents answer a question, and in what order: words and meaning together."""

from dataclasses import replace
from time import perf_counter

from search.caches import View
from search.exact import lifted
from search.expand import Expansion
from search.feedback import with_feedback
from search.filters import Filters
from search.floor import fits, listed
from search.fusion import Scored, fused
from search.gathering import Timer, gather
from search.meaning import Meaning
from search.question import Question

__all__ = ["Scored", "score"]


def score(
    view: View,
    question: Question,
    expansion: Expansion,
    meaning: Meaning,
    audiences: frozenset[str],
    filters: Filters,
    timed: Timer,
    in_order: bool = True,
    fitting: bool | None = None,
) -> Scored:
    """Return every document that answers, of those this viewer may find under these filters.

    Of the forms of the question, the one that is nearest to a passage counts for it. Without
    `in_order` the documents are the same, for counting, and the scores are not final. `fitting`
    says whether anything fits when that is known already, from a search without filters.
    """
    selection = view.catalogue.selection(audiences, filters)
    found = gather(view, question, expansion, meaning, filters, selection, audiences, timed)
    forms = meaning.forms
    started = perf_counter()
    if fitting is None:
        fitting = fits(found, question, not forms)
    answers = listed(found, question, not forms) & fitting
    if in_order and forms:
        found = with_feedback(view, found, answers)
    scored = fused(found, answers, not forms)
    scored = replace(scored, scores=scored.scores * view.catalogue.weights[scored.slots])
    scored = lifted(view, scored, question, audiences, filters, selection.mask, expansion.whole)
    scored = replace(scored, fitting=fitting)
    timed("fuse", started)
    return scored
