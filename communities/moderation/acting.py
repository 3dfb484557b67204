"""What facilitators do to posts and threads: once each, in the log, in the search at once."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from communities import log
from communities.asking import first
from communities.models import Act, Community, EarlierText, Hiding, Post, Report, Thread
from communities.posting import index_post, release
from search import index


def report(post: Post, user: Any, reason: str) -> bool:
    """Note that a reader thinks a post should not stand; False where they have said so already."""
    try:
        with transaction.atomic():
            Report.objects.create(post=post, by=user, reason=reason)
    except IntegrityError:
        return False
    return True


def hide(post: Post, by: Any, reason: str) -> bool:
    """Hide a post from all but its author and facilitators; False where it is hidden already."""
    with transaction.atomic():
        stored = _locked(post)
        if Hiding.objects.filter(post=stored).exists():
            return False
        Hiding.objects.create(post=stored, by=by, reason=reason[:500])
        _settle_reports(stored, by)
        _note(Act.Kind.HIDE, stored, by, reason)
        _index(stored)
    return True


def restore(post: Post, by: Any) -> bool:
    """Let a hidden post be read again; False where it is not hidden."""
    with transaction.atomic():
        stored = _locked(post)
        if not Hiding.objects.filter(post=stored).delete()[0]:
            return False
        _note(Act.Kind.RESTORE, stored, by)
        _index(stored)
    return True


def let_through(post: Post, by: Any) -> bool:
    """Let a held post stand, and tell whom it concerns; False where it stands already."""
    with transaction.atomic():
        stored = _locked(post)
        if not stored.held:
            return False
        stored.held = False
        stored.save(update_fields=["held"])
        _note(Act.Kind.RELEASE, stored, by)
        _index(stored)
        if not Hiding.objects.filter(post=stored).exists():
            release(stored)
    return True


def keep(post: Post, by: Any, reason: str = "") -> int:
    """Settle the reports of a post that stays; return how many there were."""
    with transaction.atomic():
        count = _settle_reports(_locked(post), by)
        if count:
            _note(Act.Kind.SETTLE, post, by, reason)
    return count


def purge(post: Post, by: Any, reason: str) -> int:
    """Delete the earlier texts of a post for good; return how many there were."""
    with transaction.atomic():
        count = EarlierText.objects.filter(post=_locked(post)).delete()[0]
        if count:
            _note(Act.Kind.PURGE, post, by, reason)
    return count


def move(thread: Thread, to: Community, by: Any, reason: str = "") -> bool:
    """Move a thread into another community, whose audience it has from then on.

    False where it stands there already. Whether `by` facilitates both is for the caller to ask.
    """
    with transaction.atomic():
        stored = Thread.objects.select_for_update().get(pk=thread.pk)
        if stored.community_id == to.pk:
            return False
        origin = stored.community
        stored.community = to
        stored.save(update_fields=["community"])
        detail = {"community": [origin.pk, to.pk]}
        for place in (origin, to):
            log.write(Act.Kind.MOVE, place, by, thread=stored, reason=reason, detail=detail)
        index_whole(stored)
        first.ask_soon(stored)
    return True


def close(thread: Thread, by: Any, reason: str = "") -> bool:
    """Let nobody write in a thread any more; False where it is closed already."""
    return _switch(thread, by, Act.Kind.CLOSE, reason, closed_at=timezone.now())


def reopen(thread: Thread, by: Any) -> bool:
    """Let members write in a closed thread again; False where it is open."""
    return _switch(thread, by, Act.Kind.REOPEN, closed_at=None)


def pin(thread: Thread, by: Any, pinned: bool) -> bool:
    """Put a thread above the others, or back among them; False where it is so already."""
    return _switch(thread, by, Act.Kind.PIN, pinned=pinned)


def _switch(thread: Thread, by: Any, kind: str, reason: str = "", **values: Any) -> bool:
    with transaction.atomic():
        stored = Thread.objects.select_for_update().get(pk=thread.pk)
        if all(bool(getattr(stored, name)) == bool(value) for name, value in values.items()):
            return False
        for name, value in values.items():
            setattr(stored, name, value)
        stored.save(update_fields=list(values))
        log.write(kind, stored.community, by, thread=stored, reason=reason)
    return True


def index_whole(thread: Thread) -> None:
    """Let search read a thread with all its posts and files again, in this transaction."""
    posts = list(thread.posts.filter(number__gt=1).values_list("pk", flat=True))
    index.refresh("thread", [thread.pk])
    index.refresh("post", posts)
    files = thread.posts.filter(attachments__isnull=False).values_list("attachments", flat=True)
    index.refresh("attachment", list(files))


def _locked(post: Post) -> Post:
    rows = Post.objects.select_for_update(of=("self",))
    return rows.select_related("thread__community").get(pk=post.pk)


def _index(post: Post) -> None:
    """The first post takes the whole thread along, and its summary may rest on any."""
    if post.number == 1:
        index_whole(post.thread)
        return
    index_post(post)
    index.refresh("thread", [post.thread_id])


def _settle_reports(post: Post, by: Any) -> int:
    waiting = Report.objects.filter(post=post, settled_at=None)
    return waiting.update(settled_at=timezone.now(), settled_by=by)


def _note(kind: str, post: Post, by: Any, reason: str = "") -> None:
    author = post.author
    place = post.thread.community
    log.write(kind, place, by, thread=post.thread, post=post, user=author, reason=reason)
