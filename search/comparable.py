"""How much a document's setting is like that of the country that asks, and why.

The country that asks is taken as the viewer may know it, all others as everybody may. Countries
are compared by what is stored of both; of the sources and the children a document deals with, the
document itself says more than its country. Likeness orders what answers a question and hides
nothing: it adds at most `MOST_LIFT` to a score, which is 0 to 1, so that an answer which is ahead
by more than that, fitting the words clearly better, stays ahead of all that are merely comparable.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import sqrt
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from search.catalogue import Catalogue, Mask
from search.facts import (
    FACET_OF,
    GAP,
    POPULATION,
    REGION,
    ROLE,
    SET_UP,
    SOURCE,
    Fact,
    Facts,
    Reason,
    known_to,
    public_facts,
)
from search.results import Hit
from search.viewer import Viewer
from vocabulary.labels import regions_of

# What likeness adds to a score at most, by kind; the one place where this is decided.
WEIGHTS: Mapping[str, float] = {
    GAP: 0.020,  # who lacks the same data looks for the same thing
    SET_UP: 0.012,  # who shares what with whom decides what can be taken over without a new law
    SOURCE: 0.012,  # a method needs its data: one that others have is of little use
    POPULATION: 0.008,  # how children are reached depends on who they are
    ROLE: 0.008,  # origin, transit and destination count different things
}
# Neighbours often share laws, languages and routes: as much as half of all facts together. What
# comes from the country itself is nearest of all.
SAME_COUNTRY, SAME_REGION = 0.06, 0.03
MOST_LIFT = 0.09

MOST_ALIKE, MOST_DIFFERS, MOST_OF_A_KIND = 4, 3, 2
OWN_KINDS = (SOURCE, POPULATION)  # that a document may tell of itself
NOTHING: frozenset[Fact] = frozenset()
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Comparison:
    """The country that asks with what is known of it, and of all others."""

    country: str
    own: frozenset[Fact] = NOTHING
    others: Facts = field(default_factory=dict)

    def lifts(self, catalogue: Catalogue, slots: NDArray[np.int32]) -> Values:
        """Return what is added to the score of each of these documents: 0 to `MOST_LIFT`."""
        near = catalogue.having("region", regions_of(self.country))[slots]
        same = catalogue.having("country", (self.country,))[slots]
        place = np.where(same, SAME_COUNTRY, np.where(near, SAME_REGION, 0.0))
        if not self.own:
            return place
        return np.minimum(place + self.likeness(catalogue, slots), MOST_LIFT)

    def likeness(self, catalogue: Catalogue, slots: NDArray[np.int32]) -> Values:
        """Return the weight of what is alike, without the place, for each of these documents."""
        wanted = np.zeros(len(catalogue.alive), np.bool_)
        wanted[slots] = True
        total = np.zeros(len(catalogue.alive))
        told = {}
        for kind in OWN_KINDS:
            told[kind], share = self._of_itself(catalogue, kind)
            total += WEIGHTS[kind] * share
        pairs = catalogue.facets.get("country")
        if pairs is not None:
            inside = wanted[pairs.slots]
            at, codes = pairs.slots[inside], pairs.codes[inside]
            by_kind = self._by_country(pairs.names)
            worth = np.zeros(len(at))
            for kind, weight in WEIGHTS.items():
                value = weight * by_kind[kind][codes]
                worth += np.where(told[kind][at], 0.0, value) if kind in told else value
            # Of several countries the one that is most alike counts.
            best = np.zeros(len(total))
            np.maximum.at(best, at, worth)
            total += best
        return total[slots]

    def _of_itself(self, catalogue: Catalogue, kind: str) -> tuple[Mask, Values]:
        """Return, by slot, whether a document tells of a kind, and how much of that is here too."""
        size, mine = len(catalogue.alive), {code for each, code in self.own if each == kind}
        pairs = catalogue.facets.get(FACET_OF[kind])
        if pairs is None or not mine:
            return np.zeros(size, np.bool_), np.zeros(size)
        here = np.array([name in mine for name in pairs.names], np.bool_)
        told = np.bincount(pairs.slots, minlength=size)
        alike = np.bincount(pairs.slots[here[pairs.codes]], minlength=size)
        return told > 0, alike / np.maximum(told, 1)

    def _by_country(self, countries: Sequence[str]) -> dict[str, Values]:
        shares = [self.shares(country) for country in countries]
        return {kind: np.array([each.get(kind, 0.0) for each in shares]) for kind in WEIGHTS}

    def shares(self, country: str) -> Mapping[str, float]:
        """Return by kind how much a country is alike, 0 to 1 (0 is left out).

        The cosine of the two sets of facts (Ochiai 1957): who has recorded everything is not more
        alike than who has recorded what is needed.
        """
        theirs = self.own if country == self.country else self.others.get(country, NOTHING)
        common = _counted(self.own & theirs)
        if not common:
            return {}
        other = _counted(theirs)
        return {kind: n / sqrt(self._counts[kind] * other[kind]) for kind, n in common.items()}

    @cached_property
    def _counts(self) -> Counter[str]:
        return _counted(self.own)


def compare(country: str, viewer: Viewer) -> Comparison:
    """Return the country that asks, as this viewer may know it, beside all that are public."""
    own = known_to(viewer).get(country, NOTHING)
    return Comparison(country, own, public_facts() if own else {})


def _counted(facts: Iterable[Fact]) -> Counter[str]:
    return Counter(map(itemgetter(0), facts))


def reasons(
    comparison: Comparison, facets: Mapping[str, Sequence[str]]
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """Return what is alike and what differs for a document with these facets, a few of each.

    A difference is told only of kinds that are recorded of both: silence is no fact. What comes
    from the country that asks is not compared with it.
    """
    asking = comparison.country
    itself = {
        kind: frozenset((kind, code) for code in facets.get(FACET_OF[kind], ()))
        for kind in OWN_KINDS
    }
    partner = _partner(comparison, facets.get("country", ()))
    theirs = comparison.others.get(partner, NOTHING)
    alike, differs = [], []
    for kind in WEIGHTS:
        mine = frozenset(fact for fact in comparison.own if fact[0] == kind)
        other = "" if itself.get(kind) else partner
        has = itself.get(kind) or frozenset(fact for fact in theirs if fact[0] == kind)
        alike += _told(mine & has, asking, other)
        if mine and has:
            differs += _told(has - mine, other, asking) or (
                # What else this country has is no difference to a document about a part of it.
                _told(mine - has, asking, other) if other else []
            )
    alike += _told(_region(asking, partner), asking, partner)
    return tuple(alike[:MOST_ALIKE]), tuple(differs[:MOST_DIFFERS])


def _partner(comparison: Comparison, countries: Sequence[str]) -> str:
    """Return the country of a document to compare with: of several, the one most alike."""
    if comparison.country in countries:
        return ""
    near = set(regions_of(comparison.country))

    def worth(country: str) -> float:
        facts = comparison.shares(country).items()
        place = SAME_REGION if near & set(regions_of(country)) else 0.0
        return place + sum(WEIGHTS.get(kind, 0.0) * share for kind, share in facts)

    return max(countries, key=worth, default="")


def _region(one: str, other: str) -> frozenset[Fact]:
    """Return the smallest region in which both countries lie."""
    theirs = regions_of(other) if other else ()
    common = [code for code in regions_of(one) if code in theirs]
    return frozenset({(REGION, common[0])} if common else ())


def _told(facts: Iterable[Fact], country: str, other: str) -> list[Reason]:
    return [Reason(*fact, country, other) for fact in sorted(facts)[:MOST_OF_A_KIND]]


def with_likeness(
    hits: Sequence[Hit],
    comparison: Comparison,
    catalogue: Catalogue,
    slots: NDArray[np.int32],
) -> list[Hit]:
    """Return the hits with what is alike and what differs; `slots` hold their documents."""
    slot_of = {catalogue.keys[slot]: int(slot) for slot in slots}
    facets = _facets(catalogue, slots)
    explained = []
    for hit in hits:
        alike, differs = reasons(comparison, facets.get(slot_of.get(hit.key, -1), {}))
        explained.append(replace(hit, alike=alike, differs=differs))
    return explained


def _facets(
    catalogue: Catalogue, slots: NDArray[np.int32]
) -> dict[int, dict[str, tuple[str, ...]]]:
    """Return {slot: {facet: codes}} of what documents are compared by."""
    found: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for facet in ("country", *(FACET_OF[kind] for kind in OWN_KINDS)):
        pairs = catalogue.facets.get(facet)
        if pairs is None:
            continue
        for place in np.flatnonzero(np.isin(pairs.slots, slots)):
            slot, code = int(pairs.slots[place]), pairs.names[pairs.codes[place]]
            found[slot][facet] = (*found[slot].get(facet, ()), code)
    return found
