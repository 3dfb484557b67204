"""Taking files in: judged, cleaned and named before anything is stored."""

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.attachments import judging, reasons
from communities.attachments.names import clean_name, ending_of, told_apart
from communities.models import Attachment
from core import scanning
from core.confined.limits import MEGABYTE, Limits
from core.confined.process import run
from library.cleaning.result import Cleaned

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
MOST_FILES = 5
MOST_BYTES = 15 * MEGABYTE
# Somebody waits for the answer; a picture of a camera needs some 200 MB to be looked at.
LIMITS = Limits(file_size=MOST_BYTES, unpacked=150 * MEGABYTE, wall_seconds=45)
# Of mail, which no request brings: so many files from one person in an hour.
MOST_BY_MAIL = 40
RATE, SIZE = "rate", reasons.TOO_LARGE


def taken_in(
    files: Sequence[UploadedFile[Any]],
    user: Any,
    request: HttpRequest | None,
    public: bool = False,
) -> list[Attachment]:
    """Return attachments that are not saved yet, each with its file, free of who made it.

    The same content twice is one. `ValidationError` with a sentence for each file that is not
    taken: then none is. `public`: everybody will read them, so what was said beside the text of a
    Word file must be gone. Without a request (by mail), what is stored already is counted.
    """
    files = [file for file in files if file]
    if len(files) > MOST_FILES:
        told = _("At most %(most)d files can be attached. Leave some out, or send another post.")
        raise ValidationError(told % {"most": MOST_FILES}, SIZE)
    _count(len(files), user, request)
    taken: dict[str, Attachment] = {}
    wrong: list[ValidationError] = []
    for file in files:
        try:
            attachment = _taken(file, user, public)
            taken.setdefault(attachment.digest, attachment)
        except ValidationError as error:
            wrong.append(error)
    if wrong:
        raise ValidationError(wrong)
    for attachment, name in zip(taken.values(), told_apart(_names(taken.values())), strict=True):
        attachment.name = name
    return list(taken.values())


def status_of(error: ValidationError) -> int:
    """Return the status of an answer that tells this error of `taken_in`."""
    codes = {each.code for each in error.error_list}
    if RATE in codes:
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.REQUEST_ENTITY_TOO_LARGE if SIZE in codes else HTTPStatus.BAD_REQUEST


def _names(attachments: Iterable[Attachment]) -> list[str]:
    return [attachment.name for attachment in attachments]


def _count(number: int, user: Any, request: HttpRequest | None) -> None:
    """Count files of a person against their quota; `ValidationError` beyond it."""
    if request is None:
        lately = timezone.now() - timedelta(hours=1)
        own = Attachment.objects.filter(uploaded_by=user, created_at__gt=lately)
        within = own.count() + number <= MOST_BY_MAIL
    else:
        key = f"attach-{user.pk}"
        within = all(
            ratelimit.consume(request, action="attach_file", key=key) for _file in range(number)
        )
    if not within:
        told = _("You have attached many files in a short time. Wait an hour, then send the rest.")
        raise ValidationError(told, RATE)


def _taken(file: UploadedFile[Any], user: Any, public: bool) -> Attachment:
    name = clean_name(file.name or "")
    ending = ending_of(name)
    if ending not in TYPES:
        raise _refused(name, reasons.TYPE)
    if (file.size or 0) > MOST_BYTES:
        raise _refused(name, SIZE)
    clean = _judged(file, ending)
    if clean.reason:
        raise _refused(name, clean.reason)
    if public and clean.revisions:
        raise _refused(name, reasons.REVISIONS)
    picture = ending in judging.PICTURES
    status = Attachment.Status
    return Attachment(
        uploaded_by=user,
        file=_kept(clean.content),
        name=name,
        size=len(clean.content),
        content_type=TYPES[ending],
        digest=hashlib.sha256(clean.content).hexdigest(),
        text_status=status.READY if picture else status.PENDING,
    )


def _judged(file: UploadedFile[Any], ending: str) -> Cleaned:
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        if found := scanning.verdict(Path(copy.name)):
            return Cleaned(reason=found)
        answer = run("communities.attachments.judging", Path(copy.name), ending, LIMITS)
    if answer.reason:
        return Cleaned(reason=answer.reason, detail=answer.detail)
    try:
        return Cleaned.from_bytes(answer.output)
    except (ValueError, TypeError):
        return Cleaned(reason="failed")


def _kept(content: bytes) -> File[bytes]:
    """Return a file that waits on the disk, not in memory, until its post is stored."""
    waiting = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the last who reads it
    waiting.write(content)
    waiting.seek(0)
    return File(waiting, name="attached")


def _refused(name: str, reason: str) -> ValidationError:
    sentence = reasons.sentence(reason)
    if reason == SIZE:
        sentence %= {"most": filesizeformat(MOST_BYTES)}
    told = _("“%(name)s”: %(reason)s") % {"name": name, "reason": sentence}
    return ValidationError(told, reason)
