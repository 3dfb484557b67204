"""A published report as a Word or PDF file."""

import re

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.printing import is_possible
from library.access import openable as openable_files
from workshops.models import ReportPage
from workshops.report import printing
from workshops.report.showing import openable, sections_of
from workshops.report.writing import to_word

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
# Setting a PDF takes a second or more; a version of a report is set once.
KEPT = 24 * 3600
UNAVAILABLE = 503


@require_safe
def download(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """Hand out a report as it is published, to whoever may open its page."""
    page: ReportPage = get_object_or_404(openable(request.user), pk=pk)
    if ending not in TYPES:
        raise Http404
    if ending == "docx":
        content = to_word(page, _files(request, page))
    elif is_possible():
        content = _printed(page)
    else:
        told = _("This site cannot make PDF files at the moment. Take the Word file.")
        return HttpResponse(told, status=UNAVAILABLE, content_type="text/plain; charset=utf-8")
    answer = HttpResponse(content, content_type=TYPES[ending])
    name = re.sub(r"[^\w-]", "", page.slug)[:100] or f"report-{page.pk}"
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{ending}")
    return answer


def _files(request: HttpRequest, page: ReportPage) -> set[int]:
    blocks = [block for section in sections_of(page) for block in section.body]
    files = [b.value["file"] for b in blocks if b.block_type == "download" and b.value["file"]]
    return openable_files(request.user, [file.pk for file in files]) if files else set()


def _printed(page: ReportPage) -> bytes:
    key = f"workshops:report:{page.pk}:{page.live_revision_id}:{page.last_published_at}"
    kept: bytes | None = cache.get(_plain(key))
    if kept is None:
        kept = printing.to_pdf(page)
        cache.set(_plain(key), kept, KEPT)
    return kept


def _plain(key: str) -> str:
    return re.sub(r"[^\w:.-]", "-", key)
