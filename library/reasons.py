"""Why a file has no text, or is withheld, in sentences that say what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import scanning

UNCLEAN, MISSING, REVISIONS = "unclean", "missing", "revisions"
INFECTED, UNSCANNED = scanning.INFECTED, scanning.UNSCANNED
SENTENCES: dict[str, Promise] = {
    "empty": _("The file is empty (0 bytes). Upload it again."),
    MISSING: _("The file is no longer in the store. Upload it again."),
    "mistyped": _(
        "The content of the file is not what its name says. "
        "Save it as PDF or as Word (.docx) and upload it again."
    ),
    "damaged": _(
        "The file is damaged and could not be opened. "
        "Save it again in the program it comes from and upload that."
    ),
    "encrypted": _("The file is protected by a password. Upload a version without the password."),
    "macros": _("The file contains macros. Save it as a Word document without macros (.docx)."),
    "bomb": _(
        "The file unpacks to far more than it should and was not opened. "
        "Save it again in Word and upload that."
    ),
    "no_text": _(
        "The file holds pictures of pages, or nothing that can be read as text. "
        "Upload a version with text, for instance from text recognition (OCR)."
    ),
    "too_large": _("The file is too large to be read. Upload it in parts."),
    "too_long": _("The file has more text or pages than can be read. Upload it in parts."),
    "timeout": _(
        "Reading the file took too long. Save it again in the program it comes from, "
        "or upload it in parts."
    ),
    "memory": _(
        "Reading the file needed too much memory. Save it again with smaller pictures, "
        "or upload it in parts."
    ),
    UNCLEAN: _(
        "The names of its authors have not been taken out of it yet. Come back in a minute."
    ),
    REVISIONS: _(
        "The file has comments or tracked changes in it. Accept the changes, delete the comments "
        "and upload it again; or have them acknowledged as they are."
    ),
    INFECTED: _("A scanner has found malware in it. Do not pass it on; tell your IT office."),
    UNSCANNED: _("Files cannot be scanned for malware at the moment. Try again later."),
    "signed": _(
        "The file is signed: the signature names a person and would be broken without the name. "
        "Print it as PDF and upload that."
    ),
    "embedded": _(
        "The file carries other files or forms inside, which may name people. "
        "Take them out, or print it as PDF, and upload that."
    ),
    "unsafe": _(
        "The names of its authors could not be taken out without changing the file. "
        "Save it again in the program it comes from, or print it as PDF, and upload that."
    ),
    "failed": _("The reader stopped unexpectedly. Try again with `manage.py read_files --again`."),
}
# Withheld until the site has done its part; nobody has to mend the file.
WAITING = frozenset({UNCLEAN, UNSCANNED})
# A reader can open it although we found no words in it: it can be found by its title.
OPENS_ANYWAY = frozenset({"no_text", "too_long", "timeout", "memory"})


def sentence(code: str) -> Promise | str:
    """The sentence for a reason; a code that is not known is shown as it is."""
    return SENTENCES.get(code, code)
