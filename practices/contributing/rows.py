"""Parts of a practice that come in rows: steps, institutions, building blocks, links, sources.

In a form each row has a key, which is the id of its block; `<name>-row` repeats the keys in
their order, so that rows can be added, removed and moved with or without scripts.
"""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict
from wagtail.documents import get_document_model
from wagtail.rich_text import RichText

from core.marks import to_marks
from practices.contributing.inputs import Choices, MarksField
from practices.contributing.links import rich_text
from practices.contributing.row_forms import ROWS, FileRow, OwnFileRow, Row, Values
from practices.models import PracticePage

MOST_ROWS = 100


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
            keys = list(dict.fromkeys(data.getlist(f"{name}-row")[:MOST_ROWS]))
            self._find_new_files(keys, data)
            for key in keys:
                if key in self.stored or _is_key(key):
                    self.rows.append((key, self._form(key, data)))

    def _find_new_files(self, keys: list[str], data: MultiValueDict[str, str]) -> None:
        """Take the rows of files that were uploaded for this practice and are not stored in it."""
        named = {key: data.get(f"{self.name}-{key}-file") or "" for key in keys}
        fresh = {
            key: int(number)
            for key, number in named.items()
            if key not in self.stored and _is_key(key) and number.isdecimal() and len(number) < 18
        }
        if self.name == "evidence" and self.page.pk and fresh:
            files = get_document_model().objects.filter(page_id=self.page.pk)
            found = files.in_bulk(fresh.values())
            for key, number in fresh.items():
                if number in found:
                    self.stored[key] = ("file", {"file": found[number], "note": ""})

    def _form(self, key: str, data: Any = None, initial: Values | None = None) -> Row:
        kind, values = self.stored.get(key, ("", {}))
        file = values.get("file") if kind == "file" else None
        form_class = FileRow if kind == "file" else ROWS[self.name]
        if file and file.page_id == self.page.pk and not file.shown:
            form_class = OwnFileRow
            initial = {**(initial or {}), "title": file.title, "language": file.language}
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

    def name_files(self) -> None:
        """Give the files of this practice the titles and languages that were typed."""
        for key, form in self.rows:
            file = self.stored[key][1]["file"] if isinstance(form, OwnFileRow) else None
            told = form.cleaned_data if file and form.is_valid() else {}
            said = {name: told[name] for name in ("title", "language") if told.get(name)}
            changed = [name for name, value in said.items() if getattr(file, name) != value]
            for name in changed:
                setattr(file, name, said[name])
            if file and changed:
                file.save(update_fields=changed)

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
                if isinstance(form, OwnFileRow) and name != "note":
                    continue  # kept with the file
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
