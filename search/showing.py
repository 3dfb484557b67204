"""From ranked documents to what is shown: the database has the last word on each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import override

from core.templatetags.site_tags import KINDS
from search import sources
from search.caches import View
from search.marking import excerpt
from search.models import IndexedDocument, Passage
from search.question import Question
from search.ranking import Ranked
from search.results import Hit, PassageShown
from search.sources import Card
from search.telling import Teller
from search.viewer import Viewer
from vocabulary.labels import labels


@dataclass(frozen=True)
class _Row:
    key: str
    score: float
    passage: int


def show(
    ranked: Ranked,
    view: View,
    question: Question,
    viewer: Viewer,
    language: str,
    limit: int,
    offset: int,
    teller: Teller | None = None,
) -> tuple[list[Hit], int]:
    """Return a page of hits and how many were dropped because the database says no.

    With a `teller` a passage of a few words gives way to one that says more.
    """
    shown: list[tuple[_Row, Card]] = []
    place, dropped = offset, 0
    while len(shown) < limit and place < len(ranked):
        window = range(place, min(place + limit - len(shown), len(ranked)))
        rows = [
            _Row(
                view.catalogue.keys[ranked.slots[each]],
                float(ranked.scores[each]),
                int(ranked.passages[each]),
            )
            for each in window
        ]
        cards = _cards([row.key for row in rows], viewer, language)
        shown += [(row, cards[row.key]) for row in rows if row.key in cards]
        dropped += sum(row.key not in cards for row in rows)
        place = window.stop
    return _hits(shown, question, teller), dropped


def _cards(keys: Sequence[str], viewer: Viewer, language: str) -> dict[str, Card]:
    return _with_facts(cards_of(keys, viewer, language)) if keys else {}


def cards_of(keys: Sequence[str], viewer: Viewer, language: str) -> dict[str, Card]:
    """Return {key: card} of what this viewer may open at this moment, as the sources say."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        name, object_id = sources.split_key(key)
        by_source[name].append(object_id)
    cards: dict[str, Card] = {}
    for name, ids in by_source.items():
        try:
            source = sources.get(name)
        except sources.UnknownSourceError:
            continue  # its app is gone; `verify_index` says so
        for object_id, card in source.shown(ids, viewer, language).items():
            cards[sources.key_of(name, object_id)] = card
    return cards


def _with_facts(cards: dict[str, Card]) -> dict[str, Card]:
    """Add countries and date as the rows know them: one query for the cards of all sources."""
    rows = IndexedDocument.objects.filter(key__in=cards).values_list("key", "facets", "date")
    for key, facets, date in rows:
        card = cards[key]
        countries = card.countries or tuple(facets.get("country", ()))
        cards[key] = replace(card, countries=countries, date=card.date or date)
    return cards


def _hits(
    shown: Sequence[tuple[_Row, Card]], question: Question, teller: Teller | None
) -> list[Hit]:
    wanted = [row.passage for row, _card in shown if row.passage]
    passages = Passage.objects.defer("vector").in_bulk(wanted) if wanted else {}
    if teller:
        passages = teller.telling(passages)
    return [
        Hit(
            card,
            passage_shown(passages.get(row.passage), card, question),
            round(row.score, 4),
            row.key,
        )
        for row, card in shown
    ]


def passage_shown(passage: Passage | None, card: Card, question: Question) -> PassageShown:
    """Return the part of a passage that answers, or the card's summary where there is none."""
    if passage is None or not passage.text:
        marked = mark_safe(conditional_escape(card.summary))  # noqa: S308 - escaped
        return PassageShown(card.summary, marked, "", None, card.url)
    fragment = f"page={passage.page}" if passage.page else passage.anchor
    part = excerpt(passage.text, question.stems, card.language)
    return PassageShown(
        text=part.text,
        marked=part.marked,
        heading=passage.heading,
        page=passage.page,
        # A card may lead to a place of its own already.
        url=f"{card.url}#{fragment}" if fragment and "#" not in card.url else card.url,
        row=passage.pk,
    )


def facet_labels(facet: str, language: str) -> Mapping[str, str]:
    """Return {code: label} of a facet in this language; codes without one stand for themselves."""
    if facet == "year":
        return {}
    if facet in ("kind", "language"):
        names = {code: several for code, (_one, several) in KINDS.items()}
        with override(language):
            own = names if facet == "kind" else dict(settings.LANGUAGES)
            return {code: str(label) for code, label in own.items()}
    return labels(facet, language)
