"""Questions that found nothing, kept for the secretariat without personal data.

A question may hold the name of a child, so its text is never stored: of it only terms of the
public vocabulary stay, and words that several public documents use in small letters (a name is
written with a capital). They stand in alphabetical order, beside the day, the language, the
country asked for and the filters; nothing says who asked or when.

The one thing that a GET may write. It is a count of what is missing, not a state that any answer
depends on, and who only follows links writes nothing: a reader's browser says that a person asked.
"""

import datetime
import logging
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from search import caches
from search.asking import Search
from search.caches import PreparingError, View
from search.filters import Filters
from search.language import fold, is_stopword, stems_in_all
from search.models import Passage, SearchGap
from search.question import understand
from search.results import Results
from search.showing import facet_labels
from search.stores import Term
from search.viewer import ANYONE
from vocabulary.recognise import concepts_in

log = logging.getLogger(__name__)
# A word that fewer works use may point at somebody.
FEWEST_WORKS = 3
MOST_WORDS, MOST_PASSAGES, MOST_READ = 12, 60, 6
# Without this lock in this time, the record is lost and the answer is not.
PATIENCE_MS = 50
MONTH = datetime.timedelta(days=30.44)
_ROBOT = re.compile(r"bot\b|crawl|spider|slurp|preview|monitor|^$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def asked_by_a_person(request: HttpRequest) -> bool:
    """Return whether a browser says that somebody asked: typed it, sent a form, followed a link.

    Robots that follow links do not say so, and what is fetched ahead was not asked.
    """
    headers = request.headers
    if request.method != "GET" or "prefetch" in headers.get("Sec-Purpose", ""):
        return False
    if _ROBOT.search(headers.get("User-Agent", "")):
        return False
    return headers.get("HX-Request") == "true" or headers.get("Sec-Fetch-Mode") == "navigate"


def asked_by_a_program(request: HttpRequest) -> bool:
    """Return whether a program that is no robot of a search engine asked the API."""
    return request.method == "GET" and not _ROBOT.search(request.headers.get("User-Agent", ""))


def record(search: Search, results: Results, language: str) -> bool:
    """Keep that a question found nothing; False where there is nothing to keep. Never raises."""
    if not settings.SEARCH_GAPS or results.relevant or not results.query:
        return False
    try:
        gap = _gap(search, language)
        with _briefly(), transaction.atomic():
            gap.save(force_insert=True)
    except (DatabaseError, PreparingError) as error:
        log.warning("A question without an answer was not counted: %s", type(error).__name__)
        return False
    return True


def prune(months: int, today: datetime.date | None = None) -> int:
    """Delete what is older than so many months, and return how many."""
    day = (today or timezone.localdate()) - months * MONTH
    return SearchGap.objects.filter(day__lt=day).delete()[0]


def _gap(search: Search, language: str) -> SearchGap:
    concepts = concepts_in(search.query)
    return SearchGap(
        day=timezone.localdate(),
        language=language,
        country=search.country if search.country in facet_labels("country", "en") else "",
        filters=sorted(_known_codes(search.filters)),
        concepts=sorted(f"{each.kind}:{each.code}" for each in concepts),
        words=public_words(search.query, language),
    )


def _known_codes(filters: Filters) -> Iterator[str]:
    """Yield the filters by codes of ours; an address can hold anything in their place."""
    for facet, codes in filters.items():
        known = facet_labels(facet, "en")
        yield from (f"{facet}:{code}" for code in codes if facet == "year" or code in known)


def public_words(text: str, language: str) -> list[str]:
    """Return the words of a text that enough public works use in small letters, as they do.

    What is returned is always a word of public texts, never the one that was typed.
    """
    question = understand(text, language)
    asked = [
        Term(term.stems, word=term.word)
        for term in question.terms
        if term.word.isalpha() and not is_stopword(term.word, question.language)
    ][:MOST_WORDS]
    view = caches.current().view()
    places = {term: _places(view, term) for term in asked}
    wanted = [passage for passages in places.values() for passage in passages]
    texts = dict(Passage.objects.filter(pk__in=wanted).values_list("pk", "text"))
    found = {_common(term, [texts.get(each, "") for each in places[term]]) for term in asked}
    return sorted(found - {""})


def _places(view: View, term: Term) -> list[int]:
    """Return passages with a word, each of another public work."""
    found = view.words.search((term,), ANYONE.audiences, Filters(), MOST_PASSAGES).passages
    slots = view.catalogue.slots_of(found)
    allowed = view.catalogue.allowed(ANYONE.audiences, Filters())
    by_work: dict[int, int] = {}
    for passage, slot in zip(found, slots, strict=True):
        if slot >= 0 and allowed[slot]:
            by_work.setdefault(int(view.catalogue.works[slot]), int(passage))
    return list(by_work.values())[:MOST_READ]


def _common(term: Term, texts: Sequence[str]) -> str:
    """Return the form in which enough of the texts have a word in small letters, or ""."""
    used: Mapping[str, set[int]] = defaultdict(set)
    stems = set(term.stems)
    for number, text in enumerate(texts):
        for word in _WORD.findall(text):
            plain = fold(word)
            if word == word.lower() and _is_form_of(plain, stems):
                used[plain].add(number)
    works = set().union(*used.values())
    if len(works) < FEWEST_WORKS:
        return ""
    return max(used, key=lambda plain: (len(used[plain]), plain == term.word, plain))


def _is_form_of(plain: str, stems: set[str]) -> bool:
    return any(plain[:2] == each[:2] for each in stems) and bool(stems & set(stems_in_all(plain)))


@contextmanager
def _briefly() -> Iterator[None]:
    """Let this connection wait for a lock no longer than a reader notices."""
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
            yield
        return
    connection.ensure_connection()
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")
