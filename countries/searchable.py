"""Country pages in the search."""

from collections.abc import Iterator
from typing import Any

from core.blocks import plain
from countries import access
from countries.facts import known_to, name_of
from countries.models import CountryPage
from members.roles import countries_of
from search.documents import Section
from search.facts import register_facts
from search.pages import PageSource, register_pages
from search.viewer import register_audiences, register_home


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


def home(user: Any) -> str:
    """Return the country that somebody represents; of several, none is taken for granted."""
    mine = countries_of(user)
    return next(iter(mine)) if len(mine) == 1 else ""


register_home(home)
register_audiences(access.audiences)
register_facts(known_to, name=name_of)
