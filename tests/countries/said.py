"""What a country's team says, for tests; all of it is invented and says so."""

import datetime

from countries.models import (
    Commitment,
    CountryIndexPage,
    CountryPage,
    DataSource,
    ProfileEntry,
    ProgressNote,
)
from members.signing import sign
from tests import factories

DAY = datetime.date(2026, 3, 1)


def page_of(code="GEO", language="en"):
    """The page of a country; made where there is none."""
    pages = CountryPage.objects.filter(country__code=code, locale__language_code=language)
    if page := pages.first():
        return page
    country = factories.country(code, language)
    page = CountryPage(
        title=f"Country {code}", slug=code.lower(), country=country, locale=country.locale
    )
    return factories.publish(page, factories.index(CountryIndexPage, language))


def entry(code="transit", about="GEO", kind="role", by=None, **fields):
    return stored(ProfileEntry(about=about, kind=kind, code=code, **fields), by)


def source(name="School register (invented)", about="GEO", by=None, **fields):
    return stored(DataSource(about=about, name=name, **{"type": "register", **fields}), by)


def commitment(text="To count every child (invented).", about="GEO", by=None, **fields):
    return stored(Commitment(about=about, text=text, **fields), by)


def progress(commitment, text="A first table is out (invented).", by=None, **fields):
    note = ProgressNote(commitment=commitment, about=commitment.about, text=text)
    for name, value in {"on": DAY, **fields}.items():
        setattr(note, name, value)
    return stored(note, by)


def stored(row, by):
    if by is not None:
        sign(row, by)
    row.save()
    return row
