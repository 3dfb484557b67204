"""Which site a request is for, and where its pages begin in each language.

Both change when an administrator says so, and are asked for at every page: they are kept until a
site, a language or a first page is saved.
"""

from copy import deepcopy
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Locale, Page, Site
from wagtail.models.sites import SiteRootPath, get_site_for_hostname

from vocabulary import stamp

# The root of the tree, and the first pages of its sites right below.
DEEPEST = 2


def site_of(request: HttpRequest) -> Site | None:
    """Return the site that a request is for; from then on Wagtail finds it there, too."""
    known = request.__dict__
    if "_wagtail_site" not in known:
        hostname, _port = split_domain_port(request.get_host())
        # Whatever name a stranger comes by, no more is kept than there are sites.
        asked = (hostname, request.get_port()) if hostname in _hostnames() else ("", "0")
        known["_wagtail_site"] = deepcopy(_site(*asked))
    roots_of(request)
    site: Site | None = known["_wagtail_site"]
    return site


def roots_of(request: HttpRequest) -> list[SiteRootPath]:
    """Return where the pages of each site and language begin, as Wagtail tells it."""
    known = request.__dict__
    if "_wagtail_cached_site_root_paths" not in known:
        known["_wagtail_cached_site_root_paths"] = list(_roots())
    roots: list[SiteRootPath] = known["_wagtail_cached_site_root_paths"]
    return roots


@stamp.until_places_change
def _site(hostname: str, port: str) -> Site | None:
    try:
        found: Site = get_site_for_hostname(hostname, port)
    except Site.DoesNotExist:
        return None
    return found


@stamp.until_places_change
def _hostnames() -> frozenset[str]:
    return frozenset(Site.objects.values_list("hostname", flat=True))


@stamp.until_places_change
def _roots() -> list[SiteRootPath]:
    found: list[SiteRootPath] = Site.get_site_root_paths()
    return found


def connect() -> None:
    """Follow what sites, languages and first pages become; called once when the app is ready."""
    for signal in (post_save, post_delete):
        for model in (Site, Locale):
            signal.connect(_follow, sender=model, dispatch_uid=f"places-{model.__name__}")
        signal.connect(_follow_first_pages, dispatch_uid="places-first-pages")


def _follow(**_signal: Any) -> None:
    stamp.touch(stamp.PLACES)


def _follow_first_pages(sender: type[Any], instance: Any, raw: bool = False, **more: Any) -> None:
    if isinstance(instance, Page) and not raw and instance.depth and instance.depth <= DEEPEST:
        stamp.touch(stamp.PLACES)
