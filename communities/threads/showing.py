"""What somebody sees of a thread: its posts, each as far as this very reader may read it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from communities import access, mentions
from communities.models import Attachment, Post, Thread
from communities.models.post import PER_PAGE
from communities.plain import plain_text
from communities.threads.cards import PageCard, cards_of
from core.markdown import rendered

LONGEST_EXCERPT = 280
# Reading Markdown costs more than everything else on the page; the text itself is the key.
html_of = lru_cache(maxsize=1024)(rendered)


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


def page_of(thread: Thread, user: Any, wanted: int, last: int) -> ThreadPage:
    """Return a page of a thread, the nearest one where it has none of this number."""
    count = max(1, -(-last // PER_PAGE))
    page = min(max(1, wanted), count)
    numbers = (page - 1) * PER_PAGE + 1, page * PER_PAGE
    posts = readable(thread, user).filter(number__range=numbers).order_by("number")
    return ThreadPage(page, count, shown(list(posts), thread, user), last)


def last_number(thread: Thread, user: Any) -> int:
    """Return the number of the last post of a thread that this reader may read."""
    numbers = access.posts_for(user).filter(thread=thread).order_by("-number")
    return numbers.values_list("number", flat=True).first() or 1


def readable(thread: Thread, user: Any) -> QuerySet[Post]:
    """Return the posts of a thread that this reader may read, with who signed and is called."""
    posts = access.posts_for(user).filter(thread=thread)
    posts = posts.select_related("author", "institution", "hiding")
    return posts.prefetch_related("mentions__user")


def shown(posts: Sequence[Post], thread: Thread, user: Any) -> list[PostShown]:
    """Return posts of one thread as this reader sees them, in so many queries however many."""
    for post in posts:
        post.thread = thread
    members = access.may_see_members(user, thread.community)
    quoted, files, cards = _quoted(posts, thread, user), _files(posts), cards_of(posts, user)
    return [
        PostShown(
            post=post,
            html=text_of(post, members),
            name=post.author.get_full_name() if members and post.author else "",
            called=_called(post) if members else [],
            quoted=quoted.get(post.pk),
            files=files.get(post.pk, []),
            cards=cards.get(post.pk, []),
            may_edit=access.may_edit(user, post),
            may_take_back=access.may_take_back(user, post),
        )
        for post in posts
    ]


def text_of(post: Post, members: bool) -> SafeString:
    """Return the text of a post as HTML; who is called stands out for members alone."""
    change = mentions.marked if members else mentions.unnamed
    return change(html_of(post.text), mentions.called_in(post))


def quotation(post: Post, members: bool) -> Quoted:
    """Return the beginning of a post that this reader may read."""
    text = post.text if members else mentions.without_names(post.text, mentions.called_in(post))
    return Quoted(post.number, Truncator(plain_text(text)).chars(LONGEST_EXCERPT), post)


def quotation_in(thread: Thread, post: Post | None, user: Any) -> Quoted | None:
    """Return the beginning of a post of a thread that was read for this reader."""
    return quotation(post, access.may_see_members(user, thread.community)) if post else None


def answer_of(thread: Thread, user: Any) -> Quoted | None:
    """Return the post that answers a thread, where this reader may read it."""
    if thread.answer_id is None:
        return None
    answers = readable(thread, user).filter(pk=thread.answer_id, withdrawn_at=None)
    return quotation_in(thread, answers.first(), user)


def _called(post: Post) -> list[str]:
    return [name for name in mentions.called_in(post) if f"@{name}" not in post.text]


def _quoted(posts: Sequence[Post], thread: Thread, user: Any) -> dict[int, Quoted]:
    """Return {id of a post: what it quotes}; hidden, held and taken back posts say nothing."""
    wanted = {post.quoted_id for post in posts if post.quoted_id and post.withdrawn_at is None}
    if not wanted:
        return {}
    members = access.may_see_members(user, thread.community)
    told = {
        row.pk: quotation(row, members)
        for row in readable(thread, user).filter(pk__in=wanted, withdrawn_at=None)
    }
    silent = Post.objects.filter(pk__in=wanted - told.keys(), thread=thread)
    told |= {pk: Quoted(number) for pk, number in silent.values_list("pk", "number")}
    return {post.pk: told[post.quoted_id] for post in posts if post.quoted_id in told}


def _files(posts: Sequence[Post]) -> dict[int, list[Attachment]]:
    standing = [post.pk for post in posts if post.withdrawn_at is None]
    found: dict[int, list[Attachment]] = {}
    # What was read from a file is long, and not shown here.
    for file in Attachment.objects.filter(post__in=standing).defer("sections"):
        found.setdefault(file.post_id or 0, []).append(file)
    return found
