"""The first answers tell what the question is about: what is like them comes nearer.

Pseudo-relevance feedback (Rocchio 1971) on vectors: the question moves a part of the way to the
centre of the best passages, and the cosines are taken from there. It only orders what was found;
whether anything fits was decided before. Measured in docs/decisions/0008.
"""

from dataclasses import replace

import numpy as np

from search import encoders
from search.caches import View
from search.encoders import EncoderUnavailableError, Vectors
from search.floor import Flags
from search.fusion import parts
from search.gathering import Passages
from search.models import Passage
from search.rows import usable_vectors
from search.stores import Ids

# The best passages of so many documents are listened to, and count for so much.
LISTENED, WEIGHT = 2, 0.25
# So many passages, the best ones, are looked at again.
LOOKED_AT = 400


def with_feedback(view: View, found: Passages, answers: Flags) -> Passages:
    """Return the passages with the cosines that rank them after listening to the best answers."""
    if view.vectors is None or np.isnan(found.cosine).all() or not answers.any():
        return found
    meaning, words = parts(found, False)
    order = np.argsort(-(meaning + words), kind="stable")
    order = order[~np.isnan(found.cosine[order])][:LOOKED_AT]
    best = order[answers[order]]
    _slots, firsts = np.unique(found.slots[best], return_index=True)
    heard = best[np.sort(firsts)[:LISTENED]]
    centre = _centre(found.ids[heard])
    if centre is None:
        return found
    near = view.vectors.scores(centre[None], found.ids[order])[0]
    near = np.nan_to_num(near, nan=float(np.nanmin(near, initial=1)))
    # What was not looked at again counts as far from the centre as the farthest that was.
    cosine = (1 - WEIGHT) * found.cosine + WEIGHT * near.min()
    cosine[order] = (1 - WEIGHT) * found.cosine[order] + WEIGHT * near
    # The moved question has unit length again: these are cosines, as before.
    between = float(found.cosine[heard].mean())
    length = np.sqrt((1 - WEIGHT) ** 2 + WEIGHT**2 + 2 * WEIGHT * (1 - WEIGHT) * between)
    return replace(found, cosine=(cosine / length).astype(np.float32))


def _centre(passages: Ids) -> Vectors | None:
    """Return the direction of these passages together, of unit length; None if they have none."""
    try:
        encoder = encoders.current()
    except EncoderUnavailableError:
        return None
    # A passage that was encoded by another model says nothing in this one's space.
    rows = Passage.objects.filter(pk__in=passages.tolist(), fingerprint=encoder.fingerprint)
    stored = rows.order_by("pk").values_list("pk", "vector")
    _ids, vectors = usable_vectors(stored, encoder.dimensions)
    if not len(vectors):
        return None
    centre: Vectors = vectors.sum(axis=0)
    length = float(np.linalg.norm(centre))
    return (centre / length).astype(np.float32) if length else None
