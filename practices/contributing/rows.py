"""Parts of a practice that come in rows: steps, institutions, building blocks, links, sources.

In a form each row has a key, which is the id of its block; `<name>-row` repeats the keys in
their order, so that rows can be added, removed and moved with or without scripts.
"""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import RichText

from practices.contributing.inputs import Choices, LineField, MarksField, SelectField
from practices.contributing.links import rich_text
from practices.contributing.marks import to_marks
from practices.models import PracticePage

MOST_ROWS = 100
Values = dict[str, Any]


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
    """A file that supports the practice; which one is not for the form to say."""

    block = "file"
    note = LineField(label=_("What it shows"))


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


def stored_rows(page: PracticePage, name: str) -> list[tuple[str, str, Values]]:
    """Return (key, type of block, values as stored) of each row of a practice."""
    if name == "sources":
        return [
            (
                str(uuid.uuid4()),
                "",
                {
                    "document": source.document_id,
                    "place": source.place,
                    "page_number": source.page_number,
                },
            )
            for source in page.sources.all()
        ]
    found = []
    for block in getattr(page, name):
        values = {
            key: value.source if isinstance(value, RichText) else value
            for key, value in block.value.items()
        }
        found.append((str(block.id), block.block_type, values))
    return found


class RowSet:
    """The rows of one part, from a practice or from what was sent."""

    def __init__(
        self,
        name: str,
        page: PracticePage,
        data: MultiValueDict[str, str] | None = None,
        choices: Choices | None = None,
    ) -> None:
        self.name = name
        self.page = page
        self.choices = choices
        self.stored = {key: (kind, values) for key, kind, values in stored_rows(page, name)}
        self.bound = data is not None
        self.rows: list[tuple[str, Row]] = []
        if data is None:
            for key, (_kind, values) in self.stored.items():
                self.rows.append((key, self._form(key, initial=_as_typed(values))))
        else:
            for key in dict.fromkeys(data.getlist(f"{name}-row")[:MOST_ROWS]):
                if key in self.stored or _is_key(key):
                    self.rows.append((key, self._form(key, data)))

    def _form(self, key: str, data: Any = None, initial: Values | None = None) -> Row:
        kind, _values = self.stored.get(key, ("", {}))
        form_class = FileRow if kind == "file" else ROWS[self.name]
        form = form_class(data, prefix=f"{self.name}-{key}", initial=initial, label_suffix="")
        if self.choices is not None and "document" in form.fields:
            field: Any = form.fields["document"]
            field.choices = self.choices
        return form

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield {key, form, number, file} of each row."""
        for number, (key, form) in enumerate(self.rows, start=1):
            file = self.stored[key][1].get("file") if isinstance(form, FileRow) else None
            yield {"key": key, "form": form, "number": number, "file": file}

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def as_blank(self) -> dict[str, Any]:
        """A row to copy for a new one; "__key__" stands for its key."""
        return {"key": "__key__", "form": self._form("__key__"), "number": "", "file": None}

    def add(self) -> str:
        """Put an empty row at the end; return its key."""
        key = str(uuid.uuid4())
        self.rows.append((key, self._form(key, initial={})))
        return key

    def remove(self, key: str) -> None:
        """Take a row away."""
        self.rows = [row for row in self.rows if row[0] != key]

    def move(self, key: str, step: int) -> None:
        """Move a row up (-1) or down (1); at the end of the list it stays."""
        place = next((number for number, row in enumerate(self.rows) if row[0] == key), None)
        if place is not None and 0 <= place + step < len(self.rows):
            self.rows.insert(place + step, self.rows.pop(place))

    def errors(self) -> Iterator[tuple[str, str, str]]:
        """Yield (id of the input, its label with the row's number, what is wrong)."""
        for number, (_key, form) in enumerate(self.rows, start=1):
            for name, told in form.errors.items():
                bound = form[name]
                yield bound.auto_id or "", f"{bound.label} ({number})", " ".join(map(str, told))

    def as_stored(self) -> list[Any]:
        """Return the rows as `fields.put` takes them; what is not valid stays as it was."""
        found: list[Any] = []
        for key, form in self.rows:
            if not isinstance(form, FileRow) and form.is_blank:
                continue
            kind, before = self.stored.get(key, ("", {}))
            form.is_valid()
            values = dict(before)
            for name, field in form.fields.items():
                if name in form.errors:
                    values.setdefault(name, None if self.name == "sources" else "")
                elif isinstance(field, MarksField):
                    told = str(form.cleaned_data[name])
                    before_text = str(before.get(name) or "")
                    values[name] = rich_text(told, before_text, self.page, field.headings)
                else:
                    values[name] = form.cleaned_data[name]
            if self.name == "sources":
                found += [values] if values.get("document") else []
                continue
            if "file" in values:
                values["file"] = getattr(values["file"], "pk", values["file"])
            found.append({"type": kind or form.block, "value": values, "id": key})
        return found


def _as_typed(values: Mapping[str, Any]) -> Values:
    """Return stored values as they stand in inputs."""
    return {
        name: to_marks(value) if name == "text" and isinstance(value, str) else value
        for name, value in values.items()
        if name != "file"
    }


def _is_key(key: str) -> bool:
    try:
        return str(uuid.UUID(key)) == key.lower()
    except ValueError:
        return False
