"""Files that the writers of a practice upload as evidence: stored for it alone until it is public.

In the form they are rows like links. A row of a new file names it by its number, and only a file
that was uploaded for this practice is taken by it.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.http import HttpRequest, QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents import get_document_model

from core.confined.limits import MEGABYTE
from practices.contributing.doors import wants_json
from practices.contributing.inputs import LineField
from practices.contributing.row_forms import file_languages
from practices.models import PracticePage

UPLOAD = "upload"
MOST_FILES = 20  # of a practice
MOST_BYTES = 250 * MEGABYTE  # of a person, in all practices
BAD_REQUEST, TOO_LARGE, TOO_MANY = 400, 413, 429
STATUS = {"too_large": TOO_LARGE, "too_many": TOO_MANY}


class UploadForm(forms.Form):
    """A file to add, as it was typed."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
    )
    title = LineField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Left empty, it is the title that the file states."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the file"), required=False, choices=file_languages
    )
    note = LineField(label=gettext_lazy("What it shows"))
    TYPED = ("title", "language", "note")

    @property
    def most(self) -> str:
        """How large a file may be, in words."""
        return str(filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE))


@dataclass(frozen=True)
class Refused:
    """Why a file is not taken, in a sentence, and the status of the answer that says so."""

    message: str
    status: int


def is_sent(request: HttpRequest) -> bool:
    """Return whether a file came along, or was meant to; a script that saves sends none."""
    if wants_json(request):
        return False
    return request.POST.get("do") == UPLOAD or f"{UPLOAD}-file" in request.FILES


def take(request: HttpRequest, page: PracticePage) -> Refused | None:
    """Store the file that was sent and put a row for it into the data of the form.

    Whether the practice may be edited is for the caller to ask. The same request twice makes the
    same row.
    """
    upload: Any = request.FILES.get(f"{UPLOAD}-file")
    told = UploadForm(request.POST, prefix=UPLOAD)
    try:
        if upload is None:
            raise ValidationError(_("Choose a file first."))
        if not told.is_valid():
            wrong: list[Any] = list(told.errors.values())
            raise ValidationError(str(wrong[0][0]))
        title, language, note = (told.cleaned_data[each] for each in UploadForm.TYPED)
        _require_room(request, upload.size or 0)
        file = get_document_model().attach(page, request.user, upload, title, language)
    except ValidationError as error:
        return Refused(str(error.message), STATUS.get(error.code or "", BAD_REQUEST))
    request.POST = _with_row(request.POST, file, note)  # type: ignore[assignment]
    added = _("“%(title)s” is uploaded. Nobody else sees it before the practice is published.")
    messages.success(request, added % {"title": file.title})
    return None


def _named(sent: QueryDict) -> set[str]:
    """Return the numbers of the files that the rows of the form name."""
    rows = sent.getlist("evidence-row")
    return {number for row in rows if (number := sent.get(f"evidence-{row}-file"))}


def _require_room(request: HttpRequest, size: int) -> None:
    """Raise `ValidationError` where somebody, or a practice, has too many files, or too large."""
    files = get_document_model().objects
    if len(_named(request.POST)) >= MOST_FILES:
        told = _("A practice can have %(most)d files. Put what belongs together into one.")
        raise ValidationError(told % {"most": MOST_FILES}, "too_many")
    own = files.filter(uploaded_by_user=request.user).exclude(page=None)
    if (own.aggregate(sum=Sum("file_size"))["sum"] or 0) + size > MOST_BYTES:
        told = _("Your files are larger than %(most)s together. Upload smaller ones, or add links.")
        raise ValidationError(told % {"most": filesizeformat(MOST_BYTES)}, "too_large")
    if not ratelimit.consume(request, action="read_file", user=request.user):
        told = _("You have uploaded many files within the hour. Try again in an hour.")
        raise ValidationError(told, "too_many")


def _with_row(sent: QueryDict, file: Any, note: str) -> QueryDict:
    data = sent.copy()
    for name in UploadForm.TYPED:
        data.pop(f"{UPLOAD}-{name}", None)
    key = str(uuid.uuid5(uuid.NAMESPACE_URL, f"file:{file.pk}"))
    if str(file.pk) not in _named(data):
        data.appendlist("evidence-row", key)
        data[f"evidence-{key}-file"] = str(file.pk)
        data[f"evidence-{key}-note"] = note
        data[f"evidence-{key}-title"] = file.title
        data[f"evidence-{key}-language"] = file.language
    return data
