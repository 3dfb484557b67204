"""The discussions of a community: in order, narrowed, in the same few queries for any number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from communities import access
from communities.models import Community, Follow, Post, Thread

PER_PAGE = 25
# Each narrows to what the reader asks for; two of them need to know who reads.
WAITING, MINE, FOLLOWED = "waiting", "mine", "followed"
KINDS = [
    (Thread.Kind.QUESTION, _("Questions")),
    (Thread.Kind.CHALLENGE, _("Challenges")),
    (Thread.Kind.DISCUSSION, _("Discussions")),
    (Thread.Kind.NOTICE, _("Notices")),
]


@dataclass(frozen=True)
class Line:
    """One thread in the list; `last`: its last post that this reader may read."""

    thread: Thread
    posts: int  # that this reader may read
    last: Post | None
    answered: bool


@dataclass(frozen=True)
class Chosen:
    """What the list is narrowed to; "" where it is not."""

    kind: str
    only: str

    def __bool__(self) -> bool:
        return bool(self.kind or self.only)


def listed(request: HttpRequest, community: Community) -> dict[str, Any]:
    """Return what templates/communities/threads/_list.html shows: a page of the threads."""
    user = request.user
    chosen = chosen_in(request)
    threads = _narrowed(access.threads_for(user).filter(community=community), chosen, user)
    threads = threads.select_related("institution").order_by("-pinned", "-last_post_at", "-pk")
    page = Paginator(threads, PER_PAGE).get_page(request.GET.get("page"))
    signed_in = access.is_in(user, community)
    return {
        "lines": _lines(list(page.object_list), community, user),
        "page_of_threads": page,
        "chosen": chosen,
        "thread_kinds": KINDS,
        "only_choices": [WAITING, MINE, FOLLOWED] if signed_in else [WAITING],
    }


def chosen_in(request: HttpRequest) -> Chosen:
    """Return what an address narrows the list to; what it does not know counts as nothing."""
    kind, only = request.GET.get("kind", ""), request.GET.get("only", "")
    known = {WAITING, MINE, FOLLOWED} if request.user.is_authenticated else {WAITING}
    return Chosen(kind if kind in Thread.Kind.values else "", only if only in known else "")


def _narrowed(threads: QuerySet[Thread], chosen: Chosen, user: Any) -> QuerySet[Thread]:
    if chosen.kind:
        threads = threads.filter(kind=chosen.kind)
    if chosen.only == WAITING:
        asked = (Thread.Kind.QUESTION, Thread.Kind.CHALLENGE)
        threads = threads.filter(kind__in=asked, answer=None, closed_at=None)
    elif chosen.only == MINE:
        own = Post.objects.filter(thread=OuterRef("pk"), author_id=user.pk)
        threads = threads.filter(Q(author_id=user.pk) | Exists(own))
    elif chosen.only == FOLLOWED:
        followed = Follow.objects.filter(user_id=user.pk, kind=Follow.Kind.THREAD)
        codes = followed.values_list("code", flat=True)
        threads = threads.filter(pk__in=[int(code) for code in codes if code.isdecimal()])
    return threads


def _lines(threads: Sequence[Thread], community: Community, user: Any) -> list[Line]:
    """Return the lines of a page: two queries for what was said last in all of its threads."""
    for thread in threads:
        thread.community = community
    posts = access.posts_for(user).filter(withdrawn_at=None)
    rows = posts.filter(thread__in=[thread.pk for thread in threads]).order_by()
    counted = {
        pk: (count, last)
        for pk, count, last in rows.values("thread")
        .annotate(count=Count("pk"), last=Max("number"))
        .values_list("thread", "count", "last")
    }
    newest = Q(pk__in=[])
    for pk, (_number, last) in counted.items():
        newest |= Q(thread=pk, number=last)
    found = {post.thread_id: post for post in Post.objects.filter(newest)} if counted else {}
    answers = [thread.answer_id for thread in threads if thread.answer_id]
    answering = set(posts.filter(pk__in=answers).values_list("pk", flat=True)) if answers else set()
    return [
        Line(
            thread,
            counted.get(thread.pk, (0, 0))[0],
            found.get(thread.pk),
            thread.answer_id in answering,
        )
        for thread in threads
    ]
