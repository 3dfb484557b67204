"""The files of a mail: taken in like those of the site, or named in an answer."""

import mimetypes
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _

from communities.attachments.names import clean_name, told_apart
from communities.attachments.taking import MOST_FILES, taken_in
from communities.inbound.mails import Mail
from communities.models import Attachment


@dataclass
class Files:
    """What came with a mail: attachments that are not saved yet, and why others were not taken."""

    taken: list[Attachment] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # a sentence for each, with its name

    @property
    def names(self) -> str:
        """The text of a post that is nothing but files."""
        return _("Attached: %(names)s") % {"names": ", ".join(each.name for each in self.taken)}


def files_of(mail: Mail, user: Any, public: bool) -> Files:
    """Look at every file of a mail by itself: one that is refused takes no other with it."""
    found = Files()
    for number, part in enumerate(mail.files, start=1):
        name = _name(part, number)
        if mail.cut:
            found.refused.append(_("“%(name)s”: the mail is too large.") % {"name": name})
        elif number > MOST_FILES:
            told = _("“%(name)s”: at most %(most)d files fit into one post.")
            found.refused.append(told % {"name": name, "most": MOST_FILES})
        else:
            _take(found, part, name, user, public)
    names = list(told_apart(each.name for each in found.taken))
    for attachment, name in zip(found.taken, names, strict=True):
        attachment.name = name
    return found


def _take(found: Files, part: Message, name: str, user: Any, public: bool) -> None:
    known = {attachment.digest for attachment in found.taken}
    try:
        taken = taken_in([_uploaded(part, name)], user, None, public=public)
    except ValidationError as error:
        found.refused += error.messages
    except SuspiciousFileOperation:
        found.refused.append(_("“%(name)s”: this file cannot be taken.") % {"name": name})
    else:
        found.taken += [each for each in taken if each.digest not in known]


def _uploaded(part: Message, name: str) -> UploadedFile[Any]:
    content = part.get_payload(decode=True)
    # A mail in the mail has parts for its content; no such file is taken anyway.
    return SimpleUploadedFile(
        name, content if isinstance(content, bytes) else b"-", part.get_content_type()
    )


def _name(part: Message, number: int) -> str:
    try:
        told = str(part.get_filename() or "")
    except Exception:  # noqa: BLE001 - the library raises what it likes on strange headers
        told = ""
    if told:
        return clean_name(told)
    ending = mimetypes.guess_extension(part.get_content_type()) or ""
    return _("attachment %(number)d") % {"number": number} + ending
