"""How a country is named in an address: by its ISO 3166-1 alpha-3 code, in capitals."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class CountryCode(StringConverter):
    """Three capitals."""

    regex = "[A-Z]{3}"


register_converter(CountryCode, "iso3")
