"""PDF files as their author's machine leaves them."""

from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from tests.library.planted.author import CANARY, HOME, jpeg, written

SENTENCES = (
    "Two ministries share one identifier.",
    "Households are asked about absent children once a year.",
    "Border posts count arrivals by age and sex, and publish them.",
)


def plain_pdf(pages=3):
    """Pages with text, bookmarks, links and a photograph, by an invented author."""
    output = BytesIO()
    sheet = canvas.Canvas(output, invariant=1)
    sheet.setTitle("An invented report")
    sheet.setAuthor(CANARY)
    sheet.setCreator(f"The program of {CANARY}")
    sheet.setSubject(CANARY)
    for number in range(pages):
        sheet.bookmarkPage(f"p{number}")
        sheet.addOutlineEntry(f"Chapter {number + 1}", f"p{number}", 0)
        sheet.setFont("Helvetica-Bold", 18)
        sheet.drawString(72, 760, f"Chapter {number + 1}")
        sheet.setFont("Helvetica", 11)
        sheet.drawString(72, 720, SENTENCES[number % 3])
        sheet.linkURL("https://example.org/users/law", (72, 600, 200, 620))
        sheet.linkRect("", f"p{(number + 1) % pages}", (72, 500, 200, 520))
        sheet.showPage()
    sheet.save()
    return output.getvalue()


def photographed_pdf():
    """A page with the photograph as a camera made it."""
    output = BytesIO()
    sheet = canvas.Canvas(output, invariant=1)
    sheet.drawString(72, 760, "A page with a picture.")
    sheet.drawImage(ImageReader(BytesIO(jpeg())), 72, 500)
    sheet.save()
    writer = PdfWriter(clone_from=PdfReader(BytesIO(output.getvalue())))
    picture = writer.pages[0]["/Resources"]["/XObject"].values()
    stream = next(iter(picture)).get_object()
    stream[NameObject("/Filter")] = NameObject("/DCTDecode")
    stream._data = jpeg()
    return written(writer)


XMP = f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="{CANARY}"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 pdf:Producer="{CANARY}" xmp:CreatorTool="{HOME}">
<dc:creator><rdf:Seq><rdf:li>{CANARY}</rdf:li></rdf:Seq></dc:creator>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">An invented report</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def planted_pdf(change=None):
    """The same with a name in every place that PDF has for one, tagged, and written twice."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(plain_pdf())))
    root, page = writer.root_object, writer.pages[0]
    own = DictionaryObject({NameObject("/LastModifiedBy"): TextStringObject(CANARY)})
    page[NameObject("/PieceInfo")] = writer._add_object(own)
    packet = StreamObject()
    packet.set_data(XMP.encode())
    packet.update({NameObject("/Type"): NameObject("/Metadata")})
    root[NameObject("/Metadata")] = writer._add_object(packet)
    page[NameObject("/Metadata")] = writer._add_object(packet)
    root[NameObject("/Lang")] = TextStringObject("en")
    root[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): NumberObject(1)})
    root[NameObject("/StructTreeRoot")] = writer._add_object(_tags(writer))
    remark = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Text"),
            NameObject("/T"): TextStringObject(CANARY),
            NameObject("/Contents"): TextStringObject("A remark"),
            NameObject("/Rect"): ArrayObject([FloatObject(each) for each in (9, 9, 20, 20)]),
        }
    )
    page[NameObject("/Annots")].append(writer._add_object(remark))
    script = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject(f'app.alert("{CANARY}")'),
        }
    )
    root[NameObject("/OpenAction")] = writer._add_object(script)
    if change:
        change(writer)
    once = written(writer)
    again = PdfWriter(BytesIO(once), incremental=True)
    again.metadata = {"/Title": "An invented report", "/Author": "Somebody else"}
    return written(again)


def _tags(writer):
    document = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject("/Document"),
            NameObject("/K"): ArrayObject(
                [
                    DictionaryObject(
                        {
                            NameObject("/S"): NameObject(kind),
                            NameObject("/Alt"): TextStringObject(f"What {kind} says"),
                        }
                    )
                    for kind in ("/H1", "/P", "/Figure")
                ]
            ),
        }
    )
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructTreeRoot"),
            NameObject("/K"): writer._add_object(document),
        }
    )
