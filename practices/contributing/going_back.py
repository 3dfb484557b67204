"""Going back to an earlier version of a practice: its words become a new draft."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Revision

from core.classification import TAGS
from practices import access
from practices.contributing.doors import ContributorView
from practices.contributing.drafts import newest_of, version_as_page
from practices.contributing.fields import LINKS, STREAMS
from practices.contributing.preview import asked_version
from practices.contributing.saving import ChangedMeanwhileError, save_draft, version_of
from practices.contributing.telling import look_again_message
from practices.contributing.told import digests
from practices.contributing.versions import compare
from practices.models import PracticePage
from practices.sections import SECTIONS

# All that a practice says. When it was last confirmed to be true is no part of its words.
SAID = (*(name for section in SECTIONS for name in section.fields), "tables")


class GoBackView(ContributorView):
    """`GET`: what would change. `POST`: save the words of an earlier version as a new draft."""

    def get(self, request: HttpRequest, page: PracticePage, version: int) -> HttpResponse:
        """Show it; where nothing can be changed now there is only the preview."""
        if not access.may_edit(request.user, page):
            return redirect("contribute-preview", page.pk)
        return _show(request, page, _version(page, version))

    def post(self, request: HttpRequest, page: PracticePage, version: int) -> HttpResponse:
        """Save it, unless somebody has saved since the differences were shown."""
        old = _version(page, version)
        if not access.may_edit(request.user, page):
            closed = _("It was sent in meanwhile and is closed: nothing was saved.")
            return _show(request, page, old, closed, status=409)
        then = version_as_page(page, old)
        if not compare(newest_of(page), then):
            messages.info(request, _("The newest version says the same already."))
            return redirect("contribute-edit", page.pk)
        seen = request.POST.get("seen", "")
        try:
            save_draft(page, request.user, said(then), version=seen, back_to=old)
        except ChangedMeanwhileError:
            page = self.found(request, page.pk)
            return _show(request, page, old, _what_others_did(request, page), status=409)
        except (ValidationError, IntegrityError):
            failed = _("This could not be saved. Change the title a little and try again.")
            return _show(request, page, old, failed, status=400)
        messages.success(request, _("Saved as a new draft, with the words of the earlier version."))
        return redirect("contribute-edit", page.pk)


def said(page: PracticePage) -> dict[str, Any]:
    """Return what a practice says as `save_draft` takes it; what is no more is left out."""
    return {name: _value(page, name) for name in SAID}


def _value(page: PracticePage, name: str) -> Any:
    if name in STREAMS:
        return getattr(page, name).get_prep_value()
    if name in TAGS:
        return [tag.term for tag in getattr(page, name).all()]
    if name in LINKS:
        return [getattr(row, f"{LINKS[name][1]}_id") for row in getattr(page, name).all()]
    if name == "sources":
        return [
            {"document": row.document_id, "place": row.place, "page_number": row.page_number}
            for row in page.sources.all()
        ]
    return getattr(page, name)


def _version(page: PracticePage, number: int) -> Revision:
    found = asked_version(page, str(number))
    if found is None:
        raise Http404
    return found


def _what_others_did(request: HttpRequest, page: PracticePage) -> str:
    """Return who saved which parts after the differences were shown."""
    now = digests(newest_of(page))
    parts = [each for each in SECTIONS if now[each.key] != request.POST.get(f"was-{each.key}")]
    return look_again_message(page.latest_revision and page.latest_revision.user, parts)


def _show(
    request: HttpRequest, page: PracticePage, old: Revision, notice: str = "", status: int = 200
) -> HttpResponse:
    newest = newest_of(page)
    context = {
        "practice": page,
        "old": old,
        "compared": compare(newest, version_as_page(page, old)),
        "seen": version_of(page),
        "was": digests(newest),
        "notice": notice,
        "may_edit": access.may_edit(request.user, page),
    }
    return render(request, "practices/contributing/go_back.html", context, status=status)
