"""Other pages that a page points at: only those that everyone may open are shown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypedDict

from django import template
from django.db.models import CharField, Model, QuerySet, Value
from wagtail.models import Page

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
    wanted = [getattr(row, f"{name}_id") for row in rows]
    model: Any = rows[0]._meta.get_field(name).related_model
    found = _cards({model: set(wanted)}, kind)
    return [found[pk] for pk in dict.fromkeys(wanted) if pk in found]


@register.simple_tag
def visible_cards_of(page: Any, **relations: str) -> dict[str, list[CardRow]]:
    """Return by relation, in order and each once, what rows of a page, or it itself, point at.

    A relation is named with the field that points: `indicators="indicator"`; with "" it is a
    field of the page. A query for all rows, one for each type of page, one for their countries.
    """
    own = [name for name, field in relations.items() if not field]
    wanted = _pointed_at(page, {name: field for name, field in relations.items() if field})
    wanted |= {name: [pk] if (pk := getattr(page, f"{name}_id")) else [] for name in own}
    models: dict[Any, set[int]] = defaultdict(set)
    for name, field in relations.items():
        target = page._meta.get_field(name).related_model
        models[target._meta.get_field(field).related_model if field else target] |= set(
            wanted[name]
        )
    found = _cards(models)
    return {
        name: [found[pk] for pk in dict.fromkeys(each) if pk in found]
        for name, each in wanted.items()
    }


def _cards(wanted: Mapping[Any, set[int]], kind: str = "") -> dict[int, CardRow]:
    """Return the cards of those of these pages, by their type, that everyone may open."""
    found: dict[int, Any] = {}
    for model, ids in wanted.items():
        if ids:
            pages = live_public(model.objects.filter(pk__in=ids)).select_related("locale")
            found |= {page.pk: page for page in pages}
    addresses = addresses_of(found.values())
    countries: dict[int, list[str]] = defaultdict(list)
    tags = PageCountry.objects.filter(page_id__in=found).order_by("sort_order", "pk")
    for page_id, code in tags.values_list("page_id", "term__code") if found else ():
        countries[page_id].append(code)
    return {pk: _card(page, kind, countries[pk], addresses[pk]) for pk, page in found.items()}


@register.filter
def rows(page: Any, relation: str) -> Iterable[Model]:
    """Return the rows that point at a page; one that is previewed before it is saved has none."""
    found: Iterable[Model] = getattr(page, relation).all() if page.pk else ()
    return found


class PageLink(TypedDict):
    """A page as the words and the address of a link."""

    title: str
    url: str


@register.simple_tag
def visible_links(page: Any, **relations: str) -> dict[str, list[PageLink]]:
    """Return by relation, in order and each once, the pages that rows of a page point at.

    A relation is named with the field that points: `guidance="guidance"`. Two queries for all.
    """
    wanted = _pointed_at(page, relations)
    pages = Page.objects.filter(pk__in={pk for each in wanted.values() for pk in each})
    found = {each.pk: each for each in live_public(pages)} if any(wanted.values()) else {}
    addresses = addresses_of(found.values())
    return {
        name: [
            PageLink(title=found[pk].title, url=addresses[pk])
            for pk in dict.fromkeys(each)
            if pk in found
        ]
        for name, each in wanted.items()
    }


def _pointed_at(page: Any, relations: Mapping[str, str]) -> dict[str, list[int]]:
    """Return by relation the ids that its rows point at, in order; of a draft, its own."""
    held = getattr(page, "_cluster_related_objects", {})
    found: dict[str, list[int]] = {name: [] for name in relations}
    stored: list[QuerySet[Any]] = []
    for name, field in relations.items():
        if name in held:
            found[name] = [getattr(row, f"{field}_id") for row in getattr(page, name).all()]
        elif page.pk:
            rows = getattr(page, name).order_by().annotate(kind=Value(name, CharField()))
            stored.append(rows.values_list("kind", "sort_order", "pk", f"{field}_id"))
    if stored:
        told = stored[0].union(*stored[1:], all=True)
        for name, _order, _pk, target in sorted(told, key=_in_order):
            found[name].append(target)
    return found


def _in_order(row: tuple[str, int | None, int, int]) -> tuple[Any, ...]:
    _name, order, pk, _target = row
    return order is None, order or 0, pk


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
