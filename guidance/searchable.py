"""Guidance and indicators in the search."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.blocks import parts_of, plain
from guidance.models import GuidancePage, IndicatorPage
from search.documents import Section
from search.pages import PageSource, register_pages


def guidance_sections(page: GuidancePage) -> Iterator[Section]:
    """Yield the parts of a guidance by its headings."""
    version = [page.summary, page.issued_by, page.version]
    yield Section((), "\n".join(text for text in version if text))
    if page.changed:
        yield Section((str(_("What changed")),), page.changed, anchor="changed")
    for part in parts_of(page.body):
        yield Section((part.heading,) if part.heading else (), part.text, anchor=part.anchor)


def indicator_sections(page: IndicatorPage) -> Iterator[Section]:
    """Yield the summary and the definition of an indicator."""
    yield Section((), page.summary)
    yield Section((str(_("Definition")),), plain(page.definition), anchor="definition")


def issued_on(page: GuidancePage) -> datetime.date | None:
    """Return the first of January of the year of issue."""
    return datetime.date(page.issued, 1, 1) if page.issued else None


register_pages(PageSource("guidance", GuidancePage, guidance_sections, date=issued_on, weight=0.95))
register_pages(PageSource("indicator", IndicatorPage, indicator_sections))
