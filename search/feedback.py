"""The first answers tell what the question is about: what is like them comes nearer.

Pseudo-relevance feedback (Rocchio 1971) on vectors: the question moves a part of the way to the
centre of the best passages, and the cosines are taken from there. It only orders what was found;
whether anything fits was decided before. Measured in docs/decisions/0008.
"""

from dataclasses import replace

import numpy as np

from search.caches import View
from search.encoders import Vectors
from search.floor import Flags
from search.fusion import parts
from search.gathering import Passages
from search.models import Passage
from search.stores import Ids

# The best passages of so many documents are listened to, and count for so much.
LISTENED, WEIGHT = 2, 0.25
# So many passages, the best ones, are looked at again.
LOOKED_AT = 400


def with_feedback(view: View, found: Passages, answers: Flags, dimensions: int) -> Passages:
    """Return the passages with the cosines that rank them after listening to the best answers."""
    if view.vectors is None or np.isnan(found.cosine).all() or not answers.any():
        return found
    meaning, words = parts(found, False)
    order = np.argsort(-(meaning + words), kind="stable")
    order = order[~np.isnan(found.cosine[order])][:LOOKED_AT]
    best = order[answers[order]]
    _slots, firsts = np.unique(found.slots[best], return_index=True)
    heard = best[np.sort(firsts)[:LISTENED]]
    centre = _centre(found.ids[heard], dimensions)
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


def _centre(passages: Ids, dimensions: int) -> Vectors | None:
    """Return the direction of these passages together, of unit length; None if they have none."""
    rows = Passage.objects.filter(pk__in=passages.tolist()).values_list("vector", flat=True)
    stored = [np.frombuffer(bytes(each or b""), np.uint8) for each in rows.order_by("pk")]
    whole = [each.view("<f4") for each in stored if len(each) == 4 * dimensions]
    if not whole:
        return None
    centre: Vectors = np.array(whole, np.float32).sum(axis=0)
    length = float(np.linalg.norm(centre))
    return (centre / length).astype(np.float32) if length else None
