"""Word files as their author's machine leaves them."""

import zipfile
from io import BytesIO

import docx
import openpyxl
from docx.shared import Inches

from tests.library.planted.author import CANARY, HOME, OFFICE, jpeg, png

MICROSOFT = "http://schemas.microsoft.com/office/2011/relationships"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
BY = f'w:id="901" w:author="{CANARY}" w:date="2024-01-01T00:00:00Z"'


def table():
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.properties.creator = book.properties.lastModifiedBy = CANARY
    book.active["A1"].comment = openpyxl.comments.Comment("A remark", CANARY)
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def plain_docx(revised=False):
    """What somebody writes: headings, a list, a link, pictures; `revised`: a comment, changes."""
    document = docx.Document()
    document.core_properties.title = "An invented report"
    document.core_properties.language = "en"
    document.core_properties.author = document.core_properties.last_modified_by = CANARY
    document.core_properties.comments = document.core_properties.keywords = f"by {CANARY}"
    document.add_heading("Registers", 1)
    said = document.add_paragraph("Two ministries share one identifier. ")
    document.add_heading("Surveys", 2)
    document.add_paragraph("Households are asked once a year.", style="List Bullet")
    document.add_picture(BytesIO(jpeg()), width=Inches(1))
    document.add_picture(BytesIO(png()), width=Inches(1))
    if revised:
        document.add_comment(said.runs[0], "Is it so?", author=CANARY, initials="ZQ")
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def planted_docx(revised=False, **parts):
    """The same with a name in every place that Word has for one; `parts` are put in besides."""
    changes = {
        "word/document.xml": lambda text: _body(text, revised),
        "word/_rels/document.xml.rels": _leads,
        "word/settings.xml": _settings,
        "docProps/app.xml": _application,
        "_rels/.rels": _outer_leads,
        "[Content_Types].xml": _types,
    }
    added = {
        "word/people.xml": f'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/'
        f'wordml"><w15:person w15:author="{CANARY}"/></w15:people>',
        "docProps/custom.xml": f'<Properties xmlns="{PROPERTIES}"><property name="Editor">'
        f"{CANARY}</property></Properties>",
        "customXml/item7.xml": f"<documentManagement><Owner>{CANARY}</Owner></documentManagement>",
        "word/_rels/settings.xml.rels": _relationships(
            f'<Relationship Id="rId1" Type="{OFFICE}/attachedTemplate" TargetMode="External" '
            f'Target="file:///C:/Users/Zubeida%20Quantrell/house.dotx"/>'
        ),
        "word/embeddings/table.xlsx": table(),
        "word/forgotten.xml": f"<old>{CANARY}</old>",
        **parts,
    }
    output = BytesIO()
    source = zipfile.ZipFile(BytesIO(plain_docx(revised)))
    with source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        target.comment = CANARY.encode()
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename in changes:
                content = changes[entry.filename](content.decode()).encode()
            entry.comment = CANARY.encode()
            target.writestr(entry, content)
        for name, content in added.items():
            target.writestr(name, content)
    return output.getvalue()


def _body(text, revised):
    said = [
        f"<!-- {CANARY} -->",
        f'<w:p><w:hyperlink r:id="rIdLink" xmlns:r="{OFFICE}"><w:r><w:t>The law</w:t></w:r>'
        "</w:hyperlink></w:p>",
        '<w:p w:rsidR="00B47730"><w:r><w:instrText>INCLUDEPICTURE "',
        HOME.replace("\\", "\\\\"),
        '"</w:instrText></w:r></w:p>',
        f'<w:p><w:permStart w:id="1" w:ed="{CANARY}"/><w:r><w:t>Kept.</w:t></w:r>'
        '<w:permEnd w:id="1"/></w:p>',
        f'<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x/{CANARY[:7]}" w:storeItemID="1"/></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>Shown in a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    ]
    if revised:
        said += [
            f"<w:p><w:ins {BY}><w:r><w:t>Put in later. </w:t></w:r></w:ins>",
            f"<w:del {BY}><w:r><w:delText>Taken out.</w:delText></w:r></w:del></w:p>",
        ]
    text = text.replace("<w:body>", f"<w:body>{''.join(said)}", 1)
    return text.replace("<wp:docPr ", f'<wp:docPr descr="{HOME}" ')


def _relationships(inside):
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{inside}</Relationships>'


def _leads(text):
    more = (
        f'<Relationship Id="rIdLink" Type="{OFFICE}/hyperlink" TargetMode="External" '
        'Target="https://example.org/users/law"/>'
        f'<Relationship Id="rIdPeople" Type="{MICROSOFT}/people" Target="people.xml"/>'
        f'<Relationship Id="rIdTable" Type="{OFFICE}/package" Target="embeddings/table.xlsx"/>'
        f'<Relationship Id="rIdItem" Type="{OFFICE}/customXml" Target="../customXml/item7.xml"/>'
    )
    return text.replace("</Relationships>", f"{more}</Relationships>")


def _outer_leads(text):
    kind = f"{OFFICE}/custom-properties"
    more = f'<Relationship Id="rIdOwn" Type="{kind}" Target="docProps/custom.xml"/>'
    return text.replace("</Relationships>", f"{more}</Relationships>")


def _settings(text):
    more = (
        f'<w:attachedTemplate r:id="rId1" xmlns:r="{OFFICE}"/>'
        f'<w:docVars><w:docVar w:name="by" w:val="{CANARY}"/></w:docVars>'
    )
    return text.replace("</w:settings>", f"{more}</w:settings>")


def _application(text):
    text = text.replace("<Manager/>", f"<Manager>{CANARY}</Manager>")
    text = text.replace("<Company/>", f"<Company>{CANARY} and Daughters</Company>")
    return text.replace("Normal.dotm", HOME)


def _types(text):
    more = (
        '<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet"/><Override PartName="/word/people.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.wordprocessingml.people+xml"/>'
    )
    return text.replace("</Types>", f"{more}</Types>")
