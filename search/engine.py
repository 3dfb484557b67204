"""The one door: everything searches through `find`; what is new is asked through `added`."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

import numpy as np
from django.utils.translation import gettext as _

from search import caches
from search.asking import Search
from search.bridges.questions import EnglishForm, english_form
from search.caches import PreparingError, View
from search.catalogue import Mask
from search.comparable import Comparison, compare, with_likeness
from search.expand import Expansion, expand
from search.filters import FACETS, Filters
from search.meaning import Meaning
from search.places import anything_about, countries_in, is_only_countries
from search.question import (
    MOST_CHARACTERS,
    MOST_TERMS,
    Question,
    understand,
)
from search.ranking import Ranked, last_added_first, newest_first, one_a_work
from search.reasons import with_reasons
from search.respelling import respelt
from search.results import FacetCount, Results
from search.scoring import Scored, score
from search.showing import facet_labels, show
from search.telling import Teller
from search.viewer import Viewer
from vocabulary.labels import label
from vocabulary.stamp import steady

MOST_HITS = 200


@dataclass
class _Stages:
    """Milliseconds by stage."""

    taken: dict[str, float] = field(default_factory=dict)

    def add(self, stage: str, started: float) -> None:
        """Count the time since `started` for this stage."""
        spent = (perf_counter() - started) * 1000
        self.taken[stage] = round(self.taken.get(stage, 0.0) + spent, 3)


@steady()
def find(
    query: str,
    viewer: Viewer,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    country: str | None = None,
    limit: int = 10,
    offset: int = 0,
    language: str = "en",
    sort: str = "relevance",
    verbatim: bool = False,
) -> Results:
    """Return what answers a question, of what this viewer may open at this moment.

    Without words it lists everything under the filters, newest first. `country` (ISO alpha-3)
    puts a little higher what is comparable with it by what is stored of both (`comparable`), and
    each hit says why; of a list without words it then puts the most comparable first.
    `sort="date"` puts the newest of what answers first, `sort="added"` what came last to the
    site; `verbatim` leaves misspelt words as they are. Never raises for any query.
    """
    begun = started = perf_counter()
    stages = _Stages()
    question = understand(query, language)
    notices = []
    if question.shortened:
        notices.append(
            _("Your question was long; its first %(words)d words or %(letters)d characters count.")
            % {"words": MOST_TERMS, "letters": MOST_CHARACTERS}
        )
    stages.add("clean", started)
    started = perf_counter()
    try:
        with caches.current().reading() as view:
            stages.add("sync", started)
            notices += _state_of(view)
            search = _Search(view, question, viewer, filters, stages)
            search.prepare(verbatim)
            comparison = compare(country, viewer) if country else None
            results = search.answered(comparison, language, sort, limit, offset)
            if search.meaning.failed:
                notices.append(_without_meaning())
            if results.total:
                notices += search.caveats(language)
    except PreparingError:
        notices.append(_being_prepared())
        return Results(question.text, notice=" ".join(notices))
    if question.terms and not results.relevant:
        notices.append(_("Nothing here fits this question."))
    stages.add("total", begun)
    return replace(results, notice=" ".join(notices))


@steady()
def added(
    searches: Sequence[tuple[Search, int]],
    viewer: Viewer,
    language: str = "en",
    until: int = sys.maxsize,
) -> list[list[tuple[int, str]]]:
    """Return for each search (number, key) of what answers it and is new, the last first.

    New is what came after the document of the number beside the search, up to the number `until`.
    Neither titles nor texts are told: whoever shows them asks the database by
    `showing.cards_of`. Raises `PreparingError` before there is an index.
    """
    with caches.current().reading() as view:
        return [_added(view, asked, viewer, language, after, until) for asked, after in searches]


def _added(
    view: View, asked: Search, viewer: Viewer, language: str, after: int, until: int
) -> list[tuple[int, str]]:
    question = understand(asked.query, language)
    search = _Search(view, question, viewer, asked.filters, _Stages())
    search.prepare()
    # What is new is told though a text that it stands behind in a list was known before.
    # Facts about countries order nothing here: where it came to the site is what counts.
    comparison = Comparison(asked.country) if asked.country else None
    works = search.ranked(comparison, language, search.those_found(asked.filters))
    ranked = last_added_first(view.catalogue, works)
    numbers = view.catalogue.documents[ranked.slots]
    new = np.flatnonzero((numbers > after) & (numbers <= until))[:MOST_HITS]
    return [(int(numbers[row]), view.catalogue.keys[ranked.slots[row]]) for row in new]


def _being_prepared() -> str:
    return _("The search index is being prepared. Try again in a moment.")


def _without_meaning() -> str:
    return _("Search by meaning is not available now: only the words of your question count.")


def _state_of(view: View) -> list[str]:
    """Return what readers should know of the index: it is missing, or being built anew."""
    if not view.moment[1]:
        return [_being_prepared()]
    if view.partial:
        return [_("Many texts are found only by their words for now; meaning is being added.")]
    return []


@dataclass
class _Search:
    """One question on its way."""

    view: View
    question: Question
    viewer: Viewer
    filters: Filters
    stages: _Stages
    expansion: Expansion = field(default_factory=Expansion)
    meaning: Meaning = field(default_factory=Meaning)
    scored: dict[Filters, Scored] = field(default_factory=dict)
    corrected: Question = field(init=False)
    countries: tuple[str, ...] = ()  # that the question names
    unwritten: bool = False  # it consists of countries that no document here is about

    def __post_init__(self) -> None:
        self.corrected = self.question

    def prepare(self, verbatim: bool = False) -> None:
        """Correct the question, look up the vocabulary, and begin to encode it."""
        if not self.question.terms:
            return
        started = perf_counter()
        terms = self.view.words.corrected(self.question.terms, self.viewer.audiences)
        self.corrected = replace(self.question, terms=terms)
        if not verbatim:
            self.question = self.corrected
        self.countries = countries_in(self.question)
        if self.countries and is_only_countries(self.question):
            audiences = self.viewer.audiences
            self.unwritten = not anything_about(self.view, self.countries, audiences)
        self.expansion = expand(self.question)
        self.question = replace(self.question, terms=self.expansion.own, english=self._english())
        if self.unwritten:
            # What is near to it is about other countries: only texts that name it may answer.
            phrases = tuple((term.stems,) for term in self.expansion.own)
            self.question = replace(self.question, phrases=self.question.phrases or phrases)
        self.meaning = Meaning.of(self.question, self.expansion)
        self.stages.add("expand", started)

    def _english(self) -> EnglishForm | None:
        def named(skeletons: Sequence[str]) -> list[str]:
            return self.view.words.named(skeletons, self.viewer.audiences)

        return english_form(self.question.text, self.question.language, named)

    def found(self, filters: Filters) -> Scored:
        """Return what answers under these filters (each set of filters is searched once)."""
        if filters not in self.scored:
            ask = self._score if self.question.terms else self._browse
            self.scored[filters] = ask(filters)
        return self.scored[filters]

    def _score(self, filters: Filters) -> Scored:
        return score(
            self.view,
            self.question,
            self.expansion,
            self.meaning,
            self.viewer.audiences,
            filters,
            self.stages.add,
            in_order=filters == self.filters,
            fitting=False if self.unwritten else self._fitting(filters),
        )

    def _fitting(self, filters: Filters) -> bool | None:
        return self.found(Filters()).fitting if filters else None

    def caveats(self, language: str) -> list[str]:
        """Return in what the answers are not what was asked for."""
        told = []
        found = self.found(self.filters)
        if self.question.phrases and not found.exactly:
            told.append(_("No text has exactly this phrase; these come near."))
        about = self.view.catalogue.having("country", self.countries)
        if self.countries and not about[found.slots].any():
            names = ", ".join(label("country", code, language) for code in self.countries)
            told.append(
                _("Nothing here is about %(country)s: these answers are from elsewhere.")
                % {"country": names}
            )
        return told

    def _browse(self, filters: Filters) -> Scored:
        mask = self.view.catalogue.allowed(self.viewer.audiences, filters)
        slots = np.flatnonzero(mask).astype(np.int32)
        return Scored(slots, np.zeros(len(slots), np.float32), np.zeros(len(slots), np.int64))

    def ranked(
        self, comparison: Comparison | None, language: str, wholes: Mask | None = None
    ) -> Ranked:
        """Return one row a work, best first; ties go to the newer, then to the later one.

        `wholes`: what its parts answer for; all, but what the kinds asked for leave out.
        """
        catalogue, scored = self.view.catalogue, self.found(self.filters)
        scores = scored.scores.astype(np.float64)
        if comparison and (self.question.terms or comparison.own):
            started = perf_counter()
            scores += comparison.lifts(catalogue, scored.slots)
            self.stages.add("compare", started)
        allowed = catalogue.allowed(self.viewer.audiences, self.filters)
        wholes = self._wholes(self.filters) if wholes is None else wholes
        return one_a_work(catalogue, scored, scores, allowed, language, wholes)

    def those_found(self, filters: Filters) -> Mask:
        """Return, by slot, which documents answer under these filters."""
        mask = np.zeros(len(self.view.catalogue.alive), np.bool_)
        mask[self.found(filters).slots] = True
        return mask

    def _wholes(self, filters: Filters) -> Mask:
        asked = Filters(kind=filters.kind)
        return self.view.catalogue.selection(self.viewer.audiences, asked).mask

    def answered(
        self, comparison: Comparison | None, language: str, sort: str, limit: int, offset: int
    ) -> Results:
        """Return a page of hits and the counts over all of them."""
        ranked = self.ranked(comparison, language)
        if sort == "date":
            ranked = newest_first(self.view.catalogue, ranked)
        elif sort == "added":
            ranked = last_added_first(self.view.catalogue, ranked)
        started = perf_counter()
        most = min(limit, MOST_HITS)
        teller = Teller(self.view, self.meaning)
        hits, dropped = show(
            ranked, self.view, self.question, self.viewer, language, most, offset, teller
        )
        hits = with_reasons(hits, self.question, language)
        if comparison:
            slots = ranked.slots[offset : offset + most + dropped]
            hits = with_likeness(hits, comparison, self.view.catalogue, slots)
        self.stages.add("check", started)
        started = perf_counter()
        facets = self.facets(language)
        self.stages.add("facets", started)
        return Results(
            query=self.question.text,
            total=len(ranked) - dropped,
            hits=hits,
            facets=facets,
            relevant=bool(ranked) or not self.question.terms,
            did_you_mean=respelt(self.view, self.corrected, hits, self.viewer, language),
            timings=self.stages.taken,
        )

    def facets(self, language: str) -> dict[str, list[FacetCount]]:
        """Return the counts of every facet, each under the filters of the others."""
        return {
            facet: self._facet(facet, self.filters.without(facet), language) for facet in FACETS
        }

    def _facet(self, facet: str, others: Filters, language: str) -> list[FacetCount]:
        catalogue = self.view.catalogue
        counts = catalogue.counts(facet, self.those_found(others), self._wholes(others))
        chosen = self.filters.codes(facet)
        counts |= {code: 0 for code in chosen if code not in counts}
        names = facet_labels(facet, language) if counts else {}
        values = [FacetCount(c, names.get(c, c), n, c in chosen) for c, n in counts.items()]
        if facet == "year":
            return sorted(values, key=lambda value: value.code, reverse=True)
        return sorted(values, key=lambda value: (-value.count, value.label))
