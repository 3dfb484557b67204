"""What is known already: for whoever is typing a question, and beside one that was posted."""

from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from communities import access
from communities.asking.first import first_answer
from communities.asking.nearby import Nearby, nearby
from communities.doors import CommunityView, open_thread
from communities.models import Thread
from search.viewer import Viewer

LONGEST_TITLE, LONGEST_TEXT = 200, 2_000


def nearby_typed(request: HttpRequest, typed: QueryDict) -> Nearby:
    """Return what this person may see of what is near to the `title` and `text` they typed."""
    return nearby(
        Viewer.asking(request),
        typed.get("title", "")[:LONGEST_TITLE],
        typed.get("text", "")[:LONGEST_TEXT],
        get_language() or "en",
    )


class NearbyView(CommunityView):
    """`GET ?title=&text=`, and the same by `POST`: what is near, for who may ask it here.

    The form sends it by POST: what is being written to a few must not stand in logs of addresses.
    """

    http_method_names = ["get", "head", "post", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person may ask here."""
        return access.may_write(request.user, self.community)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with what is near."""
        return self._show(nearby_typed(request, request.GET))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer with what is near, to so many questions a minute."""
        if not ratelimit.consume(request, action="nearby", user=request.user):
            return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
        return self._show(nearby_typed(request, request.POST))

    def _show(self, found: Nearby) -> HttpResponse:
        context: dict[str, Any] = {"nearby": found, "community": self.community}
        return render(self.request, "communities/asking/_nearby.html", context)


class KnownView(CommunityView):
    """`GET`: the first answer to a question, as a page or, for the page of the thread, a piece.

    A request of its own, as it asks every kind of text once more what this reader may see of it.
    """

    http_method_names = ["get", "head", "options"]
    thread: Thread

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the thread among those that this person may read."""
        self.thread = open_thread(request, self.community, kwargs["pk"])

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it; a thread that asks nothing has none."""
        known = first_answer(self.thread, request.user)
        if known is None:
            raise Http404
        own = self.thread.author_id is not None and self.thread.author_id == request.user.pk
        piece = request.headers.get("X-Requested-With") == "fetch"
        template = "_first_answer.html" if piece else "known.html"
        context = self.context(here="threads", thread=self.thread, known=known, own=own)
        response = render(request, f"communities/asking/{template}", context)
        patch_vary_headers(response, ["X-Requested-With"])
        return response
