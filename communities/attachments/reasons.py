"""Why a file is not taken, in sentences that say what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import scanning
from library import reasons

TYPE, TOO_LARGE, REVISIONS = "type", "too_large", reasons.REVISIONS
# Where the library says it for whoever publishes, or for Word files alone.
SENTENCES: dict[str, Promise] = {
    TYPE: _("Only PDF, Word (.docx), Excel (.xlsx), PNG and JPEG files can be attached."),
    TOO_LARGE: _("It is larger than %(most)s. Save it with smaller pictures, or in parts."),
    "empty": _("It is empty. Save it again and choose that."),
    "mistyped": _(
        "Its content is not what its name says. Save it again in the program it comes from and "
        "choose that."
    ),
    "damaged": _(
        "It is damaged and could not be opened. Save it again in the program it comes from and "
        "choose that."
    ),
    "macros": _("It contains macros. Save it without them (.docx or .xlsx)."),
    "bomb": _("It unpacks to far more than it should and was not opened. Save it again."),
    "pixels": _("The picture is too large to be looked at. Save it with fewer pixels."),
    scanning.INFECTED: _(
        "A scanner has found malware in it. Do not pass it on; tell your IT office."
    ),
    scanning.UNSCANNED: _("Files cannot be scanned for malware at the moment. Try again later."),
    "failed": _("It could not be opened. Save it again in the program it comes from."),
    REVISIONS: _(
        "It has comments or tracked changes, and everybody can read this community. Accept the "
        "changes, delete the comments and choose it again."
    ),
}


def sentence(code: str) -> str:
    """Return the sentence for a reason, in the active language."""
    return str(SENTENCES.get(code) or reasons.SENTENCES.get(code, SENTENCES["failed"]))
