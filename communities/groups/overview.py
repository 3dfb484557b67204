"""The list of communities as one reader may see it, with what was said last in those they read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.text import Truncator

from communities import access
from communities.models import Community, Invitation, JoinRequest, Post, Thread

RECENT = timedelta(days=7)
SHOWN_POSTS = 2
# Of so many threads the last posts are looked at: some may be hidden from the reader.
LOOKED_AT = 8
LONGEST_LEAD = 300


@dataclass
class Entry:
    """One community in the list; `posts` and `new` only of those that the reader may read."""

    community: Community
    is_in: bool = False
    facilitates: bool = False
    may_read: bool = False
    invitation: Invitation | None = None
    has_asked: bool = False
    posts: Sequence[Post] = field(default_factory=tuple)
    new: int = 0  # posts of the last seven days
    waiting: int = 0  # requests to join, for those who facilitate

    @property
    def lead(self) -> str:
        """What it is for, in its first paragraph."""
        paragraph = self.community.purpose.strip().partition("\n")[0]
        return Truncator(paragraph).chars(LONGEST_LEAD)

    @property
    def group(self) -> str:
        """Where in the list it stands: invited, own, public, members or private."""
        if self.is_in:
            return "own"
        return "invited" if self.invitation else str(self.community.visibility)


# In this order; "private" are those that only the secretariat and those in it know of.
GROUPS = ("invited", "own", "public", "members", "private")


def known_to(user: Any) -> list[Community]:
    """Return the communities that somebody may know of, by name."""
    return list(access.communities_for(user))


def narrowed(communities: Iterable[Community], chosen: Mapping[str, str]) -> list[Community]:
    """Keep the communities that have all that was chosen."""

    def fits(each: Community) -> bool:
        return (
            chosen.get("kind", "") in ("", each.kind)
            and chosen.get("region", "") in ("", each.region)
            and (not chosen.get("topic") or chosen["topic"] in each.themes)
            and (not chosen.get("language") or chosen["language"] in each.languages)
        )

    return [each for each in communities if fits(each)]


def entries(user: Any, communities: Iterable[Community]) -> list[Entry]:
    """Return the entries of a list, own ones first; the same few queries for any number."""
    mine = access.memberships_of(user)
    invited = {row.community_id: row for row in access.open_invitations(user)}
    asked = _asked_by(user)
    found = [
        Entry(
            each,
            is_in=each.pk in mine,
            facilitates=each.pk in mine and mine[each.pk].is_facilitator,
            may_read=access.may_read(user, each),
            invitation=invited.get(each.pk),
            has_asked=each.pk in asked,
        )
        for each in communities
    ]
    return sorted(found, key=lambda entry: GROUPS.index(entry.group))


def add_what_is_new(user: Any, shown: Sequence[Entry]) -> None:
    """Put the last posts, and how many are new, into the entries that the reader may read."""
    readable = {entry.community.pk: entry for entry in shown if entry.may_read}
    posts = access.posts_for(user).filter(withdrawn_at=None)
    for post in _last(posts, readable):
        entry = readable[post.thread.community_id]
        post.thread.community = entry.community
        if len(entry.posts) < SHOWN_POSTS:
            entry.posts = (*entry.posts, post)
    since = timezone.now() - RECENT
    recent = posts.filter(created_at__gte=since, thread__community__in=readable)
    for pk, number in _counted(recent, "thread__community"):
        readable[pk].new = number
    leading = [entry.community.pk for entry in shown if entry.facilitates]
    waiting = JoinRequest.objects.filter(community__in=leading, state=JoinRequest.State.OPEN)
    for pk, number in _counted(waiting, "community"):
        readable[pk].waiting = number


def _last(posts: QuerySet[Post], communities: Iterable[int]) -> list[Post]:
    """Return the posts of the threads that were written in last, the newest first."""
    order = F("last_post_at").desc()
    place = Window(RowNumber(), partition_by="community_id", order_by=order)
    threads = Thread.objects.filter(community__in=list(communities), last_post_at__isnull=False)
    latest = threads.annotate(place=place).filter(place__lte=LOOKED_AT).order_by()
    newest = Window(RowNumber(), partition_by="thread_id", order_by=F("pk").desc())
    found = posts.filter(thread__in=list(latest.values_list("pk", flat=True)))
    found = found.annotate(place=newest).filter(place=1)
    return list(found.select_related("thread", "institution").order_by("-pk"))


def _counted(rows: QuerySet[Any], name: str) -> Iterable[tuple[int, int]]:
    counted = rows.order_by().values(name).annotate(number=Count("pk"))
    return counted.values_list(name, "number")


def _asked_by(user: Any) -> set[int]:
    if not getattr(user, "is_authenticated", False):
        return set()
    mine = JoinRequest.objects.filter(user_id=user.pk, state=JoinRequest.State.OPEN)
    return set(mine.values_list("community_id", flat=True))
