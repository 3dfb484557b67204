"""An assessment as a Word file."""

from io import BytesIO
from typing import Any

import docx
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from docx.oxml import OxmlElement

from countries.assessing.reading import Asked, Part
from countries.assessing.rounds import said
from countries.models import Assessment
from members.signing import signature
from practices.word.prose import writable


def as_word(assessment: Assessment, title: str, parts: list[Part], inside: bool) -> bytes:
    """Return a Word file of these parts; for others than the team only what has an answer."""
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.language = title[:255], get_language() or "en"
    properties.author = properties.last_modified_by = properties.comments = ""
    document.add_heading(title, level=0)
    told = _("Round %(number)s") % {"number": assessment.round}
    document.add_paragraph(told)
    larger = ""
    for part in parts:
        shown = [each for each in part.asked if inside or each.is_given]
        if not shown:
            continue
        if part.module.part and part.module.part != larger:
            larger = part.module.part
            document.add_heading(larger, level=1)
        document.add_heading(part.module.title, level=2)
        for asked in shown:
            _add(document, asked, inside)
    if get_language_bidi():
        for paragraph in document.paragraphs:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
            for run in paragraph.runs:
                run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def _add(document: Any, asked: Asked, inside: bool) -> None:
    document.add_heading(writable(asked.question.text), level=3)
    document.add_paragraph(writable(said(asked)) or _("No answer yet"))
    answer = asked.answer
    if answer is None:
        return
    if answer.source:
        _named(document, _("Source"), answer.source)
    if inside and answer.note:
        _named(document, _("Note"), answer.note)
    if inside and asked.is_given:
        _named(document, _("Answered by"), signature(answer))
        _named(document, _("Public"), _("Yes") if answer.public else _("No"))


def _named(document: Any, name: str, text: str) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(f"{name}: ")
    run.bold = True
    paragraph.add_run(writable(text))
