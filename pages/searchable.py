"""News and plain pages in the search."""

import datetime
from collections.abc import Iterator

from core.blocks import parts_of
from core.provenance import SourceDocument, latest_year
from pages.models import NewsPage, StandardPage
from search.documents import Section
from search.pages import PageSource, register_named, register_pages


def sections(page: NewsPage | StandardPage) -> Iterator[Section]:
    """Yield the parts of a page by its headings."""
    yield Section((), page.summary)
    for part in parts_of(page.body):
        yield Section((part.heading,) if part.heading else (), part.text, anchor=part.anchor)


def day_of(page: NewsPage) -> datetime.date | None:
    """Return its day; where that is not known, the first of January of its newest source."""
    year = latest_year(page)
    return page.date or (datetime.date(year, 1, 1) if year else None)


register_named(
    SourceDocument,
    lambda document: NewsPage.objects.filter(pk__in=document.citations.values("page_id")),
)
register_pages(
    PageSource(
        "news",
        NewsPage,
        sections,
        date=day_of,
        date_text=lambda page: page.date_text,
        weight=0.85,
    )
)
register_pages(PageSource("page", StandardPage, sections, weight=0.7))
