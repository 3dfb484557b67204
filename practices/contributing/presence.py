"""Who else has a practice open, by the editing sessions that Wagtail's editor shows, too."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.models import EditingSession
from wagtail.models import Page

from practices.contributing.doors import ContributorView
from practices.contributing.saving import version_of
from practices.models import PracticePage

SEEN = datetime.timedelta(minutes=2)


@dataclass(frozen=True)
class Other:
    """Somebody who has the same practice open."""

    name: str
    seen: datetime.datetime


def note(user: Any, page: PracticePage) -> None:
    """Remember that this person has the practice open at this moment."""
    EditingSession.cleanup()
    mine = EditingSession.objects.filter(user=user, **_of(page)).order_by("pk")
    now = timezone.now()
    if not mine.update(last_seen_at=now, is_editing=True):
        EditingSession.objects.create(user=user, last_seen_at=now, is_editing=True, **_of(page))


def others(user: Any, page: PracticePage) -> list[Other]:
    """Return who else had the practice open in the last two minutes."""
    since = timezone.now() - SEEN
    sessions = EditingSession.objects.filter(last_seen_at__gte=since, **_of(page))
    found: dict[int, Other] = {}
    for session in sessions.exclude(user=user).select_related("user").order_by("last_seen_at"):
        found[session.user_id] = Other(str(session.user), session.last_seen_at)
    return list(found.values())


def told(people: list[Other]) -> str:
    """Return who is there as a sentence; "" for nobody."""
    if not people:
        return ""
    names = ", ".join(other.name for other in people)
    return _("Open at the moment with: %(names)s. You can both write; sections are merged.") % {
        "names": names
    }


def _of(page: PracticePage) -> dict[str, Any]:
    return {"content_type": ContentType.objects.get_for_model(Page), "object_id": str(page.pk)}


class HereView(ContributorView):
    """`POST`: I have this practice open; answers who else has, and the newest version."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, page: PracticePage) -> HttpResponse:
        """Note it, and tell of the others."""
        note(request.user, page)
        return JsonResponse(
            {
                "others": told(others(request.user, page)),
                "version": version_of(page),
                "token": get_token(request),
            }
        )
