"""What is seen of a World Cafe, and what changes whenever anything of it does."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language

from members.signed import fingerprint
from search.engine import find
from search.filters import Filters
from search.results import Hit
from search.viewer import Viewer
from workshops.cafe import rounds
from workshops.models import Challenge, Choice, Decision, Recommendation, Round, Workshop

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


def cards_of(challenge: Challenge, newest_first: bool = False) -> list[Recommendation]:
    """Return the cards on a challenge with their decisions, in two queries."""
    decisions = Prefetch("decisions", Decision.objects.order_by("-pk"))
    rows = challenge.recommendations.filter(withdrawn_at=None).select_related(
        "institution", "practice"
    )
    rows = rows.order_by("-pk" if newest_first else "pk")
    return list(rows.prefetch_related(decisions))


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


def mark(workshop: Workshop, challenge: Challenge | None, who: Any) -> str:
    """Return what is another one as soon as this reader would see anything else; two queries."""
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
    parts = [*told.values(), *decided.values(), *asked.values(), ends, workshop.closed_at]
    return fingerprint(get_language(), who, *parts)[:32]


def unchanged(request: HttpRequest, etag: str) -> HttpResponse | None:
    """Return the answer to a phone that has this already, which is next to nothing."""
    found = get_conditional_response(request, etag=quote_etag(etag))
    return found if isinstance(found, HttpResponse) else None


def with_mark(response: HttpResponse, etag: str) -> HttpResponse:
    """Return a response that a phone can name when it asks again."""
    response["ETag"] = quote_etag(etag)
    return response
