"""What a practice says, section by section, as plain values: to compare and to read."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from wagtail.rich_text import RichText

from core.classification import TAGS
from core.marks import to_marks
from practices.contributing.fields import LINKS, STREAMS, TEXTS
from practices.contributing.form import PracticeFieldsForm
from practices.contributing.inputs import KINDS
from practices.models import PracticePage
from practices.sections import SECTIONS, Section
from vocabulary.labels import label


def told(page: PracticePage, name: str) -> Any:
    """Return one field as a value that JSON can hold, the same for the same words."""
    if name in TEXTS:
        return to_marks(getattr(page, name))
    if name in TAGS:
        return sorted(tag.term.code for tag in getattr(page, name).all())
    if name in LINKS:
        return sorted(getattr(row, f"{LINKS[name][1]}_id") for row in getattr(page, name).all())
    if name in STREAMS:
        return [_block(block) for block in getattr(page, name)]
    if name == "sources":
        return [[row.document_id, row.place, row.page_number] for row in page.sources.all()]
    if name == "lead_institution":
        return page.lead_institution_id
    return getattr(page, name)


def _block(block: Any) -> list[str]:
    return [
        to_marks(value.source)
        if isinstance(value, RichText)
        else str(getattr(value, "pk", value) or "")
        for value in block.value.values()
    ]


def digest(page: PracticePage, section: Section, names: set[str] | None = None) -> str:
    """Return a short token of what a section says (only these fields): other words, another."""
    values = {name: told(page, name) for name in section.fields if names is None or name in names}
    text = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def digests(page: PracticePage, names: set[str] | None = None) -> dict[str, str]:
    """Return the tokens of all sections by their keys."""
    return {section.key: digest(page, section, names) for section in SECTIONS}


def in_words(page: PracticePage, section: Section) -> str:
    """Return a section as text that people can read and compare, one thing to a line."""
    lines = []
    for name in section.fields:
        text = _words(page, name)
        if text:
            lines.append(text if len(section.fields) == 1 else f"{_label(name)}: {text}")
    return "\n".join([*lines, *_tables(page, section)])


def _tables(page: PracticePage, section: Section) -> Iterator[str]:
    """Yield the tables below a section, a line for each row."""
    for block in page.tables:
        if block.value["section"] == section.key:
            rows = block.value["table"].get("data") or []
            lines = [" | ".join(str(cell or "") for cell in row) for row in rows]
            yield "\n".join(filter(None, [block.value["caption"], *lines]))


def _words(page: PracticePage, name: str) -> str:
    if name in TEXTS:
        return to_marks(getattr(page, name))
    language = get_language() or "en"
    if name in TAGS:
        return ", ".join(
            label(KINDS[name], tag.term.code, language) for tag in getattr(page, name).all()
        )
    if name in LINKS:
        field = f"{LINKS[name][1]}_id"
        ids = [getattr(row, field) for row in getattr(page, name).all()]
        model: Any = LINKS[name][0]._meta.get_field(LINKS[name][1]).related_model
        titles = dict(model.objects.filter(pk__in=ids).values_list("pk", "title")) if ids else {}
        return ", ".join(titles[pk] for pk in ids if pk in titles)
    if name in STREAMS:
        return "\n\n".join("\n".join(_block_words(block)) for block in getattr(page, name))
    if name == "sources":
        return "\n".join(
            ", ".join(filter(None, [str(row.document), row.place, str(row.page_number or "")]))
            for row in page.sources.all()
        )
    if name == "voice":
        return str(page.get_voice_display())
    value = getattr(page, name)
    if isinstance(value, bool):
        return "✓" if value else ""
    return str(value) if value is not None else ""


def _block_words(block: Any) -> list[str]:
    values = [
        to_marks(value.source) if isinstance(value, RichText) else str(value or "")
        for value in block.value.values()
    ]
    return [value for value in values if value]


def _label(name: str) -> str:
    field = PracticeFieldsForm.base_fields.get(name)
    return str(field.label if field else PracticePage._meta.get_field(name).verbose_name)
