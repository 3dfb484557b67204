"""The editor's form of a file."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

from library import reasons
from library.clean import cleaned
from library.revisions import acknowledge


class LibraryFileForm(BaseDocumentForm):
    """Frees an uploaded file of its authors; asks what may be read of its making."""

    acknowledged = forms.CharField(
        label=_("Why everybody may read its comments and changes"),
        help_text=_(
            "The file is withheld: it has comments or tracked changes in it. Look at them, then "
            "upload it without them, or say here why they may be read. It stands on the record "
            "with your name."
        ),
        min_length=10,
        max_length=1000,
        required=False,
        error_messages={"min_length": _("Say the reason in a few words.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if self.instance.withheld != reasons.REVISIONS:
            del self.fields["acknowledged"]

    def clean_file(self) -> Any:
        """Return the clean file: here, because whoever writes waits for a transaction."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            return cleaned(file, file.name or "")
        return file

    def save(self, commit: bool = True) -> Any:
        """Save, and record what was acknowledged of the content that was there to be seen."""
        file = super().save(commit=commit)
        reason = self.cleaned_data.get("acknowledged", "")
        if reason and commit and "file" not in self.changed_data:
            acknowledge(file, self.user, reason)
            file.refresh_from_db(fields=["withheld"])
        return file
