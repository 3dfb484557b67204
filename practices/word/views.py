"""Word files of practices: the empty form, what is published, drafts for their writers."""

import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.classification import TAGS
from core.linked import expect
from core.versions import complete
from core.visibility import audiences_of, may_open
from practices import access
from practices.contributing.doors import ContributorView
from practices.contributing.drafts import newest_to_show
from practices.models import PracticePage
from practices.word.opening import MOST_BYTES
from practices.word.pages import fields_of
from practices.word.visible import only_visible
from practices.word.writing import Setting, empty_form, write

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def word(request: HttpRequest) -> HttpResponse:
    """Explain the way by Word to everybody, and let contributors upload."""
    context = {
        "languages": settings.LANGUAGES,
        "may_contribute": access.may_contribute(request.user),
        "most": MOST_BYTES,
    }
    return render(request, "practices/word/word.html", context)


@require_safe
def template(request: HttpRequest, language: str) -> HttpResponse:
    """Hand out the empty form in a language of the site."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    content = empty_form(Setting(language, _site(request), f"PX-form-{language}"))
    return as_download(content, f"practice-{language}.docx")


@require_safe
def published(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a practice as it is published, to whoever may open its page."""
    page = get_object_or_404(PracticePage.objects.select_related(*PracticePage.read_with), pk=pk)
    if not may_open(page, request.user):
        raise Http404
    expect(page)
    fields = only_visible(fields_of(complete(page, TAGS)), audiences_of(request.user))
    reference = f"PX-{page.pk}-{page.live_revision_id or 0}"
    return _download(request, page, write(fields, _setting(request, reference)))


class DraftView(ContributorView):
    """`GET`: the newest draft as a Word file, for its writers and reviewers."""

    http_method_names = ["get", "head", "options"]
    reading = True

    def get(self, request: HttpRequest, page: PracticePage) -> HttpResponse:
        """Hand it out; its number lets the file come back to the same practice."""
        draft = newest_to_show(page)
        expect(draft)
        fields = fields_of(draft)
        if not access.is_editor(request.user, page):
            fields = only_visible(fields, audiences_of(request.user))
        reference = f"PX-{page.pk}-{page.latest_revision_id or 0}"
        return _download(request, page, write(fields, _setting(request, reference)))


def as_download(content: bytes, name: str, content_type: str = TYPE) -> HttpResponse:
    """Return a file to be saved; its name is one of ours."""
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


def _download(request: HttpRequest, page: Any, content: bytes) -> HttpResponse:
    slug = re.sub(r"[^\w-]", "", page.slug)[:100] or f"practice-{page.pk}"
    return as_download(content, f"{slug}.docx")


def _setting(request: HttpRequest, reference: str) -> Setting:
    language = get_language() or settings.LANGUAGE_CODE
    return Setting(language.split("-")[0], _site(request), reference)


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")
