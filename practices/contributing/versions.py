"""The versions of a practice, and what changed between any two of them, section by section."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Revision

from core.changes import Change, changes
from practices import access
from practices.contributing.doors import ContributorView
from practices.contributing.drafts import version_to_show
from practices.contributing.preview import asked_version
from practices.contributing.told import in_words
from practices.models import PracticePage
from practices.sections import SECTIONS, Section
from search.asking import asked_page

PER_PAGE = 30


class VersionsView(ContributorView):
    """`GET`: all versions, newest first, two of which can be compared."""

    http_method_names = ["get", "head", "options"]
    reading = True

    def get(self, request: HttpRequest, page: PracticePage) -> HttpResponse:
        """List them with who wrote them and when."""
        versions = page.revisions.select_related("user").defer("content")
        paginator = Paginator(versions.order_by("-created_at", "-pk"), PER_PAGE)
        shown = paginator.get_page(asked_page(request))
        context = {
            "practice": page,
            "versions": list(shown.object_list),
            "page_number": shown.number,
            "page_count": paginator.num_pages,
            "may_edit": access.may_edit(request.user, page),
        }
        return render(request, "practices/contributing/versions.html", context)


@dataclass(frozen=True)
class Compared:
    """A section in two versions; `parts` are what stayed, went and came, in order."""

    section: Section
    parts: list[Change]


class CompareView(ContributorView):
    """`GET ?old=&new=`: what changed; without numbers the last two, or against what is public."""

    http_method_names = ["get", "head", "options"]
    reading = True

    def get(self, request: HttpRequest, page: PracticePage) -> HttpResponse:
        """Show each section that differs, its words that went and came marked."""
        new = asked_version(page, request.GET.get("new", "")) or page.latest_revision
        old = asked_version(page, request.GET.get("old", "")) or _before(page, new)
        if old and new and (old.created_at, old.pk) > (new.created_at, new.pk):
            old, new = new, old
        compared = (
            []
            if old is None or new is None
            else compare(version_to_show(page, old), version_to_show(page, new))
        )
        context = {
            "practice": page,
            "old": old,
            "new": new,
            "compared": compared,
            "may_edit": access.may_edit(request.user, page),
        }
        return render(request, "practices/contributing/compare.html", context)


def compare(old: PracticePage, new: PracticePage) -> list[Compared]:
    """Return the sections in which two versions say something else."""
    found = []
    for section in SECTIONS:
        before, after = in_words(old, section), in_words(new, section)
        if before != after:
            found.append(Compared(section, changes(before, after)))
    return found


def _before(page: PracticePage, new: Revision | None) -> Revision | None:
    """Return what a version is compared with by itself: what is public, else the one before."""
    if new is None:
        return None
    if page.live_revision_id and page.live_revision_id != new.pk:
        return page.live_revision
    earlier = page.revisions.filter(created_at__lt=new.created_at)
    found: Revision | None = earlier.order_by("-created_at", "-pk").first()
    return found
