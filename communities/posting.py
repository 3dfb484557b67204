"""Writing threads and posts down: once each, in order, with everybody told who should be.

Every way in (the site, mail, an import) goes through `open_thread` and `reply`.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from communities import access, citing
from communities.asking import first
from communities.mailing import notices
from communities.models import (
    Attachment,
    CitedPage,
    Community,
    Hiding,
    Membership,
    Mention,
    Post,
    Thread,
)
from members.signed import fingerprint
from members.signing import sign
from search import index

# So many people can be called by name in one post.
MOST_MENTIONS = 10


class MayNotPostError(Exception):
    """Whoever posts has no right to any more; nothing is stored."""


@dataclass(frozen=True)
class Said:
    """What somebody says. `token`: the same for the same thing sent twice; "" makes a new one."""

    text: str
    token: str = ""
    mentioned: Sequence[int] = ()  # ids of users; who cannot read the thread is left out
    quoted: Post | None = None
    came_by: str = Post.Way.WEB
    # Not saved yet, with their files; `communities.attachments` has looked at them.
    attachments: Sequence[Attachment] = field(default_factory=tuple)
    # Whether it must wait for a facilitator whoever wrote it.
    hold: bool = False


def open_thread(thread: Thread, said: Said, user: Any) -> Post:
    """Store a new thread with its first post, signed; sent twice, it is stored once.

    `thread` has community, kind, title and language. `MayNotPostError` where the right is gone.
    """
    mark = _fingerprint(user, said)
    with transaction.atomic():
        # Under the lock: what was sent at the same moment is stored by then.
        community = Community.objects.select_for_update(no_key=True).get(pk=thread.community_id)
        if known := Post.objects.filter(fingerprint=mark).first():
            return known
        thread.community = community
        hold_membership(user, community)
        if not access.may_write(user, community):
            raise MayNotPostError
        sign(thread, user)
        thread.save()
        return _store(thread, said, user, mark)


def reply(thread: Thread, said: Said, user: Any) -> Post:
    """Store a post in a thread, signed; sent twice, it is stored once.

    `MayNotPostError` where the thread is closed, moved away or the right is gone.
    """
    mark = _fingerprint(user, said)
    with transaction.atomic():
        # The lock gives numbers in order.
        locked = Thread.objects.select_for_update(of=("self",)).select_related("community")
        stored = locked.filter(pk=thread.pk, community=thread.community_id).first()
        if known := Post.objects.filter(fingerprint=mark).first():
            return known
        if stored is None:
            raise MayNotPostError
        hold_membership(user, stored.community)
        if not access.may_reply(user, stored):
            raise MayNotPostError
        if not access.threads_for(user).filter(pk=stored.pk).exists():
            raise MayNotPostError
        return _store(stored, said, user, mark)


def hold_membership(user: Any, community: Community) -> None:
    """Read what somebody is in anew, and let nobody remove them until the post is stored."""
    access.forget_memberships(user)
    current = Membership.objects.select_for_update().filter(left_at=None)
    current.filter(user_id=user.pk, community=community).first()


def _store(thread: Thread, said: Said, user: Any, mark: str) -> Post:
    post = Post(
        thread=thread,
        number=thread.post_count + 1,
        text=said.text,
        quoted=said.quoted if said.quoted and said.quoted.thread_id == thread.pk else None,
        came_by=said.came_by,
        held=said.hold or must_be_held(user, thread.community),
        fingerprint=mark,
    )
    sign(post, user)
    post.save(force_insert=True)
    thread.post_count = post.number
    if not post.held or post.number == 1:
        thread.last_post_at = post.created_at
    thread.save(update_fields=["post_count", "last_post_at"])
    for attachment in said.attachments:
        attachment.post = post
        attachment.save(force_insert=True)
    put_mentions(post, said.mentioned)
    put_citations(post)
    if not post.held:
        release(post)
    return post


def release(post: Post) -> None:
    """Let everybody know of a post that stands now: the search, and those who are told by mail."""
    # What waits moves its thread up only now: until then nobody else knows of it.
    earlier = Thread.objects.filter(pk=post.thread_id, last_post_at__lt=post.created_at)
    earlier.update(last_post_at=post.created_at)
    index_post(post)
    notices.note(post)


def index_thread(thread: Thread) -> None:
    """Let search read the title, the first post and the summary of a thread again."""
    index.refresh("thread", [thread.pk])


def index_post(post: Post) -> None:
    """Let search read a post, its thread and its files again, in this transaction.

    With a first post goes what the search knows of its question.
    """
    name = "thread" if post.number == 1 else "post"
    index.refresh(name, [post.thread_id if post.number == 1 else post.pk])
    if post.number == 1:
        first.ask_soon(post.thread)
    if files := list(post.attachments.values_list("pk", flat=True)):
        index.refresh("attachment", files)


def must_be_held(user: Any, community: Community) -> bool:
    """Return whether a post has to wait: somebody's first one, where the community wants that."""
    if not community.holds_first_posts or access.facilitates(user, community):
        return False
    shown = Post.objects.filter(author=user, thread__community=community, held=False)
    return not shown.exclude(pk__in=Hiding.objects.values("post_id")).exists()


def put_mentions(post: Post, people: Sequence[int]) -> None:
    """Store whom a post calls by name: at most ten of those who are in its community."""
    wanted = list(dict.fromkeys(people))[:MOST_MENTIONS]
    there = access.members_of(post.thread.community).filter(pk__in=wanted)
    Mention.objects.filter(post=post).exclude(user__in=wanted).delete()
    Mention.objects.bulk_create(
        [Mention(post=post, user=user) for user in there], ignore_conflicts=True
    )


def put_citations(post: Post) -> None:
    """Store the pages of this site that a post links to."""
    pages = citing.pages_in(post.text)
    CitedPage.objects.filter(post=post).exclude(page__in=pages).delete()
    CitedPage.objects.bulk_create(
        [CitedPage(post=post, page_id=page) for page in pages], ignore_conflicts=True
    )


def new_token() -> str:
    """Return what a form carries so that sending it twice says a thing once."""
    return secrets.token_urlsafe(16)


def _fingerprint(user: Any, said: Said) -> str:
    return fingerprint(user.pk, said.token or new_token())
