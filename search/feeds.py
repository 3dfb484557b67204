"""What is new, and what is new under any search, as an Atom feed (RFC 4287)."""

import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.asking import asked_filters
from search.cleaning import clean, one_line
from search.engine import find
from search.filters import Filters
from search.results import Hit
from search.viewer import ANYONE

MOST_ENTRIES = 50
# Of an empty feed: it must not look changed each time it is asked for.
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class _Feed(Atom1Feed):
    def latest_post_date(self) -> datetime.datetime:
        """Return when the newest entry changed."""
        return max((item["updateddate"] for item in self.items), default=NEVER)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """`GET ?q=&kind=&country=&...`: the newest first, and only what everybody may open.

    Whoever asks: readers of feeds keep and share what they are given.
    """
    query, filters = request.GET.get("q", ""), asked_filters(request)
    language = get_language() or "en"
    found = find(query, ANYONE, filters, limit=MOST_ENTRIES, language=language, sort="added")
    title = f"{settings.WAGTAIL_SITE_NAME}: {found.query or _('What is new')}"
    page = request.build_absolute_uri(f"{reverse('search')}{_question(found.query, filters)}")
    atom = _Feed(
        title=title,
        link=page,
        description="",
        language=language,
        feed_url=request.build_absolute_uri(),
    )
    for hit in found.hits:
        _add(atom, hit, request)
    response = HttpResponse(content_type=atom.content_type)
    atom.write(response, "utf-8")
    return response


def _question(query: str, filters: Filters) -> str:
    asked = [("q", query)] if query else []
    asked += [(facet, code) for facet, codes in filters.items() for code in codes]
    return f"?{urlencode(asked)}" if asked else ""


def _add(atom: Atom1Feed, hit: Hit, request: HttpRequest) -> None:
    card = hit.card
    atom.add_item(
        title=one_line(card.title),
        link=request.build_absolute_uri(card.url),
        description=clean(card.summary or hit.passage.text),
        # The same for ever, wherever the page moves (RFC 4151).
        unique_id=f"tag:{request.get_host().partition(':')[0]},2026:{hit.key}",
        updateddate=card.changed or NEVER,
        categories=[card.kind],
    )
