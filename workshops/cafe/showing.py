"""What is seen of a World Cafe, and what changes whenever anything of it does."""

import threading
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.visibility import live_public
from members.signed import fingerprint
from practices.models import PracticePage
from search.engine import find
from search.filters import Filters
from search.results import Hit
from search.viewer import Viewer
from workshops.cafe import rounds
from workshops.models import Challenge, Choice, Decision, Recommendation, Round, Workshop

# So many renderings of cards are kept in a process: of one challenge, in one language.
MOST_KEPT = 40
_made: dict[tuple[int, str, bool], tuple[str, SafeString]] = {}
_lock = threading.Lock()
NEAR, NEAR_KINDS = 5, ("practice", "building-block")
STANDING = Q(recommendations__withdrawn_at=None)


@dataclass(frozen=True)
class Clock:
    """The round under way, and how many seconds are left of it."""

    round: Round | None
    left: int = 0
    last: int = 0  # number of the last round

    @property
    def minutes(self) -> int:
        """The minutes that are left, begun ones counted."""
        return -(-self.left // 60)


def clock(workshop: Workshop) -> Clock:
    """Return where the rounds of a workshop are at this moment."""
    now = timezone.now()
    under_way = rounds.running(workshop, now)
    left = int((under_way.ends_at - now).total_seconds()) if under_way else 0
    last = under_way.number if under_way else rounds.last_number(workshop)
    return Clock(under_way, max(0, left), last)


def challenges_of(workshop: Workshop) -> list[Challenge]:
    """Return the challenges of a workshop, each with `cards` and `decided`; one query."""
    rows = workshop.challenges.filter(withdrawn_at=None).annotate(
        cards=Count("recommendations", filter=STANDING),
        decided=Count("recommendations", filter=STANDING & ~Q(recommendations__choice=Choice.OPEN)),
    )
    return list(rows.order_by("order", "pk"))


def cards_of(challenge: Challenge) -> list[Recommendation]:
    """Return the cards on a challenge with their decisions and `shown`, in three queries."""
    decisions = Prefetch("decisions", Decision.objects.order_by("-pk"))
    rows = challenge.recommendations.filter(withdrawn_at=None).select_related("institution")
    return with_practices(list(rows.order_by("pk").prefetch_related(decisions)))


def with_practices(cards: list[Recommendation]) -> list[Recommendation]:
    """Give each card `shown`: the practice that it names, if everybody may open that."""
    wanted = {card.practice_id for card in cards if card.practice_id}
    pages = live_public(PracticePage.objects.filter(pk__in=wanted)) if wanted else ()
    public = {page.pk: page for page in pages}
    for card in cards:
        card.shown = public.get(card.practice_id)  # type: ignore[attr-defined]
    return cards


def cards_part(challenge: Challenge, mark: str, chooses: bool) -> SafeString:
    """Return the cards on a challenge as HTML; made once for all phones that ask at this mark."""
    key = (challenge.pk, get_language() or "", chooses)
    with _lock:
        known = _made.get(key)
    if known and known[0] == mark:
        return known[1]
    told = {"cards": cards_of(challenge), "workshop": challenge.workshop, "chooses": chooses}
    html = mark_safe(render_to_string("workshops/cafe/_list.html", told))  # noqa: S308 - a template
    with _lock:
        _made.pop(key, None)
        _made[key] = (mark, html)
        while len(_made) > MOST_KEPT:
            _made.pop(next(iter(_made)))
    return html


def by_country(workshop: Workshop, challenge: Challenge | None) -> list[tuple[str, int]]:
    """Return how many cards each country has written, on a challenge or all; none left out."""
    rows = Recommendation.objects.filter(
        challenge__workshop=workshop, withdrawn_at=None, challenge__withdrawn_at=None
    )
    if challenge is not None:
        rows = rows.filter(challenge=challenge)
    written = Counter(rows.values_list("country", flat=True))
    codes = dict.fromkeys([*workshop.codes, *sorted(written)])
    if challenge is not None:
        codes.pop(challenge.about, None)
    return [(code, written[code]) for code in codes]


def near(request: HttpRequest, challenge: Challenge) -> list[Hit]:
    """Return the practices nearest to a challenge that this reader may open; none where none fits.

    What is comparable to the country of the challenge comes first.
    """
    asked = " ".join(filter(None, [challenge.title, challenge.ask, challenge.text[:400]]))
    found = find(
        asked,
        Viewer.asking(request),
        Filters(kind=NEAR_KINDS),
        country=challenge.about,
        limit=NEAR,
        language=get_language() or "en",
        verbatim=True,
    )
    return found.hits if found.relevant else []


def mark(workshop: Workshop, challenge: Challenge | None) -> str:
    """Return what is another one as soon as anybody would see anything else; few queries."""
    cards = Recommendation.objects.filter(challenge__workshop=workshop)
    if challenge is not None:
        cards = cards.filter(challenge=challenge)
    told = cards.aggregate(
        all=Count("pk"),
        gone=Count("pk", filter=Q(withdrawn_at__isnull=False)),
        newest=Max("pk"),
    )
    decided = Decision.objects.filter(card__challenge__workshop=workshop).aggregate(Max("pk"))
    asked = workshop.challenges.aggregate(Max("changed_at"), Count("withdrawn_at"), Count("pk"))
    under_way = rounds.running(workshop)
    ends = under_way.ends_at if under_way else rounds.last_number(workshop)
    # A practice that was closed meanwhile is named no more.
    named = cards.exclude(practice=None).values("practice")
    public = live_public(PracticePage.objects.filter(pk__in=named)).order_by("pk")
    shown = list(public.values_list("pk", flat=True))
    parts = [*told.values(), *decided.values(), *asked.values(), ends, workshop.closed_at, shown]
    return fingerprint(workshop.pk, challenge and challenge.pk, *parts)[:32]


def mark_for(mark: str, *who: Any) -> str:
    """Return the mark of what one reader sees, in their language."""
    return fingerprint(mark, get_language(), *who)[:32]


def unchanged(request: HttpRequest, etag: str) -> HttpResponse | None:
    """Return the answer to a phone that has this already, which is next to nothing."""
    found = get_conditional_response(request, etag=quote_etag(etag))
    return found if isinstance(found, HttpResponse) else None


def with_mark(response: HttpResponse, etag: str) -> HttpResponse:
    """Return a response that a phone can name when it asks again."""
    response["ETag"] = quote_etag(etag)
    return response
