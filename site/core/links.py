"""Links by mail that let somebody without an account do one thing, once, for some time.

A token is known to its receiver alone: the database keeps its SHA-256. Programs that look into
mail open every link, so opening one never does anything; its page has a button that sends a form,
and the view behind the button calls `use`.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Link


class LinkError(Exception):
    """A link that cannot be used; the message tells its receiver what to do."""


def issue(
    purpose: str,
    subject: models.Model,
    days: int,
    *,
    for_address: str = "",
    data: dict[str, Any] | None = None,
) -> str:
    """Make a link for one purpose and one object; return its token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    Link.objects.create(
        digest=_digest(token),
        purpose=purpose,
        content_type=ContentType.objects.get_for_model(subject),
        object_id=str(subject.pk),
        for_address=for_address,
        data=data or {},
        expires=timezone.now() + timedelta(days=days),
    )
    return token


def find(purpose: str, token: str) -> Link:
    """Return the link of a token that can be used now; `LinkError` says why it cannot."""
    link = Link.objects.filter(digest=_digest(token), purpose=purpose).first()
    if link is None:
        raise LinkError(_("This link is not known here. Copy the whole link from the mail."))
    if link.used is not None:
        raise LinkError(_("This link has been used already; it works once."))
    if link.revoked is not None:
        raise LinkError(_("This link was taken back. Ask whoever sent it for a new one."))
    if link.expires <= timezone.now():
        raise LinkError(_("This link has expired. Ask whoever sent it for a new one."))
    return link


def trace(purpose: str, token: str) -> Link | None:
    """Return the link of a token whatever its state, to note that it was refused."""
    return Link.objects.filter(digest=_digest(token), purpose=purpose).first()


def use(link: Link) -> bool:
    """Mark a link as used; False when somebody was faster, or its time has passed."""
    now = timezone.now()
    open_ = Link.objects.filter(pk=link.pk, used=None, revoked=None, expires__gt=now)
    return open_.update(used=now) == 1


def revoke(purpose: str, subject: models.Model) -> int:
    """Take back all links for a purpose and an object that were not used; return how many."""
    return Link.objects.filter(
        purpose=purpose,
        content_type=ContentType.objects.get_for_model(subject),
        object_id=str(subject.pk),
        used=None,
        revoked=None,
    ).update(revoked=timezone.now())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
