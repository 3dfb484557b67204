"""Pages of this site that posts link to, as cards: for each reader those that they may open now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from communities.models import CitedPage, Post
from core.addresses import addresses_of
from core.visibility import audiences_of, live_for

# The types of pages that have a name of their own; all others are "page".
KINDS = {
    f"{kind}page": kind
    for kind in ("practice", "guidance", "indicator", "workshop", "country", "news")
}


@dataclass(frozen=True)
class PageCard:
    """A page in one line."""

    title: str
    url: str
    kind: str  # of core.templatetags.site_tags.KINDS
    language: str


def cards_of(posts: Sequence[Post], user: Any) -> dict[int, list[PageCard]]:
    """Return {id of a post: cards of what it cites and this reader may open}; two queries."""
    standing = [post.pk for post in posts if post.withdrawn_at is None]
    rows = list(CitedPage.objects.filter(post__in=standing).values_list("post_id", "page_id"))
    if not rows:
        return {}
    cited = Page.objects.filter(pk__in={page for _post, page in rows})
    pages = list(live_for(cited, audiences_of(user)).select_related("locale", "content_type"))
    addresses = addresses_of(pages)
    cards = {page.pk: _card(page, addresses[page.pk]) for page in pages}
    found: dict[int, list[PageCard]] = {}
    for post, page in rows:
        if page in cards:
            found.setdefault(post, []).append(cards[page])
    return found


def _card(page: Page, url: str) -> PageCard:
    kind = KINDS.get(page.content_type.model, "page")
    return PageCard(page.title, url, kind, page.locale.language_code)
