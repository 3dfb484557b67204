"""Links in a post that lead to pages of this site."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

# Linear in the length of the text: no part of it can be read in two ways.
_ADDRESS = re.compile(
    r"https?://[^\s<>\"'()\[\]]{1,500}|(?<![^\s(<])/[a-z]{1,2}/[^\s<>\"'()\[\]]{1,400}"
)
MOST = 10


def pages_in(text: str) -> list[int]:
    """Return the ids of the pages that a text links to, at most ten, in their order.

    Known are permanent addresses (/p/<id>/) and the pages' own, on this host or without one. Who
    may open them is not asked here: that is decided for each reader.
    """
    own = urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc
    found: dict[int, None] = {}
    for match in _ADDRESS.finditer(text):
        address = urlsplit(match[0].rstrip(".,;:!?"))
        if address.netloc and address.netloc != own:
            continue
        page = _page_at(address.path)
        if page:
            found[page] = None
        if len(found) >= MOST:
            break
    return list(found)


def _page_at(path: str) -> int | None:
    permanent = re.fullmatch(r"/p/(\d{1,9})/?", path)
    if permanent:
        return Page.objects.filter(pk=int(permanent[1])).values_list("pk", flat=True).first()
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return None
    language, _slash, rest = path.strip("/").partition("/")
    home = Page.objects.filter(
        translation_key=site.root_page.translation_key, locale__language_code=language
    ).first()
    if home is None or not rest:
        return None
    wanted = f"{home.url_path}{rest.strip('/')}/"
    return Page.objects.filter(url_path=wanted).values_list("pk", flat=True).first()
