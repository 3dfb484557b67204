"""Addresses that a mail can be answered to: each for one person and one thread, signed.

An address says who may write, what is answered and who could read it then. It is worth nothing in
the hands of others: a mail counts only if it comes from its person, too (`receiving`). A new key of
their `MailChoice` makes all addresses given out before worthless.
"""

import re
from base64 import b32decode, b32encode
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from communities.models import Community, MailChoice, Post, Thread
from users.models import User

PREFIX = "reply+"
# Bytes of: kind, user, thread or post, community, signature. 25 in all are 40 letters of base32.
_USER, _SUBJECT, _COMMUNITY, _SIGNATURE = 4, 5, 3, 12
_LETTERS = 40
_THREAD, _POST, _PUBLIC = 0, 1, 2
_SALT = "communities.inbound.addresses"


@dataclass(frozen=True)
class Reading:
    """What a true address says; whether its person may still do it is not decided here."""

    user: User
    # The thread answered, and the post if it was a single one; either may be gone.
    thread: Thread | None
    post: Post | None
    # Where the thread stood when the address was given out, and whether everybody read it.
    community_id: int
    was_public: bool


def reply_address(user: Any, answered: Thread | Post) -> str:
    """Return the address by which somebody answers a thread or a post; "" where mail is not read.

    Two queries at most: one for the choice of mail, one for the community.
    """
    if not settings.INBOUND_DOMAIN:
        return ""
    thread = answered.thread if isinstance(answered, Post) else answered
    kind = _POST if isinstance(answered, Post) else _THREAD
    kind |= _PUBLIC if thread.community.is_public else 0
    told = (
        kind.to_bytes(1, "big")
        + int(user.pk).to_bytes(_USER, "big")
        + int(answered.pk).to_bytes(_SUBJECT, "big")
        + int(thread.community_id).to_bytes(_COMMUNITY, "big")
    )
    choice = MailChoice.objects.get_or_create(user_id=user.pk)[0]
    token = b32encode(told + _signature(told, choice.key, settings.SECRET_KEY))
    return f"{PREFIX}{token.decode().lower()}@{settings.INBOUND_DOMAIN}"


def found_in(text: str) -> list[str]:
    """Return what looks like one of our addresses in the value of a header, at most five."""
    if not settings.INBOUND_DOMAIN:
        return []
    ours = re.compile(
        rf"reply\+[a-z2-7]{{{_LETTERS}}}@{re.escape(settings.INBOUND_DOMAIN)}(?![\w.-])",
        re.IGNORECASE,
    )
    return list(dict.fromkeys(match[0].lower() for match in ours.finditer(text)))[:5]


def read(address: str) -> Reading | None:
    """Return what an address says, or None if it is none of ours or its key was changed."""
    local, _at, domain = address.strip().lower().rpartition("@")
    token = local.removeprefix(PREFIX)
    if not settings.INBOUND_DOMAIN or domain != settings.INBOUND_DOMAIN:
        return None
    if token == local or len(token) != _LETTERS:
        return None
    try:
        content = b32decode(token.upper())
    except ValueError:
        return None
    told, signature = content[:-_SIGNATURE], content[-_SIGNATURE:]
    user_id = int.from_bytes(told[1 : 1 + _USER], "big")
    choice = MailChoice.objects.select_related("user").filter(user_id=user_id).first()
    if choice is None or not _is_signed(told, signature, choice.key):
        return None
    return _reading(told, choice.user)


def _reading(told: bytes, user: User) -> Reading:
    kind, rest = told[0], told[1 + _USER :]
    subject_id = int.from_bytes(rest[:_SUBJECT], "big")
    threads = Thread.objects.select_related("community")
    post = None
    if kind & _POST:
        post = Post.objects.filter(pk=subject_id).first()
        thread = threads.filter(pk=post.thread_id).first() if post else None
    else:
        thread = threads.filter(pk=subject_id).first()
    return Reading(
        user, thread, post, int.from_bytes(rest[_SUBJECT:], "big"), was_public=bool(kind & _PUBLIC)
    )


def readers_changed(reading: Reading) -> bool:
    """Return whether a thread was moved, or opened to everybody, since the address was given."""
    if reading.thread is None:
        return False
    opened = reading.thread.community.visibility == Community.Visibility.PUBLIC
    moved = reading.thread.community_id != reading.community_id
    return moved or (opened and not reading.was_public)


def _is_signed(told: bytes, signature: bytes, key: str) -> bool:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(
        constant_time_compare(signature.hex(), _signature(told, key, secret).hex())
        for secret in secrets
    )


def _signature(told: bytes, key: str, secret: str | bytes) -> bytes:
    made = salted_hmac(_SALT, told + key.encode(), secret=secret, algorithm="sha256")
    return made.digest()[:_SIGNATURE]
