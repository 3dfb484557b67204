"""Pages and people for these tests; all invented."""

import json

from django.contrib.auth import get_user_model
from wagtail.images.tests.utils import get_test_image_file

from core.models import SiteImage
from pages.models import StandardPage
from safeguarding.gate import check
from safeguarding.models import Answer, SignOff
from tests.factories import home

UNSAFE = "Amina Diallo, aged 14, fled from the village of Karvala."
SAFE = "Three ministries share the data under a protocol."


def author(email="author@example.org"):
    return get_user_model().objects.get_or_create(email=email)[0]


def draft(*blocks, summary="", slug="draft", owner=None, parent=None):
    """A page that is not published; blocks are (type, value)."""
    body = json.dumps([{"type": kind, "value": value} for kind, value in blocks])
    page = StandardPage(
        title="An invented page", slug=slug, live=False, summary=summary, body=body, owner=owner
    )
    (parent or home()).add_child(instance=page)
    page.save_revision(user=owner)
    return page


def text(html):
    return ("text", f"<p>{html}</p>")


def latest(page):
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def kinds(page):
    return [each.kind for each in check(page).open]


def sign(page, by, reason="Invented for a test"):
    """Sign off all that is open on the latest version."""
    for each in check(latest(page)).open:
        SignOff.objects.create(
            page_id=page.pk, page_title=page.title, kind=each.kind, fingerprint=each.fingerprint,
            place=str(each.label), by=by, reason=reason,
        )  # fmt: skip


def answer(finding, by, choice="no-child", **fields):
    return Answer.objects.create(
        page=None, page_title="", kind=finding.kind, fingerprint=finding.fingerprint,
        by=by, answer=choice, **fields,
    )  # fmt: skip


def picture(title="A picture", **fields):
    return SiteImage.objects.create(title=title, file=get_test_image_file(), **fields)


def answer_for_pictures(page):
    """Say that no child can be recognised in the pictures of a page, be it unsaved."""
    for each in check(page).open:
        if each.kind == "picture":
            answer(each, None)
