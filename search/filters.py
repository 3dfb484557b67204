"""What narrows a search: facets and their codes, read strictly from an address."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from django.utils.translation import gettext as _

FACETS = (
    "kind",
    "country",
    "region",
    "action_point",
    "theme",
    "data_source",
    "population",
    "language",
    "year",
)
MAX_VALUES = 50
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}", re.ASCII)


class FilterError(ValueError):
    """A filter that cannot be meant; the message tells the reader what to do."""


@dataclass(frozen=True)
class Filters:
    """Codes by facet; several codes of one facet widen, several facets narrow."""

    kind: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    action_point: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    data_source: tuple[str, ...] = ()
    population: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    year: tuple[str, ...] = ()

    @classmethod
    def parse(cls, parameters: Mapping[str, Iterable[str]]) -> "Filters":
        """Return filters from {facet: codes}; empty codes are ignored, `FilterError` otherwise."""
        chosen: dict[str, tuple[str, ...]] = {}
        for facet in FACETS:
            codes = tuple(dict.fromkeys(code for code in parameters.get(facet, ()) if code))
            if len(codes) > MAX_VALUES:
                raise FilterError(
                    _("Too many values for “%(name)s”: at most %(most)d are possible.")
                    % {"name": facet, "most": MAX_VALUES}
                )
            for code in codes:
                if not _CODE.fullmatch(code) or (facet == "year" and not _is_year(code)):
                    raise FilterError(
                        _("The filter “%(name)s” has a value that is not a code. Remove it.")
                        % {"name": facet}
                    )
            chosen[facet] = tuple(code.upper() for code in codes) if facet == "country" else codes
        return cls(**chosen)

    def items(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return (facet, codes) of the facets that narrow."""
        pairs = [(item.name, getattr(self, item.name)) for item in fields(self)]
        return [(name, codes) for name, codes in pairs if codes]

    def codes(self, facet: str) -> tuple[str, ...]:
        """Return the codes chosen in a facet."""
        chosen: tuple[str, ...] = getattr(self, facet)
        return chosen

    def without(self, facet: str, code: str | None = None) -> "Filters":
        """Return these filters without one facet, or without one code of it."""
        kept: Sequence[str] = (
            () if code is None else [each for each in self.codes(facet) if each != code]
        )
        return replace(self, **{facet: tuple(kept)})

    def __bool__(self) -> bool:
        return bool(self.items())


def _is_year(code: str) -> bool:
    return code.isdigit() and 1000 <= int(code) <= 9999
