"""What changed between versions of a guidance, and its light formats."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from core.visibility import audiences_of
from guidance import access, formats
from guidance.models import GuidancePage
from guidance.versions import compare, line_of

MOST_DIGITS = 9


@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """`GET ?old=`: all versions, and what changed since one of them; else since the one before."""
    page: GuidancePage = get_object_or_404(access.openable(request.user), pk=pk)
    line = line_of(page, audiences_of(request.user))
    others = [each for each in line if each.pk != page.pk]
    old = _asked(request, others) or _before(page, line)
    if old and line.index(old) < line.index(page):
        page, old = old, page
    context = {
        "guidance": page,
        "versions": line,
        "old": old,
        "compared": compare(old, page) if old else [],
    }
    return render(request, "guidance/changes.html", context)


def _asked(request: HttpRequest, others: list[GuidancePage]) -> GuidancePage | None:
    """Return the version that the address names; 404 for one that is none of these."""
    asked = request.GET.get("old", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) <= MOST_DIGITS):
        raise Http404
    found = {each.pk: each for each in others}
    if int(asked) not in found:
        raise Http404
    return found[int(asked)]


def _before(page: GuidancePage, line: list[GuidancePage]) -> GuidancePage | None:
    """Return the version right before one, or the one right after where it is the first."""
    place = line.index(page)
    return line[place + 1] if place + 1 < len(line) else line[place - 1] if place else None


@require_safe
def download(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """Hand out a guidance in a light format; where it cannot be made in it, as text."""
    page: GuidancePage = get_object_or_404(access.openable(request.user), pk=pk)
    known = formats.named(ending)
    if known is None:
        raise Http404
    content = formats.made(page, known)
    if content is None:
        return redirect("guidance-download", page.pk, "txt")
    answer = HttpResponse(content, content_type=known.type)
    name = re.sub(r"[^\w-]", "", page.slug)[:100] or f"guidance-{page.pk}"
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{known.ending}")
    return answer
