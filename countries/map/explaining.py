"""The things of a cell as its list shows them: where each leads, and what makes it known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from wagtail.models import Page

from core.addresses import addresses_of
from core.visibility import audiences_of, live_for
from countries import access
from countries.gaps.reading import Showing, showing
from countries.map.items import KNOWN, Item, Kind
from countries.models import Answer, CountryPage


@dataclass(frozen=True)
class Line:
    """One thing of a list."""

    item: Item
    url: str = ""
    answers: list[Showing] = field(default_factory=list)

    @property
    def countries(self) -> list[str]:
        """The countries it is about, by code."""
        return sorted(place for place in self.item.places if place.isalpha())


def lines_of(items: Sequence[Item], user: Any) -> list[Line]:
    """Return these things with their addresses; of gaps the answers, all of which may be read."""
    pages = _addresses([item.about for item in items if item.kind in KNOWN], user)
    gaps = [item for item in items if item.kind == Kind.GAP]
    answers = _answers([pk for item in gaps for pk in item.about], user)
    countries = addresses_of_countries({code for item in gaps for code in item.places}, user)
    found = []
    for item in items:
        if item.kind in KNOWN:
            found.append(Line(item, pages.get(item.about, "")))
        elif item.kind == Kind.GAP:
            (code,) = item.places
            shown = {each.answer.pk: each for pk in item.about for each in answers.get(pk, ())}
            url = countries.get(code, "")
            if access.sees_all(user, code):
                url = reverse("country-gap", args=[code, item.key.removeprefix(f"{code}-")])
            found.append(Line(item, url, list(shown.values())))
        else:
            found.append(Line(item, item.about.url if item.kind == Kind.QUESTION else ""))
    return found


def addresses_of_countries(codes: Iterable[str], user: Any) -> dict[str, str]:
    """Return {code: address} of the pages of countries that somebody may open."""
    wanted = sorted(codes)
    if not wanted:
        return {}
    pages = live_for(CountryPage.objects.all(), audiences_of(user))
    pages = pages.filter(country__code__in=wanted).select_related("country", "locale")
    in_english_last = sorted(pages, key=lambda page: page.locale.language_code == "en")
    urls = addresses_of(in_english_last)
    return {page.country.code: urls[page.pk] for page in in_english_last}


def _addresses(pks: Sequence[int], user: Any) -> dict[int, str]:
    if not pks:
        return {}
    pages = live_for(Page.objects.filter(pk__in=pks), audiences_of(user))
    return addresses_of(pages.select_related("locale"))


def _answers(pks: Sequence[int], user: Any) -> dict[int, list[Showing]]:
    """Return {gap: the answers that show it}, asked for through the same door as the gaps."""
    if not pks:
        return {}
    shown = Answer.objects.select_related("question", "institution")
    shown = shown.prefetch_related("question__choices").order_by("question__order", "pk")
    rows = access.gaps_for(user).filter(pk__in=pks)
    return {
        gap.pk: [showing(answer) for answer in gap.answers.all()]
        for gap in rows.prefetch_related(Prefetch("answers", queryset=shown))
    }
