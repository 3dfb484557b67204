"""The gap map, the list of each of its cells, and what can be taken away of it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, override
from django.views import View

from core.printing import is_possible
from countries import access
from countries.doors import never_kept
from countries.map.asked import ACROSS_LABELS, ALL, BY_LABELS, REST, Asked, asked_of
from countries.map.explaining import addresses_of_countries, lines_of
from countries.map.exporting import HEAD, lines, name_of
from countries.map.grid import Grid, Head, grid_of, items_for, rest_of_rows
from countries.map.items import Item, Kind
from countries.map.picture import picture_of
from countries.map.places import choices, rest_of
from countries.map.printed import printed_report_of
from countries.map.report import LANGUAGES, report_of
from countries.map.world import legend, world_of
from practices.importing.tables import ENDINGS, as_table
from practices.word.views import as_download

PER_PAGE = 50
ORDER = {kind: place for place, kind in enumerate(Kind)}


@method_decorator(never_kept, name="dispatch")
class Reading(View):
    """One reading of the map by one reader: `self.items`, `self.grid`. For everybody."""

    http_method_names = ["get", "head", "options"]
    items: list[Item]
    grid: Grid

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read the address; gather what this reader may know."""
        super().setup(request, *args, **kwargs)
        if request.method not in ("GET", "HEAD"):
            return
        asked = asked_of(request.GET)
        self.items = items_for(request.user)
        self.grid = grid_of(self.items, asked)

    @property
    def asked(self) -> Asked:
        """What is asked for, with the region that was chosen for the reader."""
        return self.grid.asked


class MapView(Reading):
    """`GET ?by=&across=&region=`: the matrix and the map of the world."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        context = {
            "grid": self.grid,
            "asked": self.asked,
            "whole": self.asked.address(row=ALL, column=ALL),
            "by_choices": list(BY_LABELS.items()),
            "across_choices": list(ACROSS_LABELS.items()),
            "region_choices": choices(),
            "world": world_of(self.items, self.asked),
            "legend": legend(),
            "sees_searches": access.sees_searches(request.user),
            "in_pdf": (get_language() or "en") in LANGUAGES or is_possible(),
        }
        return render(request, "countries/map/map.html", context)


class CellView(Reading):
    """`GET ?row=&column=&page=`: what a cell counts, all of it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it; a row or column that is not there is answered like nothing."""
        asked = self.asked
        heads = {
            "row": _named(self.grid.rows, asked.row, rest_of_rows(asked)),
            "column": _named(self.grid.columns, asked.column, rest_of(asked)),
        }
        cell = self.grid.cell(asked.row, asked.column)
        items = sorted(cell.items, key=lambda item: ORDER[item.kind])
        shown = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
        country = addresses_of_countries({asked.column} - {ALL, REST}, request.user)
        context = {
            **heads,
            "asked": asked,
            "cell": cell,
            "counts": [(kind, cell.counts[kind]) for kind in Kind if cell.counts.get(kind)],
            "shown": shown,
            "lines": lines_of(list(shown.object_list), request.user),
            "back": asked.address(row=ALL, column=ALL),
            "country_url": country.get(asked.column, ""),
            "sees_searches": access.sees_searches(request.user),
        }
        return render(request, "countries/map/cell.html", context)


def _named(heads: list[Head], code: str, rest: str) -> str:
    """Return what a row or column is called, "" for the sum of all; `Http404` if there is none.

    The rest is there for everybody, or an address would tell whether somebody else has one.
    """
    names = {ALL: "", REST: rest} | {head.code: head.label for head in heads}
    if code not in names:
        raise Http404
    return names[code]


class TableView(Reading):
    """`GET`: the cells of this reading as csv or xlsx."""

    def get(self, request: HttpRequest, ending: str) -> HttpResponse:
        """Return the file; another ending is answered like nothing."""
        if ending not in ENDINGS:
            raise Http404
        return as_table(name_of(self.asked), HEAD, lines(self.grid), ending)


class PictureView(Reading):
    """`GET`: the map and the matrix as one picture (SVG), to be put into a report."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the file."""
        picture = picture_of(self.grid, world_of(self.items, self.asked))
        content = render_to_string("countries/map/picture.svg", {"picture": picture})
        name = f"{name_of(self.asked)}.svg"
        return as_download(content.encode(), name, "image/svg+xml")


class ReportView(Reading):
    """`GET`: the map and the matrix as PDF, in English where its letters cannot be set."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the file."""
        language = get_language() or "en"
        drawn = language in LANGUAGES or not is_possible()
        with override("en" if drawn and language not in LANGUAGES else language):
            grid = grid_of(self.items, self.asked)
            make = report_of if drawn else printed_report_of
            content = make(grid, world_of(self.items, self.asked))
        return as_download(content, f"{name_of(self.asked)}.pdf", "application/pdf")
