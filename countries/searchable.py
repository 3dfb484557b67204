"""Country pages in the search."""

from collections.abc import Iterator

from core.blocks import plain
from countries.models import CountryPage
from search.documents import Section
from search.pages import PageSource, register_pages


def sections(page: CountryPage) -> Iterator[Section]:
    """Yield what the page says of the country."""
    yield Section((), "\n".join(filter(None, [page.summary, plain(page.intro)])) or page.title)


register_pages(
    PageSource(
        "country",
        CountryPage,
        sections,
        tags=lambda page: {"countries": [page.country.code]},
        related=("country",),
        weight=0.7,
    )
)
