"""Files to attach, good and bad, made here; all of it is invented."""

import struct
import zipfile
import zlib
from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl.comments import Comment
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter

from library.making import markdown_to_docx, markdown_to_pdf

AUTHOR = "Cnryauthor Somebody"
WORDS = "The registry of births is asked first, as nobody counts the children of seasonal workers."


def upload(content, name):
    return SimpleUploadedFile(name, content)


def pdf(words=WORDS):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(markdown_to_pdf(words, "Invented"))))
    writer.add_metadata({"/Author": AUTHOR})
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def docx(words=WORDS):
    return with_entry(
        markdown_to_docx(words, "Invented"),
        "docProps/core.xml",
        lambda xml: xml.replace(b"</cp:coreProperties>", CREATOR + b"</cp:coreProperties>"),
    )


CREATOR = f"<dc:creator>{AUTHOR}</dc:creator>".encode()
INSERTED = f'<w:ins w:id="9" w:author="{AUTHOR}"><w:r><w:t>Later</w:t></w:r></w:ins>'.encode()


def docx_with_changes():
    return with_entry(
        docx(), "word/document.xml", lambda xml: xml.replace(b"</w:p>", INSERTED + b"</w:p>", 1)
    )


def with_entry(package, name, change):
    """The same package with one entry changed; added where it is not there."""
    output = BytesIO()
    source = zipfile.ZipFile(BytesIO(package))
    with source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry, change(content) if entry.filename == name else content)
        if name not in source.namelist():
            target.writestr(name, change(b""))
    return output.getvalue()


def xlsx(words=WORDS):
    book = openpyxl.Workbook()
    book.active.title, book.active["A1"], book.active["B1"] = "Counted", words, 2020
    book.active["A1"].comment = Comment("Look again", AUTHOR)
    book.create_sheet("Sources")["A1"] = "Household survey (invented)"
    book.properties.creator = AUTHOR
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def jpeg():
    exif = Image.Exif()
    exif[0x013B] = AUTHOR
    exif[0x0112] = 6  # turned
    exif[0x8825] = {1: "N", 2: (41.0, 42.0, 43.0), 3: "E", 4: (44.0, 45.0, 46.0)}
    return picture("JPEG", exif=exif.tobytes(), comment=AUTHOR.encode())


def png():
    told = PngInfo()
    told.add_text("Author", AUTHOR)
    return picture("PNG", pnginfo=told)


def picture(kind, **more):
    output = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(output, kind, **more)
    return output.getvalue()


def png_of(width, height):
    """The beginning of a picture that says to be so large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b"")]
    told = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


def bomb():
    """A Word file that unpacks to a hundred megabytes."""
    return with_entry(docx(), "word/media/big.bin", lambda _content: bytes(100 * 1024 * 1024))


def all_that_is_in(content):
    """The content of a file as text, packed parts and properties too."""
    told = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as package:
            told += [package.read(entry) for entry in package.infolist()]
    if content.startswith(b"%PDF"):
        told.append(str(PdfReader(BytesIO(content)).metadata).encode())
    return b" ".join(told).decode("latin-1")


GOOD = {
    "report.pdf": pdf,
    "letter.docx": docx,
    "table.xlsx": xlsx,
    "photo.jpg": jpeg,
    "photo.jpeg": jpeg,
    "chart.png": png,
    "UPPER.PDF": pdf,
}
HTML, SVG = (
    b"<!doctype html><script>alert(1)</script>",
    b"<svg xmlns='http://www.w3.org/2000/svg'/>",
)
# {name: (content, what is said of it)}
BAD = {
    "page.html": (lambda: HTML, "Only PDF"),
    "picture.svg": (lambda: SVG, "Only PDF"),
    "script.js": (lambda: b"alert(1)", "Only PDF"),
    "macro.docm": (docx, "Only PDF"),
    "page.pdf.html": (pdf, "Only PDF"),
    "no-ending": (pdf, "Only PDF"),
    "archive.zip": (docx, "Only PDF"),
    "gpj\u202egnp.exe": (jpeg, "Only PDF"),
    "program.pdf": (lambda: b"MZ" + pdf(), "not what its name says"),
    "page.pdf": (lambda: HTML + pdf(), "not what its name says"),
    "letter.pdf": (docx, "not what its name says"),
    "table.docx": (xlsx, "not what its name says"),
    "letter.xlsx": (docx, "not what its name says"),
    "chart.jpg": (png, "not what its name says"),
    "photo.png": (jpeg, "not what its name says"),
    "html.png": (lambda: HTML, "not what its name says"),
    "empty.pdf": (lambda: b"", "empty"),
    "cut.pdf": (lambda: pdf()[:700], "damaged"),
    "cut.png": (lambda: png()[:-60], "damaged"),
    "cut.docx": (lambda: docx()[:2000], "damaged"),
    "flood.png": (lambda: png_of(50_000, 50_000), "fewer pixels"),
    "bomb.docx": (bomb, "unpacks to far more"),
}
