"""What is kept of a country: its page, and what its team says of it, row by row public or not."""

from countries.models.page import CountryIndexPage, CountryPage
from countries.models.said import OfCountry

__all__ = ["CountryIndexPage", "CountryPage", "OfCountry"]
