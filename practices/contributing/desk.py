"""One's own desk: drafts, what is in review, what came back, what is published."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from members.roles import is_secretariat
from practices import access
from practices.contributing.doors import ContributorView
from practices.contributing.standing import (
    DRAFT,
    IN_REVIEW,
    PUBLISHED,
    SENT_BACK,
    Standing,
    standings,
)
from search.asking import asked_page

PER_PAGE = 30


class DeskView(ContributorView):
    """`GET`: one's practices by where they stand, each with its next step."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """List what is this person's to write, the newest first."""
        mine = access.practices_of(request.user).select_related("owner", "locale")
        if is_secretariat(request.user) and request.GET.get("all") != "1":
            # The secretariat may write everything; its desk begins with its own and the drafts.
            mine = mine.filter(pk__in=access.drafts_of(request.user).values("pk")) | mine.filter(
                owner=request.user
            )
        paginator = Paginator(mine.order_by("-latest_revision_created_at", "-pk"), PER_PAGE)
        shown = paginator.get_page(asked_page(request))
        found = standings(shown.object_list)
        titles = {
            SENT_BACK: _("Sent back to you"),
            DRAFT: _("Drafts"),
            IN_REVIEW: _("In review"),
            PUBLISHED: _("Published"),
        }
        groups = [
            {"key": key, "title": title, "rows": [each for each in found if each.key == key]}
            for key, title in titles.items()
        ]
        context = {
            "groups": [group for group in groups if group["rows"]],
            "page_number": shown.number,
            "page_count": paginator.num_pages,
            "deletable": {each.page.pk for each in found if _is_deletable(request, each)},
        }
        return render(request, "practices/contributing/desk.html", context)


def _is_deletable(request: HttpRequest, standing: Standing) -> bool:
    page = standing.page
    own = page.owner_id == request.user.pk
    return own and standing.key == DRAFT and not page.live and page.first_published_at is None
