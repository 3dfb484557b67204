"""The gaps of a country, and what addresses one of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from countries.doors import DeskView
from countries.gaps.addressing import addressing
from countries.gaps.reading import gaps_of, goals_of


class GapsView(DeskView):
    """`GET`: the gaps that the answers of a country show, and its goals."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        context = self.context(
            gaps=gaps_of(self.code, request.user), goals=goals_of(self.code, request.user)
        )
        return render(request, "countries/gaps/list.html", context)


class GapView(DeskView):
    """`GET`: one gap with the answers that show it, and what addresses it elsewhere."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, gap: str) -> HttpResponse:
        """Show it; a gap that the answers do not show is answered like none."""
        gaps = gaps_of(self.code, request.user)
        shown = next((each for each in gaps if each.kind.code == gap), None)
        if shown is None:
            raise Http404
        context = self.context(gap=shown, known=addressing(request, shown.kind, self.code))
        return render(request, "countries/gaps/gap.html", context)
