"""Keys of private feeds: known to their owner alone, kept as a digest, taken back at any time.

Each opens one thing: the news of its owner, or the calendar of one community.
"""

import base64
import hashlib
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from communities import access
from communities.models import Community, FeedToken, Membership
from members.standing import keep
from users.models import User

MOST = 10


def issue(user: User, once: str, membership: Membership | None = None) -> str | None:
    """Make a key and return it; None beyond the limit, which holds for each thing to open.

    `once` is what the form carries: sent twice, it makes the same key. `membership`: of whose
    community it opens the calendar.
    """
    salt = f"communities.feeds.{membership.pk}" if membership else "communities.feeds"
    made = salted_hmac(salt, f"{user.pk}:{once}", algorithm="sha256").digest()
    token = base64.urlsafe_b64encode(made).rstrip(b"=").decode()
    working = current(user).filter(membership=membership)
    if working.filter(digest=_digest(token)).exists():
        return token
    if working.count() >= MOST or FeedToken.objects.filter(digest=_digest(token)).exists():
        return None
    made_for = {"user": user, "membership": membership}
    FeedToken.objects.get_or_create(digest=_digest(token), defaults=made_for)
    return token


def current(user: Any) -> QuerySet[FeedToken]:
    """Return the keys of somebody that work."""
    return _working().filter(user_id=user.pk).select_related("membership__community")


def _working() -> QuerySet[FeedToken]:
    lasting = Q(membership=None) | Q(membership__in=Membership.objects.current())
    return FeedToken.objects.filter(lasting, revoked_at=None)


def revoke(user: Any, pk: int) -> bool:
    """Take a key back; False where it is none of this person's that works."""
    return current(user).filter(pk=pk).update(revoked_at=timezone.now()) == 1


def reader_of(token: str) -> User | None:
    """Return whose news it opens, while it works and its owner is a member of the Alliance."""
    found = _working().filter(digest=_digest(token), membership=None)
    key = found.select_related("user").first()
    return key.user if key and _is_told(key.user) else None


def calendar_of(token: str) -> Community | None:
    """Return whose calendar it opens, while it works and its owner may read that community."""
    found = _working().filter(digest=_digest(token)).exclude(membership=None)
    key = found.select_related("user", "membership__community").first()
    if key is None or key.membership is None or not _is_told(key.user):
        return None
    community = key.membership.community
    return community if access.is_in(key.user, community) else None


def _is_told(user: User) -> bool:
    # As for the user of any request: read once, for this fetch alone.
    keep(user)
    return access.may_be_told(user)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
