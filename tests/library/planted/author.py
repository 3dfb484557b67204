"""An invented author, where the name may hide, and what else can be read from a file."""

import zipfile
from io import BytesIO

import docx
from PIL import Image, PngImagePlugin
from pypdf import PdfReader
from pypdf.generic import StreamObject

CANARY = "Zubeida Quantrell"
HOME = r"C:\Users\Zubeida Quantrell\Templates\house.dotx"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def everything_in(content):
    """All bytes of a file with those that are packed in it, at any depth, in one."""
    found = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as package:
            for entry in package.infolist():
                found += [entry.filename.encode(), entry.comment, entry.extra]
                found.append(everything_in(package.read(entry)))
    elif b"%PDF-" in content[:1024]:
        reader = PdfReader(BytesIO(content))
        for number in range(1, reader.trailer["/Size"]):
            try:
                each = reader.get_object(number)
            except Exception:  # noqa: BLE001 - a number that no object has
                continue
            found.append(repr(each).encode())
            if isinstance(each, StreamObject):
                found.append(each._data if "DCT" in str(each.get("/Filter")) else each.get_data())
    return b"\n".join(found)


def names_in(content, name=CANARY):
    """The writings of a name that stand somewhere in a file."""
    whole = everything_in(content).lower()
    writings = [name, name.replace(" ", "%20"), *name.split()]
    encodings = ("utf-8", "utf-16-le", "utf-16-be")
    return {
        (each, code)
        for each in writings
        for code in encodings
        if each.lower().encode(code) in whole
    }


def jpeg():
    """A picture of two colours that says who took it, where, and that it lies on its side."""
    picture = Image.new("RGB", (60, 40), "navy")
    told = Image.Exif()
    told[0x013B] = told[0x8298] = CANARY  # artist, copyright
    told[0x0112] = 6
    told.get_ifd(0x8825)[2] = (41.0, 42.0, 43.0)  # latitude
    output = BytesIO()
    picture.save(output, "JPEG", exif=told, comment=CANARY.encode())
    return output.getvalue() + b"\xff\xd8 a second picture of " + CANARY.encode()


def png():
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", CANARY)
    told.add_itxt("XML:com.adobe.xmp", f"<x>{CANARY}</x>")
    output = BytesIO()
    Image.new("RGB", (30, 30), "teal").save(output, "PNG", pnginfo=told, dpi=(72, 72))
    return output.getvalue()


def tags_of(content):
    """(kind, alternative text) of each tag of a PDF, in order."""
    found = []

    def walk(each):
        each = each.get_object()
        if isinstance(each, list):
            for part in list.__iter__(each):
                walk(part)
        elif isinstance(each, dict):
            found.append((each.get("/S"), str(each.get("/Alt", ""))))
            if "/K" in each:
                walk(each.raw_get("/K"))

    root = PdfReader(BytesIO(content)).trailer["/Root"]
    if "/StructTreeRoot" in root:
        walk(root["/StructTreeRoot"])
    return found


def links_of(content):
    """Where the links and bookmarks of a file lead, in order."""
    if content.startswith(b"PK"):
        document = docx.Document(BytesIO(content))
        leads = document.part.rels.values()
        return sorted(each.target_ref for each in leads if each.reltype == f"{OFFICE}/hyperlink")
    reader, found = PdfReader(BytesIO(content)), []
    for page in reader.pages:
        for each in page.get("/Annots", []):
            link = each.get_object()
            found.append((link.get("/Subtype"), str(link.get("/A", {}).get("/URI", ""))))
    outline = [(each.title, reader.get_destination_page_number(each)) for each in reader.outline]
    return [*found, *outline]


def written(writer):
    output = BytesIO()
    writer.write(output)
    return output.getvalue()
