"""Questions that found nothing, counted for whoever decides what is written next."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from search.models import SearchGap
from vocabulary.labels import label

PERMISSION = "search.view_searchgap"
GROUPS = {
    "": gettext_lazy("Question"),
    "concept": gettext_lazy("Concept"),
    "country": gettext_lazy("Country"),
    "language": gettext_lazy("Language"),
    "month": gettext_lazy("Month"),
}


@dataclass(frozen=True)
class GapRow:
    """So many questions without an answer that have the same in common."""

    about: str
    words: str
    country: str
    language: str
    month: str
    count: int


def _languages() -> list[tuple[str, str]]:
    used = SearchGap.objects.order_by("language").values_list("language", flat=True).distinct()
    return [(code, _language(code)) for code in used]


def _countries() -> list[tuple[str, str]]:
    used = SearchGap.objects.exclude(country="").order_by("country")
    codes = used.values_list("country", flat=True).distinct()
    return [(code, label("country", code, get_language() or "en")) for code in codes]


class GapFilterSet(WagtailFilterSet):
    """Filter by day, language and country, and choose what is counted together."""

    by = django_filters.ChoiceFilter(
        label=gettext_lazy("Count by"),
        choices=[(name, title) for name, title in GROUPS.items() if name],
        empty_label=GROUPS[""],
        method="filter_by",
    )
    language = django_filters.ChoiceFilter(label=gettext_lazy("Language"), choices=_languages)
    country = django_filters.ChoiceFilter(label=gettext_lazy("Country"), choices=_countries)

    class Meta:
        model = SearchGap
        fields = ["day"]

    def filter_by(self, gaps: QuerySet[SearchGap], name: str, value: str) -> QuerySet[SearchGap]:
        """Leave the rows as they are: they are counted by it afterwards."""
        return gaps


class QuestionsWithoutAnswerView(ReportView):
    """What people asked for and did not find, most frequent first; nothing of who asked."""

    model = SearchGap
    page_title = gettext_lazy("Questions without an answer")
    header_icon = "help"
    index_url_name = "search_gaps"
    index_results_url_name = "search_gaps_results"
    filterset_class = GapFilterSet
    export_filename = "questions-without-an-answer"
    list_export = ["about", "words", "country", "language", "month", "count"]
    export_headings = {
        "about": gettext_lazy("About"),
        "words": gettext_lazy("Words"),
        "country": gettext_lazy("Country"),
        "language": gettext_lazy("Language"),
        "month": gettext_lazy("Month"),
        "count": gettext_lazy("Questions"),
    }
    columns = [Column(name, label=title) for name, title in export_headings.items()]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse whoever has not been given this report."""
        if not request.user.has_perm(PERMISSION):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[SearchGap]:
        """All of them: they hold nothing that is anybody's."""
        return SearchGap.objects.all()

    def get_filtered_queryset(self) -> Any:
        """Return rows of counts in place of single questions."""
        gaps = super().get_filtered_queryset()
        return counted(gaps, self.request.GET.get("by", ""), get_language() or "en")


def counted(gaps: Iterable[SearchGap], by: str, language: str) -> list[GapRow]:
    """Return how often each question was asked, or how many are about each value of `by`."""
    counts = Counter(key for gap in gaps for key in _keys(gap, by))
    rows = [
        GapRow(
            about=", ".join(_term(each, language) for each in about) or _("(no known concept)")
            if by in ("", "concept")
            else "",
            words=", ".join(words),
            country=label("country", country, language) if country else "",
            language=_language(spoken) if spoken else "",
            month=date_format(month, "YEAR_MONTH_FORMAT") if month else "",
            count=count,
        )
        for (about, words, country, spoken, month), count in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row.count, row.about, row.words, row.country))


_Texts = tuple[str, ...]
_Key = tuple[_Texts, _Texts, str, str, datetime.date | None]


def _keys(gap: SearchGap, by: str) -> Iterator[_Key]:
    """Yield what a question is counted under: once, but under each of its concepts."""
    month = gap.day.replace(day=1)
    if by == "concept":
        yield from (((each,), (), "", "", None) for each in gap.concepts or [""])
    elif by == "country":
        yield ((), (), gap.country, "", None)
    elif by == "language":
        yield ((), (), "", gap.language, None)
    elif by == "month":
        yield ((), (), "", "", month)
    else:
        about = (*gap.concepts, *gap.filters)
        yield (about, tuple(gap.words), gap.country, gap.language, month)


def _term(coded: str, language: str) -> str:
    kind, _colon, code = coded.partition(":")
    if not coded:
        return _("(no known concept)")
    if kind in ("kind", "language", "year"):
        return code
    try:
        return label(kind, code, language)
    except KeyError:
        return code


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
