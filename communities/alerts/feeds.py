"""Keys of private feeds: known to their owner alone, kept as a digest, taken back at any time."""

import base64
import hashlib
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from communities import access
from communities.models import FeedToken
from members.standing import keep
from users.models import User

MOST = 10


def issue(user: User, once: str) -> str | None:
    """Make a key and return it; None beyond the limit.

    `once` is what the form carries: sent twice, it makes the same key.
    """
    made = salted_hmac("communities.feeds", f"{user.pk}:{once}", algorithm="sha256").digest()
    token = base64.urlsafe_b64encode(made).rstrip(b"=").decode()
    if FeedToken.objects.filter(user=user, digest=_digest(token), revoked_at=None).exists():
        return token
    if current(user).count() >= MOST or FeedToken.objects.filter(digest=_digest(token)).exists():
        return None
    FeedToken.objects.get_or_create(digest=_digest(token), defaults={"user": user})
    return token


def current(user: Any) -> QuerySet[FeedToken]:
    """Return the keys of somebody that work."""
    return FeedToken.objects.filter(user_id=user.pk, revoked_at=None)


def revoke(user: Any, pk: int) -> bool:
    """Take a key back; False where it is none of this person's that works."""
    return current(user).filter(pk=pk).update(revoked_at=timezone.now()) == 1


def reader_of(token: str) -> User | None:
    """Return whose key it is, while it works and its owner is a member of the Alliance."""
    known = FeedToken.objects.filter(digest=_digest(token), revoked_at=None)
    found = known.select_related("user").first()
    if found is None:
        return None
    # As for the user of any request: read once, for this fetch alone.
    keep(found.user)
    return found.user if access.may_be_told(found.user) else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
