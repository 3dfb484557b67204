"""What may be meant, while somebody is still typing: titles, countries, concepts, kinds.

Titles and numbers come from what this viewer may open at this moment, names from the public
vocabulary; what others have asked is never looked at.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext_lazy, override

from core.templatetags.site_tags import KINDS, facet_title
from search import caches
from search.caches import PreparingError, View
from search.cleaning import one_line
from search.filters import FACETS, Filters
from search.language import detect, fold, is_stopword
from search.question import Question
from search.ranking import Ranked
from search.results import Hit
from search.showing import show
from search.suggestions import terms, titles
from search.suggestions.terms import Term
from search.viewer import Viewer
from vocabulary.labels import labels

SHORTEST = 2
MOST_CHARACTERS = 100
# A name has few words; what stands before it in a question stays in the question.
MOST_WORDS = 8
MOST_OF_A_NAME = 4
MOST_TITLES, MOST_COUNTRIES, MOST_CONCEPTS, MOST_KINDS = 4, 2, 3, 1
# Translations of one work are one suggestion: so many are looked at to have enough.
LOOKED_AT = 40
_WORD = re.compile(r"[^\W_]+")
GROUPS = {
    "titles": gettext_lazy("Titles"),
    "countries": gettext_lazy("Countries"),
    "concepts": gettext_lazy("Concepts"),
    "kinds": gettext_lazy("Kinds of content"),
}


@dataclass(frozen=True)
class Suggestion:
    """One thing to choose: a page to go to (`url`), or a question with a filter to ask for."""

    label: str
    note: str = ""
    language: str = ""  # of the label
    url: str = ""
    query: str = ""
    facet: str = ""
    code: str = ""
    count: int | None = None  # how many answers there are, for this viewer


@dataclass(frozen=True)
class Group:
    """Suggestions of one sort; `name` is one of `GROUPS`."""

    name: str
    suggestions: list[Suggestion]

    @property
    def title(self) -> str:
        """Return the heading over the group in the reader's language."""
        return str(GROUPS[self.name])


@dataclass(frozen=True)
class _Typed:
    """A beginning of a question: its words, and where each stands."""

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    language: str

    def before(self, place: int) -> str:
        """Return what was typed before a word, without small words at its end."""
        told = list(_WORD.finditer(self.text[: self.starts[place]]))
        while told and is_stopword(fold(told[-1][0]), self.language):
            told.pop()
        return self.text[: told[-1].end()] if told else ""


def suggest(text: str, viewer: Viewer, language: str) -> list[Group]:
    """Return what the beginning of a question may mean, for what this viewer may open.

    Empty groups are left out. Never raises for any text; while the index is being prepared there
    are no suggestions.
    """
    typed = _read(text, language)
    if sum(map(len, typed.words)) < SHORTEST:
        return []
    try:
        view = caches.current().view()
    except PreparingError:
        return []
    named = _named(typed, language)
    allowed = view.catalogue.allowed(viewer.audiences, Filters())
    groups = [
        Group("countries", _facets(named, {"country"}, view, allowed, MOST_COUNTRIES)),
        Group("concepts", _concepts(named, view, allowed)),
        Group("titles", _titles(typed, view, viewer, language)),
        Group("kinds", _kinds(typed, view, allowed, language)),
    ]
    return [group for group in groups if group.suggestions]


def _read(text: str, language: str) -> _Typed:
    clean = one_line(text[: 4 * MOST_CHARACTERS])[:MOST_CHARACTERS]
    found = list(_WORD.finditer(clean))[-MOST_WORDS:]
    return _Typed(
        clean,
        tuple(fold(each[0]) for each in found),
        tuple(each.start() for each in found),
        detect(clean, language),
    )


