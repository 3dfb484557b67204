"""What stands in a digest: for one person, of what they may read at this moment."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import F
from django.utils.translation import get_language

from communities import access
from communities.alerts import news
from communities.alerts.news import Found, Heap
from communities.mailing import fitting, letters, words
from communities.models import Community, Follow, Membership, Notice, Post, Thread
from users.models import User

# What is beyond is counted, and stands on the site.
MOST_QUESTIONS, MOST_THREADS, MOST_POSTS = 5, 7, 3
LONGEST_EXCERPT = 280  # characters


@dataclass(frozen=True)
class Said:
    """One post, in short."""

    post: Post
    who: str
    excerpt: str


@dataclass
class ThreadNews:
    """What is new in one thread: its last posts in their order, and how many there are more."""

    thread: Thread
    said: list[Said]
    more: int
    unanswered: bool
    fits: tuple[str, ...] = ()  # labels of what it has in common with the reader

    @property
    def is_new(self) -> bool:
        """Whether the thread itself is news."""
        return self.said[0].post.number == 1


@dataclass
class CommunityNews:
    """What is new in one community, the newest thread first."""

    community: Community
    seen_by: str
    threads: list[ThreadNews]
    more: int  # threads beyond those
    mute: str = ""  # the address that leaves it out of the digest


@dataclass
class Counts:
    """How much of what there is, for the subject."""

    questions: int = 0
    answers: int = 0
    contributions: int = 0
    works: int = 0

    @classmethod
    def of(cls, posts: Sequence[Post], works: int) -> "Counts":
        """Count posts by what they are in their threads."""
        asked = [post for post in posts if post.thread.is_asked]
        questions = sum(post.number == 1 for post in asked)
        answers = len(asked) - questions
        return cls(questions, answers, len(posts) - len(asked), works)


@dataclass
class Digest:
    """A digest; falsy where there is nothing in it."""

    counts: Counts
    places: list[Community]  # where something was said
    questions: list[ThreadNews] = field(default_factory=list)  # unanswered, that fit the reader
    communities: list[CommunityNews] = field(default_factory=list)
    heaps: list[Heap] = field(default_factory=list)  # under what is followed and saved

    def __bool__(self) -> bool:
        return bool(self.questions or self.communities or self.heaps)


def of(user: User, notices: Iterable[int], found: Iterable[Found]) -> Digest:
    """Return the digest of these notices and of what was found, in the language that is active."""
    posts = posts_of(user, notices)
    told = {f"thread:{post.thread_id}" for post in posts} | {f"post:{post.pk}" for post in posts}
    heaps = news.heaps(user, found, told, get_language() or "en")
    threads = _followed_first(user, _by_thread(user, posts))
    # First what somebody waits for and this reader may know.
    fitting_ones = sorted(
        (each for each in threads if each.is_new and each.unanswered and each.fits),
        key=lambda each: -len(each.fits),
    )[:MOST_QUESTIONS]
    left = [each for each in threads if each not in fitting_ones]
    return Digest(
        counts=Counts.of(posts, sum(heap.total for heap in heaps)),
        places=list({post.thread.community_id: post.thread.community for post in posts}.values()),
        questions=fitting_ones,
        communities=_by_community(left),
        heaps=heaps,
    )


def posts_of(user: User, notices: Iterable[int]) -> list[Post]:
    """Return the posts of these notices that still are this person's business, newest first."""
    rows = list(Notice.objects.filter(pk__in=list(notices), user=user))
    muted = Membership.objects.current().filter(user=user, muted=True)
    only_news = [row.post_id for row in rows if row.reason == Notice.Reason.NEWS]
    posts = Post.objects.filter(pk__in=letters.allowed(user, rows))
    hushed = posts.filter(
        pk__in=only_news, thread__community__in=list(muted.values_list("community", flat=True))
    )
    posts = posts.exclude(pk__in=hushed.values("pk"))
    return list(posts.select_related("thread__community", "author", "institution").order_by("-pk"))


def _by_thread(user: User, posts: Sequence[Post]) -> list[ThreadNews]:
    """Return what is new by thread, the thread with the newest post first."""
    gathered: dict[int, list[Post]] = defaultdict(list)
    for post in posts:
        gathered[post.thread_id].append(post)
    answered = _answered(gathered)
    reader = fitting.Reader.of(user)
    found = []
    for pk, new in gathered.items():
        in_order = sorted(new, key=lambda post: post.number)
        thread, first = in_order[0].thread, in_order[0]
        waits = thread.is_asked and thread.answer_id is None and pk not in answered
        # A question that is new is shown, however much was said since.
        kept = in_order[-MOST_POSTS:]
        if first.number == 1 and first not in kept:
            kept = [first, *kept[1:]]
        fits = reader.shares(thread, first) if waits and first.number == 1 else ()
        said = [_said(post) for post in kept]
        found.append(ThreadNews(thread, said, len(new) - len(kept), waits, fits))
    return found


def _followed_first(user: User, threads: Sequence[ThreadNews]) -> list[ThreadNews]:
    followed = Follow.objects.filter(user=user, kind=Follow.Kind.THREAD)
    codes = set(followed.values_list("code", flat=True))
    return sorted(threads, key=lambda each: str(each.thread.pk) not in codes)


def _answered(threads: Iterable[int]) -> set[int]:
    """Return the threads in which somebody else than who asked has said something."""
    said = access.standing_posts().filter(thread__in=list(threads), number__gt=1)
    others = said.exclude(author=F("thread__author"))
    return set(others.values_list("thread_id", flat=True))


def _by_community(threads: Sequence[ThreadNews]) -> list[CommunityNews]:
    gathered: dict[int, list[ThreadNews]] = defaultdict(list)
    for each in threads:
        gathered[each.thread.community_id].append(each)
    return [
        CommunityNews(
            group[0].thread.community,
            words.seen_by(group[0].thread.community),
            group[:MOST_THREADS],
            max(0, len(group) - MOST_THREADS),
        )
        for group in gathered.values()
    ]


def _said(post: Post) -> Said:
    return Said(post, words.who(post), words.excerpt(post, LONGEST_EXCERPT))
