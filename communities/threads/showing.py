"""What somebody sees of a thread: its posts, each as far as this very reader may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import F, Prefetch, QuerySet, Subquery
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from communities import access, mentions
from communities.models import Attachment, Mention, Post, Thread
from communities.models.post import PER_PAGE
from communities.plain import plain_text
from communities.threads.cards import PageCard, cards_of
from communities.threads.linked import linked
from core.markdown import rendered

LONGEST_EXCERPT = 280


@lru_cache(maxsize=1024)
def html_of(text: str) -> SafeString:
    """Return a text as HTML; read once, as that costs more than all else on a page."""
    return linked(rendered(text))


@dataclass(frozen=True)
class Quoted:
    """A post that another one quotes; without words where this reader may not read them."""

    number: int
    excerpt: str = ""
    post: Post | None = None


@dataclass(frozen=True)
class PostShown:
    """One post as this reader sees it."""

    post: Post
    html: SafeString
    name: str = ""  # of the author, for those who may know it
    called: list[str] = field(default_factory=list)  # names that do not stand in the text
    quoted: Quoted | None = None
    files: list[Attachment] = field(default_factory=list)
    cards: list[PageCard] = field(default_factory=list)
    may_edit: bool = False
    may_take_back: bool = False


@dataclass(frozen=True)
class ThreadPage:
    """One page of a thread: the posts with the numbers that belong there for everybody."""

    number: int
    count: int
    posts: list[PostShown]
    last: int  # the number of the last post that this reader may read
    answer: Quoted | None


def page_of(thread: Thread, user: Any, wanted: int) -> ThreadPage:
    """Return a page of a thread, the nearest one where it has none of this number."""
    number, posts = wanted, _posts_on(wanted, thread, user)
    last: int = posts[0].last if posts else last_number(thread, user)  # type: ignore[attr-defined]
    count = page_with(last)
    if number > count:
        number, posts = count, _posts_on(count, thread, user)
    known = {post.pk: post for post in posts}
    wanted_too = {post.quoted_id for post in posts} | {thread.answer_id}
    if missing := {pk for pk in wanted_too if pk} - known.keys():
        known |= {post.pk: post for post in readable(thread, user).filter(pk__in=missing)}
    members = access.may_see_members(user, thread.community)
    answer = known.get(thread.answer_id or 0)
    return ThreadPage(
        number,
        count,
        shown(posts, thread, user, known),
        last,
        quotation(answer, members) if answer and answer.withdrawn_at is None else None,
    )


def page_with(number: int) -> int:
    """Return the page on which a number stands."""
    return max(1, -(-number // PER_PAGE))


def _posts_on(page: int, thread: Thread, user: Any) -> list[Post]:
    """Return the posts of a page, each with the number that it quotes and the thread's last one."""
    numbers = (page - 1) * PER_PAGE + 1, page * PER_PAGE
    posts = readable(thread, user).filter(number__range=numbers).order_by("number")
    last = _newest_first(thread, user).values("number")[:1]
    return list(posts.annotate(last=Subquery(last), quoted_number=F("quoted__number")))


def last_number(thread: Thread, user: Any) -> int:
    """Return the number of the last post of a thread that this reader may read."""
    return _newest_first(thread, user).values_list("number", flat=True).first() or 1


def _newest_first(thread: Thread, user: Any) -> QuerySet[Post]:
    return access.posts_for(user).filter(thread=thread).order_by("-number")


def readable(thread: Thread, user: Any) -> QuerySet[Post]:
    """Return the posts of a thread that this reader may read, with who signed and is called."""
    posts = access.posts_for(user).filter(thread=thread)
    called = Prefetch("mentions", Mention.objects.select_related("user"))
    return posts.select_related("author", "institution", "hiding").prefetch_related(called)


def shown(
    posts: Sequence[Post], thread: Thread, user: Any, known: Mapping[int, Post]
) -> list[PostShown]:
    """Return posts of one thread as this reader sees them, in so many queries however many.

    `known`: the posts that they quote, by id, as far as this reader may read them.
    """
    for post in posts:
        post.thread = thread
    members = access.may_see_members(user, thread.community)
    files, cards = _files(posts), cards_of(posts, user)
    return [
        PostShown(
            post=post,
            html=text_of(post, members),
            name=post.author.get_full_name() if members and post.author else "",
            called=_called(post) if members else [],
            quoted=_quoted(post, known, members),
            files=files.get(post.pk, []),
            cards=cards.get(post.pk, []),
            may_edit=access.may_edit(user, post),
            may_take_back=access.may_take_back(user, post),
        )
        for post in posts
    ]


def alone(post: Post, user: Any) -> PostShown:
    """Return one post as this reader sees it on a page of its own."""
    quoted = readable(post.thread, user).filter(pk=post.quoted_id or 0)
    return shown([post], post.thread, user, {each.pk: each for each in quoted})[0]


def text_of(post: Post, members: bool) -> SafeString:
    """Return the text of a post as HTML; who is called stands out for members alone."""
    change = mentions.marked if members else mentions.unnamed
    return change(html_of(post.text), mentions.called_in(post))


def quotation(post: Post, members: bool) -> Quoted:
    """Return the beginning of a post that this reader may read."""
    text = post.text if members else mentions.without_names(post.text, mentions.called_in(post))
    return Quoted(post.number, Truncator(plain_text(text)).chars(LONGEST_EXCERPT), post)


def _called(post: Post) -> list[str]:
    return [name for name in mentions.called_in(post) if f"@{name}" not in post.text]


def _quoted(post: Post, known: Mapping[int, Post], members: bool) -> Quoted | None:
    """Return what a post quotes; hidden, held and taken back posts say nothing."""
    if not post.quoted_id or post.withdrawn_at is not None:
        return None
    said = known.get(post.quoted_id)
    if said is not None and said.withdrawn_at is None:
        return quotation(said, members)
    number = getattr(post, "quoted_number", None)
    return Quoted(number or (post.quoted.number if post.quoted else 0))


def _files(posts: Sequence[Post]) -> dict[int, list[Attachment]]:
    standing = [post.pk for post in posts if post.withdrawn_at is None]
    found: dict[int, list[Attachment]] = {}
    # What was read from a file is long, and not shown here.
    for file in Attachment.objects.filter(post__in=standing).defer("sections"):
        found.setdefault(file.post_id or 0, []).append(file)
    return found
