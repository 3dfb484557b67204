"""News and plain pages in the search."""

from collections.abc import Iterator

from core.blocks import parts_of
from pages.models import NewsPage, StandardPage
from search.documents import Section
from search.pages import PageSource, register_pages


def sections(page: NewsPage | StandardPage) -> Iterator[Section]:
    """Yield the parts of a page by its headings."""
    yield Section((), page.summary)
    for part in parts_of(page.body):
        yield Section((part.heading,) if part.heading else (), part.text, anchor=part.anchor)


register_pages(PageSource("news", NewsPage, sections, date=lambda page: page.date, weight=0.85))
register_pages(PageSource("page", StandardPage, sections, weight=0.7))
