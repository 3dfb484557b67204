"""Word files as people and programs change them."""

import zipfile
from copy import deepcopy
from io import BytesIO

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def upload(content, name="practice.docx"):
    return SimpleUploadedFile(name, content, content_type=TYPE)


def changed(content, change):
    """The file after `change(document)`."""
    document = docx.Document(BytesIO(content))
    change(document)
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def with_parts(content, changes=(), remove=()):
    """The package with some entries added, replaced or removed."""
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(output, "w") as target:
        for entry in source.infolist():
            if entry.filename not in {*dict(changes), *remove}:
                target.writestr(entry, source.read(entry), zipfile.ZIP_DEFLATED)
        for name, part in dict(changes).items():
            target.writestr(name, part, zipfile.ZIP_DEFLATED)
    return output.getvalue()


def part(content, name="word/document.xml"):
    return zipfile.ZipFile(BytesIO(content)).read(name).decode()


def paragraph(document, text):
    return next(p for p in document.paragraphs if text in p.text or text in all_text(p._p))


def all_text(element):
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def unwrapped(document):
    """As Google Docs and others save it: no content controls, no bookmarks, no own styles."""
    body = document.element.body
    for control in list(body.iter(qn("w:sdt"))):
        for child in list(control.find(qn("w:sdtContent"))):
            control.addprevious(child)
        control.getparent().remove(control)
    for name in ("w:bookmarkStart", "w:bookmarkEnd"):
        for mark in list(body.iter(qn(name))):
            mark.getparent().remove(mark)
    for style in list(body.iter(qn("w:pStyle"))):
        if style.get(qn("w:val")) in ("Formhelp", "NoSpacing"):
            style.getparent().remove(style)


def without_controls(document):
    """As LibreOffice may save it: the bookmarks stay, the controls are gone."""
    for control in list(document.element.body.iter(qn("w:sdt"))):
        for child in list(control.find(qn("w:sdtContent"))):
            control.addprevious(child)
        control.getparent().remove(control)


def split_as_word(document):
    """As Word saves what was typed at several sittings: words in pieces, with marks between."""
    for number, run in enumerate(list(document.element.body.iter(qn("w:r")))):
        texts = run.findall(qn("w:t"))
        if len(texts) != 1 or len(run.findall(qn("w:br"))):
            continue
        text = texts[0].text or ""
        pieces = [text[place : place + 3] for place in range(0, len(text), 3)]
        for place, piece in enumerate(pieces):
            part = deepcopy(run)
            part.set(qn("w:rsidR"), f"00{number % 10_000:04d}{place % 100:02d}")
            word = part.find(qn("w:t"))
            word.text = piece
            word.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            if place == 1:
                run.addprevious(_mark("w:proofErr", "w:type", "spellStart"))
                word.addprevious(OxmlElement("w:lastRenderedPageBreak"))
            run.addprevious(part)
        run.addprevious(_mark("w:proofErr", "w:type", "spellEnd"))
        run.getparent().remove(run)


def _mark(name, key, value):
    mark = OxmlElement(name)
    mark.set(qn(key), value)
    return mark
