"""Lists of the secretariat: all adaptations as a table, and the practices that go stale."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from adoption import access
from adoption.conditions import Condition
from adoption.exporting import as_csv
from adoption.models import Adoption
from adoption.stale import stale_practices
from adoption.views.doors import require

ADOPTION_HEAD = (
    *("id", "origin_id", "origin", "origin_countries", "institution", "country"),
    *("year_from", "year_to", "changed", "result", "result_note", "evidence_url"),
    *("own_practice_id", "audience", "voice", "state"),
    *(f"{key}_{part}" for key in Condition.values for part in ("held", "note")),
    *("created_at", "edited_at"),
)
STALE_HEAD = ("practice_id", "title", "countries", "reason", "since", "note", "last_confirmed")


class AdoptionsCsvView(View):
    """`GET`: every adaptation of the database, as CSV. Secretariat only."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        require(access.may_see_stale(request.user))
        return as_csv("adaptations", ADOPTION_HEAD, adoption_rows())


def adoption_rows() -> Iterator[list[object]]:
    """Yield each adaptation as a row of ADOPTION_HEAD, in the order in which they were told."""
    adoptions = Adoption.objects.select_related("origin", "institution").prefetch_related(
        "conditions", "origin__countries__term"
    )
    for row in adoptions.order_by("pk"):
        held = {each.condition: each for each in row.conditions.all()}
        codes = ";".join(tag.term.code for tag in row.origin.countries.all())
        yield [
            *(row.pk, row.origin_id, row.origin.title, codes, row.institution, row.country),
            *(row.year_from, row.year_to, row.changed, row.result, row.result_note),
            *(row.evidence_url, row.own_practice_id, row.audience, row.voice, row.state),
            *(
                getattr(held.get(key), part, "")
                for key in Condition.values
                for part in ("held", "note")
            ),
            *(row.created_at.isoformat(), row.edited_at.isoformat() if row.edited_at else ""),
        ]


class StaleView(View):
    """`GET`: practices that nobody confirms, that changed, or are to be checked. Secretariat."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, the longest without an answer first."""
        require(access.may_see_stale(request.user))
        return render(request, "adoption/stale.html", {"rows": list(stale_practices())})


class StaleCsvView(View):
    """`GET`: the same list as CSV. Secretariat only."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        require(access.may_see_stale(request.user))
        rows = (
            [
                *(row.practice.pk, row.practice.title, ";".join(row.countries), row.reason),
                *(row.since.isoformat(), row.note, row.practice.last_confirmed),
            ]
            for row in stale_practices()
        )
        return as_csv("practices-to-confirm", STALE_HEAD, rows)
