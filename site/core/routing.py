"""The way from an address to a page: straight to it, instead of step by step from the home page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from core.models import BasePage
from core.places import roots_of, site_of
from core.visibility import audiences_of, live_for, restricted


class StraightToThePage:
    """Middleware: finds the page of an address by its whole path, where Wagtail looks first.

    To what this reader may not open the way is as long as to what is not there. No page here has
    addresses of its own below it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        """Find the page, if it is one that is asked for; in doubt Wagtail goes step by step."""
        if view is not serve:
            return
        found = _home_and_page(request, args[0] if args else kwargs.get("path", ""))
        if found:
            page = found[1] and _whole(found[1])
            request._wagtail_route_for_request = page and RouteResult(page)  # type: ignore[attr-defined]


def _home_and_page(request: HttpRequest, path: str) -> tuple[Page, Page | None] | None:
    """Return the home page of the language and the page at a path below it, if it is open."""
    home = _path_of_home(request)
    parts = [part for part in path.split("/") if part]
    wanted = "/".join([*parts, ""])
    pages = Page.objects.filter(url_path__in={home, f"{home}{wanted}"})
    pages = pages.annotate(is_restricted=restricted())
    found = {page.url_path: page for page in live_for(pages, audiences_of(request.user))}
    if home not in found:
        return None
    page = found.get(f"{home}{wanted}")
    return found[home], page if page and page.path.startswith(found[home].path) else None


def _path_of_home(request: HttpRequest) -> str:
    """Return the path of the site's home page in the language of the address, or ""."""
    site = site_of(request)
    mine = (root for root in roots_of(request) if site and root.site_id == site.pk)
    return next((root.root_path for root in mine if root.language_code == get_language()), "")


def _whole(page: Page) -> Page | None:
    """Return a page in its own type with what it is read with; None if it is gone meanwhile."""
    model: Any = page.specific_class or type(page)
    pages = model._default_manager.select_related(*getattr(model, "read_with", ()))
    found: Page | None = pages.filter(pk=page.pk).first()
    if isinstance(found, BasePage) and not page.is_restricted:
        found.know_unrestricted()
    return found
