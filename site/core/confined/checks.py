"""Is this file what its name says, and safe to open? Answered without opening it in a parser."""

import zipfile
from pathlib import Path

from core.confined.errors import UnreadableError
from core.confined.limits import Limits

# The container of Office 97 files and of password-protected Office files (MS-CFB, MS-OFFCRYPTO).
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
# What must be in a package of each kind.
BODIES = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
CONTENT_TYPES = "[Content_Types].xml"
# Below this an entry may shrink as much as it likes: it cannot fill a memory.
SMALL_ENTRY = 1024 * 1024


def check(path: Path, extension: str, limits: Limits) -> None:
    """Raise UnreadableError unless the file is what its extension (pdf, docx or xlsx) says."""
    if not path.is_file():
        raise UnreadableError("missing")
    size = path.stat().st_size
    if size == 0:
        raise UnreadableError("empty")
    if size > limits.file_size:
        raise UnreadableError("too_large")
    with path.open("rb") as file:
        start = file.read(1024)
    if extension == "pdf":
        # Readers accept up to 1,024 bytes before the header (PDF 1.7, Annex H, note 13), but
        # a file that is also another type is not taken.
        if b"%PDF-" not in start or start.startswith((b"MZ", b"PK", b"<", b"\x7fELF", OLD_OFFICE)):
            raise UnreadableError("mistyped")
    elif extension in BODIES:
        _check_office(path, start, limits, BODIES[extension])
    else:
        raise UnreadableError("mistyped", f"no reader for .{extension}")


def _check_office(path: Path, start: bytes, limits: Limits, body: str) -> None:
    if start.startswith(OLD_OFFICE):
        encrypted = ENCRYPTED_STREAM in path.read_bytes()
        raise UnreadableError("encrypted" if encrypted else "mistyped")
    if not start.startswith(b"PK"):
        raise UnreadableError("mistyped")
    try:
        with zipfile.ZipFile(path) as package:
            _check_package(package, limits, body)
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError) as error:
        raise UnreadableError("damaged", str(error)) from error


def _check_package(package: zipfile.ZipFile, limits: Limits, body: str) -> None:
    """Judge a package by its central directory: nothing is unpacked but the type list."""
    entries = package.infolist()
    if len(entries) > limits.entries:
        raise UnreadableError("bomb", f"{len(entries)} entries")
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise UnreadableError("bomb", "unpacked size")
    for entry in entries:
        packed = max(entry.compress_size, 1)
        if entry.file_size > SMALL_ENTRY and entry.file_size / packed > limits.unpack_ratio:
            raise UnreadableError("bomb", f"ratio of {entry.filename}"[:200])
        if entry.flag_bits & 1:
            raise UnreadableError("encrypted")
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableError("macros")
    if CONTENT_TYPES not in names or body not in names:
        raise UnreadableError("mistyped")
    with package.open(CONTENT_TYPES) as file:
        if b"macroenabled" in file.read(SMALL_ENTRY).lower():
            raise UnreadableError("macros")