def _titles(typed: _Typed, view: View, viewer: Viewer, language: str) -> list[Suggestion]:
    """Return the titles that have all the words, each work once, in the reader's language."""
    last = len(typed.words) - 1
    asked = [
        word
        for place, word in enumerate(typed.words)
        if place == last or not is_stopword(word, typed.language)
    ]
    catalogue = view.catalogue
    allowed = catalogue.allowed(viewer.audiences, Filters())
    found = titles.titled(asked, view, allowed)[:LOOKED_AT]
    foreign = catalogue.languages[found] != language
    works = catalogue.works[found]
    _works, firsts, group = np.unique(works, return_index=True, return_inverse=True)
    chosen = firsts.copy()
    for place in np.flatnonzero(~foreign)[::-1]:
        chosen[group[place]] = place
    slots = found[chosen[np.argsort(firsts)]]
    nothing = np.zeros(len(slots), np.int64)
    ranked = Ranked(slots, nothing.astype(np.float64), nothing)
    hits, _dropped = show(ranked, view, _NOTHING_ASKED, viewer, language, MOST_TITLES, 0)
    return [_title(hit, language) for hit in hits]


_NOTHING_ASKED = Question("", "en", (), (), False)


def _title(hit: Hit, language: str) -> Suggestion:
    card = hit.card
    kind = str(KINDS[card.kind][0]) if card.kind in KINDS else card.kind
    names = labels("country", language)
    where = [names.get(code, code) for code in card.countries] if card.kind != "country" else []
    note = " · ".join([kind, *where[:2]])
    return Suggestion(card.title, note, card.language, url=card.url)


def _named(typed: _Typed, language: str) -> list[tuple[Term, str]]:
    """Return the terms that the end of what was typed may name, each with what stands before."""
    size = len(typed.words)
    found: dict[tuple[str, str], tuple[Term, str]] = {}
    for place in range(max(0, size - MOST_OF_A_NAME), size):
        asked = typed.words[place:]
        if place and len(" ".join(asked)) <= SHORTEST:
            break
        for term in terms.named(asked, language):
            found.setdefault((term.kind, term.code), (term, typed.before(place)))
    return list(found.values())


def _facets(
    named: Iterable[tuple[Term, str]],
    kinds: set[str],
    view: View,
    allowed: titles.Mask,
    most: int,
) -> list[Suggestion]:
    """Return terms of these facets that narrow to something this viewer may find."""
    counts: dict[str, Mapping[str, int]] = {}
    found: list[Suggestion] = []
    for term, before in named:
        if term.kind not in kinds:
            continue
        if term.kind not in counts:
            counts[term.kind] = view.catalogue.counts(term.kind, allowed)
        if count := counts[term.kind].get(term.code):
            group = "" if term.kind == "country" else facet_title(term.kind)
            note = " · ".join(filter(None, [group, term.named]))
            found.append(
                Suggestion(
                    term.label, note, query=before, facet=term.kind, code=term.code, count=count
                )
            )
        if len(found) == most:
            break
    return found


def _concepts(
    named: Sequence[tuple[Term, str]], view: View, allowed: titles.Mask
) -> list[Suggestion]:
    """Return terms that narrow first, then concepts as words of the question, each name once."""
    kinds = {name for name in FACETS if name not in ("country", "kind")}
    found = _facets(named, kinds, view, allowed, MOST_CONCEPTS)
    known = {fold(each.label) for each in found}
    for term, before in named:
        if term.kind != "concept" or fold(term.label) in known:
            continue
        known.add(fold(term.label))
        found.append(Suggestion(term.label, term.named, query=f"{before} {term.label}".strip()))
    return found[:MOST_CONCEPTS]


def _kinds(typed: _Typed, view: View, allowed: titles.Mask, language: str) -> list[Suggestion]:
    """Return the kinds of content whose name begins with the last word."""
    counts = view.catalogue.counts("kind", allowed)
    before = typed.before(len(typed.words) - 1)
    with override(language):
        names = {code: (str(one), str(several)) for code, (one, several) in KINDS.items()}
    return [
        Suggestion(several, query=before, facet="kind", code=code, count=counts[code])
        for code, (one, several) in names.items()
        if code in counts
        and len(typed.words[-1]) > SHORTEST
        and any(fold(name).startswith(typed.words[-1]) for name in (one, several))
    ][:MOST_KINDS]
