"""The form of each kind of row: steps, institutions, building blocks, links, files, sources."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model

from practices.contributing.inputs import LineField, MarksField, SelectField

Values = dict[str, Any]


def file_languages() -> list[tuple[str, Any]]:
    """Return the languages that a file may be in; without one it is guessed from the text."""
    field = get_document_model()._meta.get_field("language")
    return [("", _("Found out from the text")), *field.flatchoices]


class Row(forms.Form):
    """One row; a row in which nothing is written is none."""

    block = ""  # the type of its block in the stream

    def values(self) -> Values:
        """Return what the row says; what is not valid counts as not written."""
        return {name: self.cleaned_data.get(name) for name in self.fields}

    @property
    def is_blank(self) -> bool:
        """Return whether nothing at all was written."""
        return not any(
            self[name].value() not in (None, "", False) for name in self.fields if name != "key"
        )


class StepRow(Row):
    """A step: what was done."""

    block = "step"
    title = LineField(label=_("Step"))
    text = MarksField(label=_("What was done"), headings=True, rows=5)


class InstitutionRow(Row):
    """An institution and its part."""

    block = "institution"
    body = LineField(label=_("Institution"))
    role = LineField(label=_("Its part"))
    shares = LineField(label=_("Shares"))
    shares_with = LineField(label=_("With whom"))
    legal_basis = LineField(label=_("Legal basis"))


class BuildingBlockRow(Row):
    """A part that others can take over on its own."""

    block = "building_block"
    title = LineField(label=_("Name"))
    text = MarksField(label=_("What it is and when it works"), headings=True, rows=5)


class LinkRow(Row):
    """A web page that supports the practice."""

    block = "link"
    title = LineField(label=_("Title"))
    url = forms.URLField(label=_("Address"), required=False, assume_scheme="https", max_length=2000)


class FileRow(Row):
    """A file that supports the practice."""

    block = "file"
    note = LineField(label=_("What it shows"))


class OwnFileRow(FileRow):
    """A file that was uploaded for this practice and that nobody else has seen yet."""

    title = LineField(
        label=_("Title"),
        required=True,
        error_messages={"required": _("Give the file a title.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the file"), required=False, choices=file_languages
    )
    field_order = ["title", "language", "note"]


class SourceRow(Row):
    """A place in a published document."""

    document = SelectField(label=_("Document"))
    place = LineField(label=_("Heading or section"))
    page_number = forms.IntegerField(label=_("Page"), required=False, min_value=1, max_value=32_000)

    def clean(self) -> Values:
        """Ask for the document where only a place in it is told."""
        told: Values = super().clean() or self.cleaned_data
        if not told.get("document") and "document" not in self.errors and not self.is_blank:
            self.add_error("document", _("Choose the document."))
        return told


ROWS: dict[str, type[Row]] = {
    "institutions": InstitutionRow,
    "steps": StepRow,
    "building_blocks": BuildingBlockRow,
    "evidence": LinkRow,
    "sources": SourceRow,
}
