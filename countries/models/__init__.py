"""What is kept of a country: its page, and what its team says of it, row by row public or not."""

from countries.models.commitment import Commitment, ProgressNote
from countries.models.page import CountryIndexPage, CountryPage
from countries.models.profile import ProfileEntry
from countries.models.register import DataSource
from countries.models.said import OfCountry

__all__ = [
    "Commitment",
    "CountryIndexPage",
    "CountryPage",
    "DataSource",
    "OfCountry",
    "ProfileEntry",
    "ProgressNote",
]
