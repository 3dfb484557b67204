"""Commitments of a country: writing them and their progress, and exporting what one may read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View

from countries.commitments.exporting import HEAD, cells, readable
from countries.commitments.forms import CommitmentForm, ProgressForm
from countries.doors import CountryView, GoneError, never_kept
from countries.forms import typed_in
from countries.models import Commitment, ProgressNote
from countries.rows import DeleteView, RowView
from practices.importing.tables import ENDINGS, as_table


class CommitmentView(RowView):
    """One commitment."""

    model = Commitment
    form_class = CommitmentForm
    part = "commitments"
    heading = _("Change a commitment")
    new_heading = _("Add a commitment")


class DeleteCommitmentView(DeleteView):
    """Delete a commitment and the notes on its progress."""

    model = Commitment
    part = "commitments"


class ProgressView(RowView):
    """One note on the progress of a commitment."""

    model = ProgressNote
    form_class = ProgressForm
    part = "commitments"
    heading = _("Change a note on progress")
    new_heading = _("Note progress")
    template = "countries/commitments/progress.html"
    row: ProgressNote

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the commitment in this country, and the note on it."""
        commitments = Commitment.objects.filter(about=self.code, pk=kwargs.pop("commitment"))
        self.commitment = commitments.first()
        if self.commitment is None:
            typed = typed_in(ProgressForm(request.POST))
            if request.method != "POST" or not typed:
                raise Http404
            told = _("Somebody has deleted this commitment meanwhile. Your note is not saved.")
            raise GoneError(str(told), typed)
        super().prepare(request, **kwargs)
        if self.row.commitment_id != self.commitment.pk:
            raise Http404

    def new_row(self, request: HttpRequest) -> ProgressNote:
        """Return an empty note on this commitment."""
        return ProgressNote(about=self.code, commitment=self.commitment)

    def context(self, **more: Any) -> dict[str, Any]:
        """Show on what it is a note."""
        return super().context(commitment=self.commitment, **more)


class DeleteProgressView(DeleteView):
    """Delete a note on the progress of a commitment."""

    model = ProgressNote
    part = "commitments"

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the note; that it hangs below this commitment is part of its address."""
        commitment = kwargs.pop("commitment")
        super().prepare(request, **kwargs)
        if not self.lost and getattr(self.row, "commitment_id", None) != commitment:
            raise Http404


class CommitmentsTableView(CountryView):
    """`GET`: the commitments of a country that this reader may see, as csv or xlsx."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, ending: str) -> HttpResponse:
        """Send them."""
        if ending not in ENDINGS:
            raise Http404
        found = readable(request.user).filter(about=self.code)
        rows = cells(found, request.user)
        return as_table(f"commitments-{self.code}", HEAD, rows, ending)


@method_decorator(never_kept, name="dispatch")
class AllCommitmentsTableView(View):
    """`GET`: the commitments of all countries that this reader may see, for voluntary reporting."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, ending: str) -> HttpResponse:
        """Send them."""
        if ending not in ENDINGS:
            raise Http404
        rows = cells(readable(request.user), request.user)
        return as_table("commitments", HEAD, rows, ending)
