"""What the loaders of all page types share."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from wagtail.models import Locale, Page

from config.seeding.ledger import first_time, loaded_before
from config.seeding.reading import listing
from core.classification import TAGS
from core.models import BasePage, PageSource, SourceDocument
from users.models import Institution
from vocabulary.models import Country

AnyPage = TypeVar("AnyPage", bound=BasePage)
Named = TypeVar("Named", Institution, SourceDocument)


class DemoError(Exception):
    """The demo content does not fit together; the message names the file and the word."""


def locale(code: str) -> Locale:
    """Return a language of the site."""
    found: Locale = Locale.objects.get(language_code=code)
    return found


def existing(model: type[AnyPage], external_id: str, language: str) -> AnyPage | None:
    """Return the page that an earlier load made, if it is still there."""
    pages = model.objects.filter(external_id=external_id, locale__language_code=language)
    found: AnyPage | None = pages.first()
    return found


def is_new(model: type[BasePage], external_id: str, language: str) -> bool:
    """Return whether to make this page: neither there nor, be it deleted since, loaded before."""
    return first_time(model, external_id, language) and not existing(model, external_id, language)


def publish(page: BasePage, parent: Page) -> None:
    """Put a new page below its parent and publish it."""
    page.live = False
    # Read afresh: adding other children since has changed the parent's numbers in the tree.
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()


def stream(blocks: Iterable[Mapping[str, Any]]) -> str:
    """Return stored blocks in the form that a stream field reads."""
    return json.dumps(list(blocks))


def tag(page: BasePage, meta: Mapping[str, Any]) -> None:
    """Set a page's tags and sources from front matter."""
    for name, model in TAGS.items():
        codes = [str(code) for code in meta.get(name) or []]
        terms = _terms(model._meta.get_field("term").related_model, codes, page)
        setattr(
            page, name, [model(term=term, sort_order=order) for order, term in enumerate(terms)]
        )
    page.sources = [
        PageSource(
            document=document,
            place=source.get("place") or "",
            page_number=source.get("page"),
            sort_order=order,
        )
        for order, source in enumerate(meta.get("sources") or [])
        if (document := slug_named(SourceDocument, source["document"], page.external_id))
    ]


def _terms(model: Any, codes: Sequence[str], page: BasePage) -> list[Any]:
    rows = {row.code: row for row in model.objects.filter(code__in=codes, locale=page.locale)}
    try:
        return [rows[code] for code in codes]
    except KeyError as error:
        raise DemoError(f"{page.external_id}: {error} is not known.") from None


def slug_named(model: type[Named], slug: str, where: str) -> Named | None:
    """Return what has this short name, None where an editor has deleted it."""
    found: Named | None = model._default_manager.filter(slug=slug).first()
    if not found and not loaded_before(model, slug):
        raise DemoError(f"{where}: {slug!r} is not known.")
    return found


def load_institutions() -> None:
    """Make the institutions that the demo names."""
    countries = {row.code: row for row in Country.objects.filter(locale=locale("en"))}
    for row in listing("institutions.yaml"):
        if not first_time(Institution, row["id"]):
            continue
        Institution.objects.get_or_create(
            slug=row["id"],
            defaults={
                "name": row["name"],
                "acronym": row.get("acronym") or "",
                "kind": row["kind"],
                "country": countries.get(row.get("country") or ""),
                "url": row.get("url") or "",
            },
        )


def load_sources() -> None:
    """Make the documents that the demo cites."""
    for row in listing("sources.yaml"):
        if not first_time(SourceDocument, row["id"]):
            continue
        SourceDocument.objects.get_or_create(
            slug=row["id"],
            defaults={
                "title": row["title"],
                "year": row.get("year"),
                "publisher": row.get("publisher") or "",
                "url": row.get("url") or "",
            },
        )
