"""The passage to show: one that says something, rather than a bare name or a year.

A passage of a few words is near to a short question whatever it says. It finds its document, and
what is then read beside the title is another passage that is nearly as near.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from search.caches import View
from search.meaning import Meaning
from search.models import Passage
from search.passages import SHORT

# So much nearer a short passage must be, in cosine, to be shown all the same.
CLEARLY = 0.15
LOOKED_AT = 4


@dataclass(frozen=True)
class Teller:
    """Chooses among the passages of a document by their nearness to a question."""

    view: View
    meaning: Meaning

    def telling(self, passages: Mapping[int, Passage]) -> dict[int, Passage]:
        """Return the same with a passage of SHORT words or more in place of each shorter one.

        A short one stays where its document has no other that is nearly as near.
        """
        short = [pk for pk, each in passages.items() if len(each.text.split()) < SHORT]
        if not short or not self.meaning.forms or self.view.vectors is None:
            return dict(passages)
        others = {pk: self._nearest(pk) for pk in short}
        wanted = [other for each in others.values() for other in each]
        texts = Passage.objects.defer("vector").in_bulk(wanted) if wanted else {}
        longer = {
            pk: next((texts[o] for o in each if o in texts and _says_much(texts[o])), passages[pk])
            for pk, each in others.items()
        }
        return {**passages, **longer}

    def _nearest(self, passage: int) -> list[int]:
        """Return the other passages of its document that are nearly as near, nearest first."""
        catalogue, vectors = self.view.catalogue, self.view.vectors
        mask = np.zeros(len(catalogue.alive), np.bool_)
        mask[catalogue.slots_of(np.array([passage], np.int64))] = True
        ids = catalogue.passages_of(mask)
        if vectors is None or not len(ids):
            return []
        asked = np.stack([form.vector for form in self.meaning.forms])
        cosines = np.nan_to_num(vectors.scores(asked, ids), nan=-1.0).max(axis=0)
        own = float(cosines[ids == passage].max(initial=-1.0))
        near = np.flatnonzero((cosines >= own - CLEARLY) & (ids != passage))
        return [int(ids[place]) for place in near[np.argsort(-cosines[near])][:LOOKED_AT]]


def _says_much(passage: Passage) -> bool:
    return len(passage.text.split()) >= SHORT
