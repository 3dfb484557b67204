"""How the gap map is asked for: which rows, which columns, which cell; read from an address."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _

from vocabulary.labels import WORLD, labels, region_path

# The row or column of what belongs to none of the others, and the one of all together.
REST, ALL = "none", ""


class By(StrEnum):
    """What a row is."""

    ACTION_POINT = "action-point"
    INDICATOR = "indicator"


class Across(StrEnum):
    """What a column is."""

    REGION = "region"
    COUNTRY = "country"


BY_LABELS = {By.ACTION_POINT: _("Action points"), By.INDICATOR: _("Areas of indicators")}
ACROSS_LABELS = {Across.REGION: _("Regions"), Across.COUNTRY: _("Countries")}


@dataclass(frozen=True)
class Asked:
    """One reading of the map; `region` (UN M49) narrows it, `row` and `column` name a cell."""

    by: By = By.ACTION_POINT
    across: Across = Across.REGION
    region: str = ""
    row: str = ALL
    column: str = ALL

    def address(self, **changed: Any) -> str:
        """Return the query string that always says the same for the same reading."""
        asked = replace(self, **changed)
        pairs = [("by", asked.by), ("across", asked.across), ("region", asked.region)]
        pairs += [("row", asked.row), ("column", asked.column)]
        return urlencode([(name, str(value)) for name, value in pairs if value])


def asked_of(parameters: QueryDict) -> Asked:
    """Return what an address asks for; `Http404` for what cannot be meant."""
    try:
        by = By(parameters.get("by") or By.ACTION_POINT)
        across = Across(parameters.get("across") or Across.REGION)
    except ValueError as error:
        raise Http404 from error
    region = parameters.get("region", "")
    if region and (region == WORLD or region not in labels("region", "en")):
        raise Http404
    return Asked(by, across, region, parameters.get("row", ALL), parameters.get("column", ALL))


def parent_of(region: str) -> str:
    """Return the region that a region lies in, "" for the world."""
    return next(iter(region_path(region)[1:]), "")
