"""Word files of reports, as people make them; what they say is invented."""

from io import BytesIO

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from tests import factories
from workshops.models import WorkshopIndexPage, WorkshopPage

UPLOAD = "/en/workshop/reports/upload/"
# "GEO" and the theme are made by `vocabulary_of`.
NAMED = "Invented country Georgia linked its registers (invented)."
SPEAKER = "Irene Adam presented a register (invented)."
PRIVATE = "Amina, 14 years old, lost her mother in Rabat (invented)."


def word(change=None):
    """A report with a title, two sections, a part, a list, a table and a footnote."""
    document = docx.Document()
    document.add_paragraph("A report (invented)", style="Title")
    document.add_heading("Introduction", 1)
    document.add_paragraph(NAMED)
    document.add_paragraph("First point (invented)", style="List Bullet")
    document.add_paragraph("Second point (invented)", style="List Bullet")
    document.add_heading("What was said", 1)
    document.add_heading("In the groups", 2)
    document.add_paragraph("Irregular migration was discussed (invented).")
    table = document.add_table(rows=2, cols=2)
    for number, text in enumerate(("Country", "Children", "Georgia", "12")):
        table.rows[number // 2].cells[number % 2].text = text
    if change:
        change(document)
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def with_bold_headings(document):
    """Take all styles away: headings are numbered and bold, as in many reports."""
    numbers = iter(("1. ", "2. ", "2.1 "))
    for paragraph in document.paragraphs:
        if paragraph.style.name.startswith("Heading"):
            text = next(numbers) + paragraph.text
            paragraph.style = document.styles["Normal"]
            paragraph.text = ""
            run = paragraph.add_run(text)
            run.bold, run.font.size = True, Pt(13)


def with_footnote(content, text="A footnote (invented)."):
    """The file with a footnote under its first paragraph of text."""
    from tests.practices.word.files import part, with_parts

    body = part(content)
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    place = body.index("</w:p>", body.index(NAMED[:20]))
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = (
        f'<w:footnotes {names}><w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    types = part(content, "[Content_Types].xml").replace(
        "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    )
    related = part(content, "word/_rels/document.xml.rels").replace(
        "</Relationships>",
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/footnotes" Target="footnotes.xml"/></Relationships>',
    )
    changes = {
        "word/document.xml": body[:place] + mark + body[place + len("</w:p>") :],
        "word/footnotes.xml": notes,
        "[Content_Types].xml": types,
        "word/_rels/document.xml.rels": related,
    }
    return with_parts(content, changes)


def page_of_workshop(language="en", **fields):
    page = WorkshopPage(
        title="A workshop page (invented)", slug="workshop", locale=factories.locale(language)
    )
    return factories.publish(page, factories.index(WorkshopIndexPage, language))


def send(client, content, place, name="report.docx", **data):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("workshop-report-upload"), {"file": file, "place": place.pk, **data})


def hidden_text(document):
    run = document.paragraphs[1].add_run("Hidden (invented)")
    properties = run._r.get_or_add_rPr()
    properties.append(OxmlElement("w:vanish"))
    assert properties.find(qn("w:vanish")) is not None
