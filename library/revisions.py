"""Comments and tracked changes in a Word file: the public reads them only after a person said so.

Whoever acknowledges them does it as a sign-off of the do-no-harm check: for the file alone, or
for a page that names it. The record stays; another content of the file asks again.
"""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from library import reasons
from library.models import LibraryFile
from safeguarding.gate import mark_of_file
from safeguarding.models import SignOff

KIND = "revisions"


def acknowledge(file: LibraryFile, user: Any, reason: str) -> None:
    """Record that what is said beside the text may be read by everybody; the file is open then."""
    SignOff.objects.create(
        page=None,
        page_title=file.title,
        kind=KIND,
        fingerprint=mark_of(file),
        by=user,
        reason=reason,
    )


def is_acknowledged(file: LibraryFile) -> bool:
    """Whether somebody has signed off what stands in this content of the file."""
    if file.pk is None:
        return False
    return bool(SignOff.objects.filter(kind=KIND, fingerprint=mark_of(file)).exists())


def mark_of(file: LibraryFile) -> str:
    """The fingerprint by which the comments and changes of a file are signed off."""
    return mark_of_file(file, KIND, file.revisions)


@receiver(post_save, sender=SignOff)
def open_what_was_signed_off(sender: type[SignOff], instance: SignOff, **kwargs: Any) -> None:
    """Let everybody have the files whose comments and changes were signed off, in search too."""
    if instance.kind != KIND:
        return
    for file in LibraryFile.objects.filter(withheld=reasons.REVISIONS):
        if mark_of(file) == instance.fingerprint:
            file.withheld = ""
            file.save(update_fields=["withheld"])
