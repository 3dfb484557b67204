"""A draft, or an earlier version, as readers would see it: for its writers and reviewers only."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Revision

from practices import access
from practices.contributing.doors import ContributorView
from practices.contributing.drafts import newest_to_show, version_to_show
from practices.contributing.standing import standing_of
from practices.models import PracticePage


class PreviewView(ContributorView):
    """`GET`: the newest draft, or `?version=`, in the page's own template."""

    http_method_names = ["get", "head", "options"]
    reading = True

    def get(self, request: HttpRequest, page: PracticePage) -> HttpResponse:
        """Show it with a line on what it is and where to go on."""
        revision = asked_version(page, request.GET.get("version", ""))
        shown = version_to_show(page, revision) if revision else newest_to_show(page)
        # What the template adds for a published page (similar works, counting) it leaves out.
        request.is_preview = True  # type: ignore[attr-defined]
        context: dict[str, Any] = shown.get_context(request) | {
            "standing": standing_of(page),
            "revision": revision,
            "may_edit": access.may_edit(request.user, page),
            "is_editor": access.is_editor(request.user, page),
        }
        return render(request, "practices/contributing/preview.html", context)


def asked_version(page: PracticePage, number: str) -> Revision | None:
    """Return the version of this practice with this number; 404 where it has none such."""
    if not number:
        return None
    found = None
    if number.isascii() and number.isdecimal() and len(number) < 18:
        found = page.revisions.filter(pk=int(number)).first()
    if found is None:
        raise Http404
    return found
