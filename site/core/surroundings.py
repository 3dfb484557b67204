"""The pages around what is shown, for menu, trail and languages: one query for all of them."""

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, Site

from core.models import BasePage
from core.visibility import live_public


def pages_around(request: HttpRequest, page: object, site: Site) -> list[Page]:
    """Return, of those that everyone may open and in the order of the tree, the pages around one.

    These are its ancestors, the versions of it and of them in all languages, and of the site the
    first pages and what stands right below them; for a view that shows no page, only these. Read
    once in a request; the trail of the page is known from then on.
    """
    shown = page if isinstance(page, BasePage) and page.pk else None
    kept: dict[int | None, list[Page]] = request.__dict__.setdefault("_pages_around", {})
    key = shown.pk if shown else None
    if key not in kept:
        kept[key] = _read(shown, site.root_page)
    if shown and "lineage" not in shown.__dict__:
        shown.lineage = [each for each in kept[key] if _is_above(each, shown)]
    return kept[key]


def _read(shown: BasePage | None, first: Page) -> list[Page]:
    around = Q(translation_key=first.translation_key) | Q(depth=first.depth + 1)
    if shown:
        paths = [shown.path[:end] for end in range(Page.steplen, len(shown.path) + 1, Page.steplen)]
        # The root of the tree is nobody's page, and translations of it are none of this one.
        chain = Page.objects.filter(path__in=paths, depth__gt=1)
        around |= Q(pk__in=chain.values("pk"))
        around |= Q(translation_key__in=chain.values("translation_key"))
    return list(live_public(Page.objects.filter(around)).select_related("locale").order_by("path"))


def _is_above(page: Page, shown: BasePage) -> bool:
    return page.pk != shown.pk and shown.path.startswith(page.path)
