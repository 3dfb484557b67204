"""Uploading a filled-in Word file: look at what it says, then save it as a draft."""

from typing import Any
from urllib.parse import urlsplit

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale

from practices import access
from practices.contributing.doors import ContributorView
from practices.contributing.editing import begin
from practices.contributing.fields import put
from practices.contributing.inputs import language_choices
from practices.contributing.saving import ChangedMeanwhileError, save_draft, version_of
from practices.contributing.told import in_words
from practices.contributing.versions import compare
from practices.models import PracticePage
from practices.sections import SECTIONS
from practices.word.checked import Checked, ForgottenError, check
from practices.word.names import Names
from practices.word.opening import MOST_BYTES, RefusedError, open_upload
from practices.word.outline import Outline
from practices.word.pages import fields_of
from practices.word.sorting import sort
from practices.word.understanding import Understood, understand

BAD_REQUEST, CONFLICT, TOO_LARGE, TOO_MANY = 400, 409, 413, 429


class UploadView(ContributorView):
    """`GET`: the form. `POST`: read the file and show what it says; nothing is stored yet."""

    def get(self, request: HttpRequest, page: PracticePage | None = None) -> HttpResponse:
        """Ask for a file, for a new practice or a newer copy of this one."""
        if page and not access.may_edit(request.user, page):
            return redirect("contribute-preview", page.pk)
        return _ask(request, page)

    def post(self, request: HttpRequest, page: PracticePage | None = None) -> HttpResponse:
        """Show what came in; a file that cannot be taken is answered with the reason."""
        if page and not access.may_edit(request.user, page):
            return redirect("contribute-preview", page.pk)
        upload = request.FILES.get("file")
        if upload is None:
            return _ask(request, page, _("Choose a file first."), BAD_REQUEST)
        if not _may_read_one_more(request):
            error = _("You have uploaded many files within the hour. Try again in an hour.")
            return _ask(request, page, error, TOO_MANY)
        try:
            outline = open_upload(upload)
        except RefusedError as refused:
            status = TOO_LARGE if refused.too_large else BAD_REQUEST
            return _ask(request, page, str(refused), status)
        known = page or _known_to(request, outline)
        understood, current = _understood(request, outline, known)
        if not understood.present:
            error = _("No heading of the form was found in this file. Copy your text into the form.")  # noqa: E501  # fmt: skip
            return _ask(request, page, error, BAD_REQUEST, left_over=understood.left_over)
        language = request.POST.get("language") or understood.language
        checked = check(understood, outline, request.user, current, language)
        return look(request, checked)


class SaveView(ContributorView):
    """`POST`: save what was looked at, as a draft or as a new version of a draft."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save; ask again where the sender has to say something first."""
        try:
            checked = Checked.held(request.POST.get("held", ""), request.user)
        except ForgottenError:
            error = _("This page was open for too long. Upload the file once more.")
            return _ask(request, None, error, BAD_REQUEST)
        if checked.needs_word and request.POST.get("seen") != "1":
            error = _("Tick first that you have seen what is hidden in the file.")
            return look(request, checked, error, BAD_REQUEST)
        if checked.page is None:
            return self._begin(request, checked)
        return self._save(request, checked)

    def _begin(self, request: HttpRequest, checked: Checked) -> HttpResponse:
        values = checked.values()
        values["title"] = str(values.get("title") or request.POST.get("title", "")).strip()[:255]
        if not values["title"]:
            return look(request, checked, _("Give the practice a title first."), BAD_REQUEST)
        page = PracticePage(locale=_locale(request.POST.get("language", "") or checked.language))
        saved = begin(request.user, page, values, checked.begun)
        return _saved(request, saved)

    def _save(self, request: HttpRequest, checked: Checked) -> HttpResponse:
        page = _editable(request, checked.page)
        if not access.may_edit(request.user, page):
            messages.warning(request, _("It is in review. Take it back first, then upload again."))
            return redirect("contribute-preview", page.pk)
        if not checked.changed:
            return _saved(request, page)
        try:
            save_draft(
                page, request.user, checked.values(), version=request.POST.get("version", "")
            )
        except ChangedMeanwhileError:
            error = _("Somebody has saved this practice meanwhile. Look at the differences again.")
            return look(request, checked, error, CONFLICT)
        return _saved(request, page)


def look(
    request: HttpRequest, checked: Checked, error: str = "", status: int = 200
) -> HttpResponse:
    """Show what the file says: of a known practice what differs, of a new one all of it."""
    page = _editable(request, checked.page) if checked.page else None
    shown = page.get_latest_revision_as_object() if page else PracticePage(locale=_locale(checked.language))  # noqa: E501  # fmt: skip
    before = page.get_latest_revision_as_object() if page else None
    put(shown, checked.values())
    context: dict[str, Any] = {
        "checked": checked,
        "held": checked.hold(),
        "practice": page,
        "version": version_of(page) if page else "",
        "compared": compare(before, shown) if before else [],
        "sections": [] if before else _sections(shown),
        "error": error,
        "languages": language_choices(),
        "language": shown.locale.language_code,
        "title": shown.title,
    }
    return render(request, "practices/word/look.html", context, status=status)


def _sections(page: PracticePage) -> list[tuple[Any, str]]:
    told = ((section, in_words(page, section)) for section in SECTIONS)
    return [(section, words) for section, words in told if words]


def _ask(
    request: HttpRequest,
    page: PracticePage | None,
    error: str = "",
    status: int = 200,
    left_over: Any = (),
) -> HttpResponse:
    context = {
        "practice": page,
        "error": error,
        "left_over": left_over,
        "most": filesizeformat(MOST_BYTES),
        "form_languages": settings.LANGUAGES,
    }
    return render(request, "practices/word/upload.html", context, status=status)


def _understood(
    request: HttpRequest, outline: Outline, page: PracticePage | None
) -> tuple[Understood, PracticePage | None]:
    current = page.get_latest_revision_as_object() if page else None
    hosts = {request.get_host(), urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc}
    names = Names(request.user, hosts, fields_of(current) if current else None)
    return understand(outline, names), current


def _known_to(request: HttpRequest, outline: Outline) -> PracticePage | None:
    """Return the practice that a file says it is a copy of, if the sender may change it."""
    if request.POST.get("as") == "new":
        return None
    page = PracticePage.objects.filter(pk=sort(outline).page or 0, alias_of=None).first()
    return page if page and access.may_edit(request.user, page) else None


def _editable(request: HttpRequest, pk: int | None) -> PracticePage:
    page = PracticePage.objects.filter(pk=pk or 0, alias_of=None).first()
    if page is None or not access.is_editor(request.user, page):
        raise Http404
    return page


def _saved(request: HttpRequest, page: PracticePage) -> HttpResponse:
    log(page, "practices.word", user=request.user)
    messages.success(
        request, _("Saved as a draft, from your Word file. Go on here, or send it in.")
    )
    return redirect("contribute-edit", page.pk)


def _locale(code: str) -> Locale:
    offered = [each for each, _name in language_choices()]
    for wanted in (code, (get_language() or "").split("-")[0], offered[0]):
        if wanted in offered:
            return Locale.objects.get(language_code=wanted)
    return Locale.get_default()


def _may_read_one_more(request: HttpRequest) -> bool:
    """Count one more file: reading each costs a process of its own."""
    return bool(ratelimit.consume(request, action="read_file", user=request.user))
