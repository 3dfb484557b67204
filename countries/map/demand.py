"""What is wanted: gaps of assessments, open questions, and searches that found nothing.

Only what somebody may read one by one is counted for them; so no number on the map, and no
difference of two, tells anything of what they may not read (docs/decisions/0016).
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from countries import access
from countries.map.items import Item, Kind
from countries.map.topics import COUNTRY, REGION, Rows, Term, rows_for, rows_of
from countries.models import GapKind
from countries.open_questions import waiting_questions
from search.models import SearchGap
from vocabulary.labels import label
from vocabulary.recognise import concepts_in

PLACES = (COUNTRY, REGION)
# What a search is about; languages, kinds and years say nothing of it.
SUBJECTS = ("action_point", "theme", "concept", "population", "data_source")


def gaps(user: Any, codes: Iterable[str]) -> Iterator[Item]:
    """Yield the gaps that somebody may know of, of these countries: one a country and kind."""
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    rows = access.gaps_for(user).filter(about__in=list(codes))
    in_order = rows.order_by("about", "kind__order", "pk")
    for pk, about, number in in_order.values_list("pk", "about", "kind_id"):
        found[about, number].append(pk)
    kinds = GapKind.objects.in_bulk() if found else {}
    for (about, number), pks in found.items():
        kind = kinds[number]
        places = frozenset({about})
        yield Item(Kind.GAP, f"{about}-{kind.code}", kind.title, rows_of(kind), places, pks)


def questions(user: Any, topics: Mapping[Term, Rows]) -> Iterator[Item]:
    """Yield the open questions that somebody may read.

    What their titles name says where they belong; else the topics and the region of their group.
    """
    for each in waiting_questions(user):
        named = [(match.kind, match.code) for match in concepts_in(each.title)]
        countries = {code for kind, code in named if kind == COUNTRY}
        rows = rows_for(named, topics)
        if not (rows.points or rows.areas):
            rows = rows_for([("theme", code) for code in each.themes], topics)
        places = countries or ({each.region} if each.region else set())
        yield Item(Kind.QUESTION, each.url, each.title, rows, frozenset(places), each)


@dataclass
class Searched:
    """One thing that was searched for in vain: how often, and on which days."""

    times: int = 0
    days: set[datetime.date] = field(default_factory=set)
    country: str = ""  # where the answer was needed


def searches(user: Any, topics: Mapping[Term, Rows]) -> Iterator[Item]:
    """Yield what was searched for without result, as far as somebody may know of it.

    Others than the secretariat are told neither words nor places: what a team looks for again and
    again, for its country, is nearly an answer of its assessment.
    """
    whole = access.sees_searches(user)
    told = (*SUBJECTS, *PLACES) if whole else SUBJECTS
    found: dict[tuple[tuple[Term, ...], tuple[str, ...], str], Searched] = defaultdict(Searched)
    rows = SearchGap.objects.order_by("pk").values_list(
        "day", "country", "filters", "concepts", "words"
    )
    for day, country, filters, concepts, words in rows:
        terms = {_term(coded) for coded in (*filters, *concepts)}
        kept = sorted(term for term in terms if term[0] in told)
        key = tuple(kept), tuple(words) if whole else (), country if whole else ""
        found[key].times += 1
        found[key].days.add(day)
    for (terms_, words_, country), searched in found.items():
        subjects = [term for term in terms_ if term[0] in SUBJECTS]
        if not (whole or subjects) or not access.may_know_of_search(user, len(searched.days)):
            continue
        named = {code for kind, code in terms_ if kind in PLACES}
        places = named | ({country} if country and not named else set())
        searched.country = country
        yield Item(
            Kind.SEARCH,
            repr((terms_, words_, country)),
            _words_of(subjects, words_),
            rows_for(subjects, topics),
            frozenset(places),
            searched,
        )


def _term(coded: str) -> Term:
    kind, _colon, code = coded.partition(":")
    return kind, code


def _words_of(terms: Iterable[Term], words: Iterable[str]) -> str:
    language = get_language() or "en"
    named = [label(kind, code, language) for kind, code in terms]
    return ", ".join([*dict.fromkeys(named), *words]) or _("(no known concept)")
