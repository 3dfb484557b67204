"""What becomes of a post after it was written, and of its thread: once, whatever is sent twice.

Who may do it is asked here once more, under the lock: a right that ended a moment ago is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from communities import access, posting
from communities.attachments.removing import take_off
from communities.mailing import notices
from communities.models import Attachment, EarlierText, Follow, Notice, Post, Quiet, Thread
from communities.posting import MayNotPostError
from search import index


class ChangedMeanwhileError(Exception):
    """Somebody edits a text that says something else by now."""


@dataclass(frozen=True)
class Edited:
    """What a post is to say from now on. `was`: when it was edited last, as the form was made."""

    text: str
    title: str = ""  # of the thread; "" leaves it
    mentioned: Sequence[int] = ()
    attachments: Sequence[Attachment] = field(default_factory=tuple)
    dropped: Sequence[int] = ()  # ids of attachments that go
    was: str = ""


def version_of(post: Post) -> str:
    """Return what changes with every edit of a post."""
    return post.edited_at.isoformat() if post.edited_at else ""


def edit(post: Post, new: Edited, user: Any) -> None:
    """Replace what a post says and keep the earlier text; who is newly called is told."""
    with transaction.atomic():
        stored = _locked(post, user)
        if not access.may_edit(user, stored):
            raise MayNotPostError
        title = new.title if stored.number == 1 and new.title else stored.thread.title
        changed = (stored.text, stored.thread.title) != (new.text, title)
        if changed and version_of(stored) != new.was:
            raise ChangedMeanwhileError
        if changed:
            _replace(stored, new.text, title)
        _exchange_files(stored, new)
        before = set(stored.mentions.values_list("user_id", flat=True))
        posting.put_mentions(stored, new.mentioned)
        posting.put_citations(stored)
        if not stored.held:
            posting.index_post(stored)
            called = set(stored.mentions.values_list("user_id", flat=True)) - before
            notices.note_mentions(stored, called)


def _replace(post: Post, text: str, title: str) -> None:
    earlier = EarlierText(post=post, text=post.text)
    if title != post.thread.title:
        earlier.title, post.thread.title = post.thread.title, title
        post.thread.save(update_fields=["title"])
        _index_all(post.thread)
    earlier.save()
    post.text, post.edited_at = text, timezone.now()
    post.save(update_fields=["text", "edited_at"])


def take_back(post: Post, user: Any, title: str = "") -> None:
    """Take a post back: what it said, said before, called and held goes; its place stays.

    `title`: what the thread is called from now on, where its first post goes.
    """
    with transaction.atomic():
        stored = _locked(post, user)
        if stored.withdrawn_at is not None:
            return
        if not access.may_take_back(user, stored):
            raise MayNotPostError
        stored.text, stored.withdrawn_at, stored.edited_at = "", timezone.now(), None
        stored.save(update_fields=["text", "withdrawn_at", "edited_at"])
        for related in (stored.earlier, stored.mentions, stored.cited):
            related.all().delete()
        Notice.objects.filter(post=stored, settled_at=None).delete()
        take_off(stored)
        _forget_title(stored, title)
        posting.index_post(stored)


def _forget_title(post: Post, title: str) -> None:
    thread = post.thread
    if thread.answer_id == post.pk:
        thread.answer = None
    if post.number == 1 and title:
        thread.title = title
    thread.save(update_fields=["answer", "title"])
    if post.number == 1:
        _index_all(thread)


def mark_answer(thread: Thread, number: int | None, user: Any) -> bool:
    """Mark the post that answers, or none; `False` where no such post can be read by everybody."""
    with transaction.atomic():
        stored = _locked_thread(thread, user)
        if not access.may_mark_answer(user, stored):
            raise MayNotPostError
        answer = None
        if number is not None:
            posts = access.standing_posts().filter(thread=stored, number__gt=1)
            answer = posts.filter(number=number).first()
            if answer is None:
                return False
        stored.answer = answer
        stored.save(update_fields=["answer"])
    return True


def close(thread: Thread, closed: bool, user: Any) -> None:
    """Close one's own thread, or open it again."""
    with transaction.atomic():
        stored = _locked_thread(thread, user)
        if not access.may_close(user, stored):
            raise MayNotPostError
        if closed != (stored.closed_at is not None):
            stored.closed_at = timezone.now() if closed else None
            stored.save(update_fields=["closed_at"])


def follow(thread: Thread, following: bool, user: Any) -> None:
    """Follow a thread, or no more; one that was without mail has mail again."""
    mine = {"user_id": user.pk, "kind": Follow.Kind.THREAD, "code": str(thread.pk)}
    if following:
        Quiet.objects.filter(user_id=user.pk, thread=thread).delete()
        Follow.objects.get_or_create(**mine)
    else:
        Follow.objects.filter(**mine).delete()


def _locked_thread(thread: Thread, user: Any) -> Thread:
    """Return a thread under a lock, with what somebody is in read anew and held."""
    rows = Thread.objects.select_for_update(of=("self",)).select_related("community")
    stored = rows.filter(pk=thread.pk, community=thread.community_id).first()
    if stored is None:
        raise MayNotPostError
    posting.hold_membership(user, stored.community)
    return stored


def _locked(post: Post, user: Any) -> Post:
    """Return a post under the lock of its thread, as everybody writes in one order."""
    thread = _locked_thread(post.thread, user)
    stored = Post.objects.filter(pk=post.pk, thread=thread).select_related("hiding").first()
    if stored is None:
        raise MayNotPostError
    stored.thread = thread
    return stored


def _exchange_files(post: Post, new: Edited) -> None:
    for each in post.attachments.filter(pk__in=list(new.dropped)):
        each.delete()
    for attachment in new.attachments:
        attachment.post = post
        attachment.save(force_insert=True)


def _index_all(thread: Thread) -> None:
    """Let search read every post of a thread again: they are found by its title, and with it."""
    index.refresh("thread", [thread.pk])
    posts = thread.posts.filter(number__gt=1)
    index.refresh("post", posts.values_list("pk", flat=True))
    files = Attachment.objects.filter(post__thread=thread)
    index.refresh("attachment", files.values_list("pk", flat=True))
