"""What is stored about countries, so that they can be compared; search stores none of it.

A fact is a kind and a code, ("gap", "no-register"), and belongs to one country. An app that keeps
such things registers a provider in its `searchable.py`; what a provider does not tell a viewer,
that viewer learns nowhere in search, neither by a reason nor by an order.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from django.utils.translation import override

from core.remembering import once_a_reading
from search.viewer import ANYONE, Viewer
from vocabulary.labels import label

Fact = tuple[str, str]  # (kind, code)
Facts = Mapping[str, frozenset[Fact]]  # by ISO 3166-1 alpha-3 code

GAP, SET_UP, SOURCE = "gap", "set-up", "source"
POPULATION, ROLE, REGION = "population", "role", "region"
# Kinds whose codes are those of a facet, with the labels of the vocabulary. The regions of a
# country are known from the vocabulary: no provider tells them.
FACET_OF = {SOURCE: "data_source", POPULATION: "population", REGION: "region"}

Provider = Callable[[Viewer], Facts]


@dataclass(frozen=True)
class Reason:
    """A stored fact that is alike or differs; "" as a country is the document itself.

    Of what is alike, both have it; of what differs, it is stored of `country` and not of `other`.
    """

    kind: str
    code: str
    country: str
    other: str


@dataclass
class _Registered:
    tell: Provider
    name: Callable[[Fact], str] | None
    stamp: Callable[[], Hashable] | None
    # What everybody may know, and the stamp it had.
    public: tuple[Hashable, Facts] | None = None


_providers: list[_Registered] = []


def register_facts(
    provider: Provider,
    name: Callable[[Fact], str] | None = None,
    stamp: Callable[[], Hashable] | None = None,
) -> None:
    """Ask `provider(viewer)` for {ISO3: {(kind, code)}}: what this viewer may know at this moment.

    `name` says in the language of the moment what a fact is called ("" for one it does not know).
    `stamp` returns a value that is another one as soon as any public fact is; with it, what
    everybody may know is asked for once until it changes, and without it in every request.
    """
    unregister_facts(provider)
    _providers.append(_Registered(provider, name, stamp))


def unregister_facts(provider: Provider) -> None:
    """Ask this provider no more."""
    _providers[:] = [each for each in _providers if each.tell != provider]


@once_a_reading
def known_to(viewer: Viewer) -> Facts:
    """Return what this viewer may know of each country, kept no longer than the request."""
    return _merged([each.tell(viewer) for each in _providers])


@once_a_reading
def public_facts() -> Facts:
    """Return what everybody may know of each country."""
    return _merged([_public(each) for each in _providers])


def _public(registered: _Registered) -> Facts:
    if registered.stamp is None:
        return registered.tell(ANYONE)
    # Read before the facts: a change in between is read twice and not missed.
    stamp = registered.stamp()
    if registered.public is None or registered.public[0] != stamp:
        registered.public = stamp, registered.tell(ANYONE)
    return registered.public[1]


def _merged(told: list[Facts]) -> Facts:
    if len(told) == 1:
        return told[0]
    merged: dict[str, frozenset[Fact]] = defaultdict(frozenset)
    for facts in told:
        for country, each in facts.items():
            merged[country] |= each
    return dict(merged)


def fact_label(fact: Fact, language: str) -> str:
    """Return what a fact is called in a language, or its code where nobody knows it."""
    kind, code = fact
    if kind in FACET_OF:
        return label(FACET_OF[kind], code, language)
    with override(language):
        names = (str(each.name(fact)) for each in _providers if each.name)
        return next(filter(None, names), code)
