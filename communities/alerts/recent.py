"""What a private feed holds: what the digest tells of, whether or not it was told already."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communities import access
from communities.alerts import following, lines, news
from communities.mailing.words import excerpt
from communities.models import Follow, Membership, Post, Quiet
from members.signing import signature
from search import engine
from search.caches import PreparingError
from search.models import SavedSearch
from search.saved import search_of
from search.viewer import Viewer
from users.models import User

MOST_POSTS = MOST_WORKS = 40
MOST_OF_EACH = 20
LONGEST_EXCERPT = 400  # characters
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Entry:
    """One thing in a feed; `url` is a path."""

    key: str
    title: str
    url: str
    summary: str
    at: datetime.datetime
    category: str


def entries(user: User) -> list[Entry]:
    """Return what is recent for somebody, as they may read it at this moment, newest first."""
    told = list(_posts(user))
    known = {entry.key for entry in told}
    told += [entry for entry in _works(user) if entry.key not in known]
    return sorted(told, key=lambda entry: entry.at, reverse=True)


def _posts(user: User) -> Iterator[Entry]:
    muted = Membership.objects.current().filter(user=user, muted=True).values("community_id")
    followed = Follow.objects.filter(user=user, kind=Follow.Kind.THREAD)
    threads = [int(code) for code in followed.values_list("code", flat=True)]
    posts = access.posts_to_tell(user)
    posts = posts.exclude(thread__in=Quiet.objects.filter(user=user).values("thread_id"))
    hushed = Post.objects.filter(thread__community__in=muted).exclude(thread__in=threads)
    posts = posts.exclude(pk__in=hushed.values("pk")).select_related(
        "thread__community", "institution"
    )
    for post in posts.order_by("-pk")[:MOST_POSTS]:
        title, is_first = post.thread.title, post.number == 1
        yield Entry(
            key=f"thread:{post.thread_id}" if is_first else f"post:{post.pk}",
            title=title if is_first else _("Re: %(title)s") % {"title": title},
            url=post.get_absolute_url(),
            summary=f"{signature(post)}: {excerpt(post, LONGEST_EXCERPT)}",
            at=post.edited_at or post.created_at,
            category=post.thread.community.name,
        )


def _works(user: User) -> Iterator[Entry]:
    """Yield what came last under each search and follow; one look into the database for all."""
    language = get_language() or "en"
    shown = lines.of(_keys(user, language), user, language)
    for line in shown.values():
        yield Entry(line.key, line.title, line.url, line.summary, line.changed or NEVER, line.kind)


def _keys(user: User, language: str) -> list[str]:
    follows = list(Follow.objects.filter(user=user).exclude(kind=Follow.Kind.THREAD))
    terms = [follow for follow in follows if follow.kind in following.FACETS]
    searches = [search_of(saved) for saved in SavedSearch.objects.filter(user=user)]
    searches += [news.search_of_follow(follow) for follow in terms]
    first = [
        key
        for keys in following.about_practices(follows, user).values()
        for key in keys[:MOST_OF_EACH]
    ]
    try:
        new = engine.added([(asked, 0) for asked in searches], Viewer.of(user), language)
    except PreparingError:
        new = []  # what members say is told all the same
    found = {key: number for keys in new for number, key in keys[:MOST_OF_EACH]}
    last_first = sorted(found, key=lambda key: found[key], reverse=True)
    return list(dict.fromkeys([*first, *last_first]))[:MOST_WORKS]
