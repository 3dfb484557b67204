"""Other pages that a page points at: only those that everyone may open are shown."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict

from django import template
from django.db.models import Model

from core.addresses import addresses_of
from core.classification import PageCountry
from core.visibility import live_public

register = template.Library()


class CardRow(TypedDict):
    """What `components/card.html` shows of a page."""

    title: str
    url: str
    kind: str
    language: str
    summary: str
    countries: list[str]
    date: date | None
    date_text: str


@register.simple_tag
def visible_cards(rows: Iterable[Model], name: str, kind: str = "") -> list[CardRow]:
    """Return the pages that `rows` point at by the field `name`, in order, each once."""
    rows = list(rows)
    if not rows:
        return []
    wanted = list(dict.fromkeys(getattr(row, f"{name}_id") for row in rows))
    model: Any = rows[0]._meta.get_field(name).related_model
    pages = live_public(model.objects.filter(pk__in=wanted)).select_related("locale")
    found = {page.pk: page for page in pages}
    addresses = addresses_of(found.values())
    countries: dict[int, list[str]] = defaultdict(list)
    tags = PageCountry.objects.filter(page_id__in=found).order_by("sort_order", "pk")
    for page_id, code in tags.values_list("page_id", "term__code"):
        countries[page_id].append(code)
    return [_card(found[pk], kind, countries[pk], addresses[pk]) for pk in wanted if pk in found]


@register.filter
def rows(page: Any, relation: str) -> Iterable[Model]:
    """Return the rows that point at a page; one that is previewed before it is saved has none."""
    found: Iterable[Model] = getattr(page, relation).all() if page.pk else ()
    return found


@register.simple_tag
def visible_card(row: Model, name: str, kind: str = "") -> CardRow | None:
    """Return the page that `row` points at by the field `name`, if everyone may open it."""
    return next(iter(visible_cards([row], name, kind)), None)


def _card(page: Any, kind: str, countries: list[str], url: str) -> CardRow:
    return CardRow(
        title=page.title,
        url=url,
        kind=kind,
        language=page.locale.language_code,
        summary=getattr(page, "summary", ""),
        countries=countries,
        date=getattr(page, "starts", None) or getattr(page, "date", None),
        date_text=getattr(page, "date_text", ""),
    )
