"""Documents of a workshop: a PDF or Word file without its authors, or a link."""

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from library import reasons
from library.attaching import stored_name
from library.clean import cleaned
from library.importing import allowed_extensions
from workshops import access
from workshops.doors import LeaderView, WorkshopView
from workshops.models import Workshop, WorkshopDocument
from workshops.running.forms import DocumentForm

# A file of somebody else can do nothing, wherever a browser may show it.
POLICY = "default-src 'none'; sandbox"


def add(workshop: Workshop, user: Any, title: str, upload: Any, url: str) -> WorkshopDocument:
    """Store a document; `ValidationError` says why a file is not taken."""
    document = WorkshopDocument(workshop=workshop, title=title, url=url, added_by=user)
    if upload:
        _take(document, upload)
    document.save()
    return document


def _take(document: WorkshopDocument, upload: UploadedFile[Any]) -> None:
    name = stored_name(upload.name or "")
    if PurePath(name).suffix.lower().removeprefix(".") not in allowed_extensions():
        raise ValidationError(_("This is not a PDF or Word (.docx) file."))
    most = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if (upload.size or 0) > most:
        told = _("This file is larger than %(most)s. Save it with smaller pictures, or in parts.")
        raise ValidationError(told % {"most": filesizeformat(most)})
    clean = cleaned(upload, name)
    if clean.withheld:
        raise ValidationError(str(reasons.sentence(clean.withheld)))
    document.name, document.size = name, clean.size
    document.file.save(name, clean, save=False)


class NewDocumentView(LeaderView):
    """`GET`: the form; `POST`: store a file or a link."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self._show(DocumentForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store it, or say why it is not taken."""
        form = DocumentForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form, 400)
        told = form.cleaned_data
        try:
            add(self.workshop, request.user, told["title"], told["file"], told["url"])
        except ValidationError as error:
            form.add_error("file", error)
            return self._show(form, 400)
        messages.success(request, _("Saved."))
        return redirect(f"{self.workshop.get_absolute_url()}#documents")

    def _show(self, form: DocumentForm, status: int = 200) -> HttpResponse:
        context = self.context(form=form, heading=_("Add a document"), part="documents", files=True)
        return render(self.request, "workshops/running/row.html", context, status=status)


class DocumentView(WorkshopView):
    """`GET`: the file, to save; the same 404 for one that is missing or not for this person."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Hand it out under the name that it came with; never to be shown in the browser."""
        mine = access.documents_for(request.user).filter(workshop=self.workshop, pk=pk)
        document = mine.exclude(file="").first()
        if document is None:
            raise Http404
        try:
            content = document.file.open("rb")
        except OSError as error:
            raise Http404 from error
        response = FileResponse(content, as_attachment=True, filename=document.name)
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class DeleteDocumentView(LeaderView):
    """`POST`: delete a document and its file."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete it; gone already, it stays gone."""
        document = WorkshopDocument.objects.filter(workshop=self.workshop, pk=pk).first()
        if document is not None:
            file, name = document.file.storage, document.file.name
            with transaction.atomic():
                document.delete()
                if name:
                    transaction.on_commit(lambda: file.delete(name))
        messages.success(request, _("Deleted."))
        return redirect(f"{self.workshop.get_absolute_url()}#documents")
