"""Which reports somebody may check before they are public.

Who may make, read and change one is decided in `workshops.access`.
"""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from members.access import has_editor
from members.roles import is_secretariat
from workshops.access import workshops_for
from workshops.models import ReportPage


def unpublished(user: Any) -> QuerySet[ReportPage]:
    """Return the reports that are drafts still, and that somebody may check, the newest first."""
    pages: QuerySet[ReportPage] = ReportPage.objects.filter(live=False, alias_of=None)
    pages = pages.order_by("-latest_revision_created_at", "-pk")
    if is_secretariat(user):
        return pages
    if not has_editor(user):
        return pages.none()
    changed = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    known = Q(workshop=None) | Q(workshop__in=workshops_for(user).values("pk"))
    return pages.filter(known, pk__in=changed.values("pk"))
