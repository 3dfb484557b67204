"""The one way a report comes to be: as a draft below a page, with its original beside it."""

import hashlib
import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale, Page

from library.attaching import stored_name
from library.clean import cleaned
from library.models import LibraryFile
from workshops.models import ReportPage, Workshop
from workshops.report import suggesting
from workshops.report.parts import Report, to_stream


def from_file(
    report: Report, upload: UploadedFile[Any], parent: Page, title: str, user: Any, token: str
) -> ReportPage:
    """Make a draft of what was read, with the file and what is suggested for it.

    The same form sent twice makes one; with another file in it, another. `ValidationError` says
    why the library does not take the file; then nothing is made.
    """
    # Cleaned here: whoever writes would wait for it.
    clean = cleaned(upload, stored_name(upload.name or ""))
    with transaction.atomic():
        # Whoever sends the form a second time waits here for the first. Without the key: others
        # write rows that point here meanwhile, and each would wait for the other.
        parent = Page.objects.select_for_update(no_key=True).get(pk=parent.pk).specific
        key = _key(user, token, upload)
        known = ReportPage.objects.filter(translation_key=key, owner=user).first()
        if known:
            return known
        page = ReportPage(title=title[:255], owner=user, live=False, translation_key=key)
        page.body = page._meta.get_field("body").stream_block.to_python(to_stream(report.parts))
        page.workshop = Workshop.objects.filter(page_id=parent.pk).first()
        add_below(parent, page)
        page.original = LibraryFile.attach(
            page, user, clean, title=title, language=page.locale.language_code
        )
        page.save()
        suggesting.store(page, report.parts)
        page.save_revision(user=user, log_action=True, clean=False)
    return page


def add_below(parent: Page, page: ReportPage) -> None:
    """Put a new page below its parent, at an address that is free."""
    page.locale = parent.locale or Locale.get_default()
    base = slugify(page.title, allow_unicode=True)[:200].strip("-") or "report"
    taken = set(parent.get_children().filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    page.slug = slug
    parent.add_child(instance=page)


def _key(user: Any, token: str, upload: UploadedFile[Any]) -> uuid.UUID:
    """Return what a report is known by: who sends which form with which file."""
    if not token:
        return uuid.uuid4()
    content = hashlib.sha256()
    for chunk in upload.chunks():
        content.update(chunk)
    return uuid.uuid5(uuid.NAMESPACE_OID, f"report {user.pk} {token} {content.hexdigest()}")
