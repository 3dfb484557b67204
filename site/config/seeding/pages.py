"""What the loaders of all page types share."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from wagtail.models import Locale, Page

from config.seeding.reading import listing
from core.classification import TAGS
from core.models import BasePage, PageSource, SourceDocument
from users.models import Institution
from vocabulary.models import Country

AnyPage = TypeVar("AnyPage", bound=BasePage)


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


def publish(page: BasePage, parent: Page) -> None:
    """Put a new page below its parent, or take over a changed one, and publish it."""
    if page.pk is None:
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
    documents = {row.slug: row for row in SourceDocument.objects.all()}
    page.sources = [
        PageSource(
            document=_named(documents, source["document"], page),
            place=source.get("place") or "",
            page_number=source.get("page"),
            sort_order=order,
        )
        for order, source in enumerate(meta.get("sources") or [])
    ]


def _terms(model: Any, codes: Sequence[str], page: BasePage) -> list[Any]:
    rows = {row.code: row for row in model.objects.filter(code__in=codes, locale=page.locale)}
    return [_named(rows, code, page) for code in codes]


def _named(rows: Mapping[str, Any], name: str, page: BasePage) -> Any:
    try:
        return rows[name]
    except KeyError:
        raise DemoError(f"{page.external_id}: {name!r} is not known.") from None


def load_institutions() -> None:
    """Make the institutions that the demo names."""
    countries = {row.code: row for row in Country.objects.filter(locale=locale("en"))}
    for row in listing("institutions.yaml"):
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
        SourceDocument.objects.get_or_create(
            slug=row["id"],
            defaults={
                "title": row["title"],
                "year": row.get("year"),
                "publisher": row.get("publisher") or "",
                "url": row.get("url") or "",
            },
        )
