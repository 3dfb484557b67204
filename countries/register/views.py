"""The register of a country's data sources: its rows, and all that one may read as a table."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from countries.access import visible
from countries.doors import CountryView
from countries.models import DataSource
from countries.register.forms import DataSourceForm
from countries.rows import DeleteView, RowView
from practices.importing.tables import as_table

HEAD = (
    *("external_id", "country", "name", "owner", "type", "unit", "age_detail", "disaggregation"),
    *("linkable", "access", "latest_year", "note", "source", "public", "changed_at"),
)


class DataSourceView(RowView):
    """One data source."""

    model = DataSource
    form_class = DataSourceForm
    part = "register"
    heading = _("Change a data source")
    new_heading = _("Add a data source")


class DeleteDataSourceView(DeleteView):
    """Take a data source out of the register."""

    model = DataSource
    part = "register"


class RegisterCsvView(CountryView):
    """`GET`: the rows of the register that this reader may see, as CSV."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send them."""
        rows = visible(DataSource.objects.filter(about=self.code), request.user)
        return as_table(f"data-sources-{self.code}", HEAD, cells(rows), "csv")


def cells(sources: Iterable[DataSource]) -> Iterator[list[object]]:
    """Yield each source as a row of HEAD: codes, so that it can be read back."""
    for each in sources:
        yield [
            *(each.external_id or f"px-{each.pk}", each.about, each.name, each.owner),
            *(each.type, each.unit, each.age_detail, ", ".join(each.disaggregation)),
            *(each.linkable, each.access, each.latest_year, each.note, each.source),
            *("yes" if each.public else "no", each.changed_at.date().isoformat()),
        ]
