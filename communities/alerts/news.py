"""What is new under what somebody follows and the searches that they have saved.

Documents are new by their number, citations and adaptations by not having been told: no clock
decides, so that nothing is told twice and nothing is passed over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import get_language

from communities.alerts import following, lines
from communities.alerts.lines import Line
from communities.models import Follow
from search import encoders, engine, layers, sources
from search.asking import Search
from search.encoders import EncoderUnavailableError
from search.filters import Filters
from search.models import SavedSearch, last_document, waiting_for
from search.saved import address_of, search_of
from search.viewer import Viewer
from users.models import User

SEARCH, FOLLOW = "search", "follow"
# What members say and keep is told by community; it does not come a second time by its country.
OF_COMMUNITIES = {"thread", "post", "attachment", "decision", "event"}
MOST_KEPT = 50  # keys under one follow or search
MOST_SHOWN = 5


@dataclass(frozen=True)
class Found:
    """What is new under one saved search or follow, the last first; until which document."""

    kind: str
    pk: int
    keys: tuple[str, ...]
    until: int = 0

    def told(self) -> list[object]:
        """Return it as JSON; no title and no text is in it."""
        return [self.kind, self.pk, list(self.keys)]

    @classmethod
    def read(cls, told: Sequence[object]) -> "Found":
        """Return what `told` wrote."""
        kind, pk, keys = told
        return cls(str(kind), int(str(pk)), tuple(map(str, keys)))  # type: ignore[call-overload]


@dataclass
class Heap:
    """What is new under one thing, to be shown."""

    name: str
    url: str
    kind: str  # "search" or a kind of follow
    language: str
    lines: list[Line] = field(default_factory=list)
    more: int = 0

    @property
    def total(self) -> int:
        """How much there is, shown or not."""
        return len(self.lines) + self.more


def gather(user: User) -> list[Found]:
    """Return what is new for somebody; also where nothing is, so that it can be marked.

    Raises `search.caches.PreparingError` while there is no index.
    """
    language, until = user.language or get_language() or "en", known_until()
    searches = list(SavedSearch.objects.filter(user=user))
    follows = list(Follow.objects.filter(user=user).exclude(kind=Follow.Kind.THREAD))
    terms = [follow for follow in follows if follow.kind in following.FACETS]
    # What is there already when something is first looked at is not news.
    asked = [(search_of(row), _or(row.seen_document, until)) for row in searches]
    asked += [(search_of_follow(row), _or(row.seen.get("document"), until)) for row in terms]
    new = engine.added(asked, Viewer.of(user), language, until)
    rows = [(SEARCH, row.pk) for row in searches] + [(FOLLOW, row.pk) for row in terms]
    found = [
        Found(kind, pk, tuple(key for _number, key in keys)[:MOST_KEPT], max(after, until))
        for (kind, pk), (_search, after), keys in zip(rows, asked, new, strict=True)
    ]
    practices = following.about_practices(follows, user)
    for follow in follows:
        told = set(follow.seen.get("told", ()))
        keys = [key for key in practices.get(follow.pk, ()) if key not in told]
        if keys:
            found.append(Found(FOLLOW, follow.pk, tuple(keys[:MOST_KEPT])))
    return found


def _or(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else number


def mark(found: Iterable[Found]) -> None:
    """Write down, in this transaction, that somebody has been told of all this."""
    for each in found:
        if each.kind == SEARCH:
            rows = SavedSearch.objects.filter(pk=each.pk)
            rows.update(seen_document=each.until, seen_at=timezone.now())
        elif follow := Follow.objects.filter(pk=each.pk).first():
            if follow.kind == Follow.Kind.PRACTICE:
                told = [*follow.seen.get("told", ()), *each.keys]
                follow.seen = {"told": list(dict.fromkeys(told))}
            else:
                follow.seen = {"document": each.until}
            follow.save(update_fields=["seen"])


def known_until() -> int:
    """Return the number of the last document that search knows by its meaning, too.

    What waits for the encoder is news when it can be found.
    """
    last = last_document()
    if not layers.on("meaning"):
        return last
    try:
        waiting = waiting_for(encoders.current().fingerprint)
    except EncoderUnavailableError:
        return last
    first = waiting.aggregate(first=Min("document_id"))["first"]
    return min(last, first - 1) if first else last


def search_of_follow(follow: Follow) -> Search:
    """Return the search that a followed country or topic stands for."""
    kinds = tuple(sorted({source.name for source in sources.every()} - OF_COMMUNITIES))
    facet = following.FACETS[Follow.Kind(follow.kind)]
    return Search(filters=Filters(kind=kinds, **{facet: (follow.code,)}))


def heaps(user: User, found: Iterable[Found], told: set[str], language: str) -> list[Heap]:
    """Return what was found as somebody may see it now, but for what they are told elsewhere."""
    fresh = [each for each in found if each.keys]
    keys = {key for each in fresh for key in each.keys if key not in told}
    shown = lines.of(keys, user, language)
    searches = SavedSearch.objects.filter(user=user).in_bulk(
        [each.pk for each in fresh if each.kind == SEARCH]
    )
    follows = Follow.objects.filter(user=user).in_bulk(
        [each.pk for each in fresh if each.kind == FOLLOW]
    )
    names = following.names(follows.values(), user, language)
    made, once = [], set(told)
    for each in fresh:
        here = [shown[key] for key in each.keys if key in shown and key not in once]
        heap = None
        if each.kind == SEARCH and (saved := searches.get(each.pk)):
            heap = Heap(saved.name, address_of(saved), SEARCH, "")
        elif each.kind == FOLLOW and (name := names.get(each.pk)):
            heap = Heap(name.label, name.url, follows[each.pk].kind, name.language)
        if heap and here:
            heap.lines, heap.more = here[:MOST_SHOWN], max(0, len(here) - MOST_SHOWN)
            once |= set(each.keys)
            made.append(heap)
    return made
