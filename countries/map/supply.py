"""What is known: the practices and guidance that somebody may open, each work once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import get_language

from core.classification import codes_of
from core.visibility import audiences_of, live_for
from countries.map.items import Item, Kind
from countries.map.topics import ACTION_POINT, Rows, Term, rows_for
from guidance.models import GuidanceIndicator, GuidancePage, IndicatorPage
from practices.models import PracticeIndicator, PracticePage

TOLD = ("pk", "translation_key", "title", "locale__language_code")
# Tags of a page -> kind of their terms.
TAGS = {"themes": "theme", "populations": "population"}


def known_to(user: Any, topics: Mapping[Term, Rows]) -> Iterator[Item]:
    """Yield what somebody may open, in a few queries; `topics`: rows of terms."""
    works = {
        Kind.PRACTICE: _openable(PracticePage.objects.all(), user),
        Kind.GUIDANCE: _openable(GuidancePage.objects.all(), user),
    }
    tags = codes_of(page["pk"] for pages in works.values() for page in pages)
    areas = _areas_of(user)
    for kind, pages in works.items():
        for page in pages:
            yield Item(
                kind=kind,
                key=str(page["translation_key"]),
                title=page["title"],
                rows=_rows(tags[page["pk"]], areas[page["pk"]], topics),
                places=frozenset(tags[page["pk"]].get("countries", ())),
                about=page["pk"],
            )


def _openable(pages: QuerySet[Any], user: Any) -> list[dict[str, Any]]:
    """Return one page a work: in the reader's language, else in English, else in any."""
    spoken = {get_language() or "en": 0, "en": 1}
    rows = live_for(pages, audiences_of(user)).order_by("pk").values(*TOLD)
    found: dict[Any, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: spoken.get(row["locale__language_code"], 2)):
        found.setdefault(row["translation_key"], row)
    return sorted(found.values(), key=lambda row: str(row["title"]).casefold())


def _rows(tags: Mapping[str, list[str]], areas: Iterable[str], topics: Mapping[Term, Rows]) -> Rows:
    """Return the rows of a page: its own action points, the areas of its indicators and topics."""
    terms = [(kind, code) for tag, kind in TAGS.items() for code in tags.get(tag, ())]
    own = rows_for([(ACTION_POINT, code) for code in tags.get("action_points", ())], {})
    return Rows(own.points, frozenset(areas) | rows_for(terms, topics).areas)


def _areas_of(user: Any) -> Mapping[int, set[str]]:
    """Return {page: areas of the indicators that it serves, as far as somebody may open them}."""
    open_ones = live_for(IndicatorPage.objects.all(), audiences_of(user)).values("pk")
    rows = [
        model._default_manager.filter(indicator__in=open_ones)
        .order_by()
        .annotate(served=F("indicator__area"))
        .values_list("page_id", "served")
        for model in (PracticeIndicator, GuidanceIndicator)
    ]
    found: dict[int, set[str]] = defaultdict(set)
    for page, area in rows[0].union(rows[1]):
        found[page].add(area)
    return found
