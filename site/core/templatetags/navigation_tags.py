"""Where the reader is and where else to go: menu, languages, trail, pages of a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.template.context import RequestContext
from django.urls import translate_url
from django.utils.translation import get_language, get_language_from_path, get_language_info
from wagtail.models import Page, Site

from core.models import BasePage
from core.places import site_of
from core.surroundings import pages_around
from core.visibility import PUBLIC, SIGNED_IN

register = template.Library()


@dataclass(frozen=True)
class Link:
    """A place to go; `current` when the reader is there or below it."""

    title: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Menu:
    """The site's own pages of the first level, in the reader's language."""

    home: str
    main: list[Link]
    footer: list[Link]


@dataclass(frozen=True)
class LanguageLink:
    """The same place in another language; not `exact`: the nearest place that exists there."""

    code: str
    name: str  # in the language itself
    url: str
    current: bool
    exact: bool


@register.simple_tag(takes_context=True)
def site_menu(context: RequestContext) -> Menu:
    """Return the menu: pages below the home page, those not in menus for the footer."""
    request: HttpRequest | None = context.get("request")
    site = site_of(request) if request else None
    if request is None or site is None:
        return Menu("/", [], [])
    around = pages_around(request, context.get("page"), site)
    home = _home(context.get("page"), site, around)
    above = {home.path, site.root_page.path}
    children = [page for page in around if page.path[: -page.steplen] in above]
    here = {page.translation_key for page in children if page.locale_id == home.locale_id}
    # Pages that nobody has translated yet are better than none.
    children = [
        page
        for page in children
        if page.locale_id == home.locale_id
        or (page.translation_key not in here and not (here and page.show_in_menus))
    ]
    links = [
        (page.show_in_menus, _link(page, request))
        for page in children
        if page.get_url(request=request)
    ]
    return Menu(
        home=home.get_url(request=request) or "/",
        main=[link for in_menu, link in links if in_menu],
        footer=[link for in_menu, link in links if not in_menu],
    )


def _home(page: object, site: Site, around: list[Page]) -> Page:
    """Return the home page above the page shown, else that of the reader's language."""
    path = page.path if isinstance(page, BasePage) and page.pk else ""
    homes = [each for each in around if each.translation_key == site.root_page.translation_key]
    own = (each for each in homes if path.startswith(each.path))
    same_language = (each for each in homes if each.locale.language_code == get_language())
    return next(own, None) or next(same_language, site.root_page)


def _link(page: Page, request: HttpRequest) -> Link:
    url = page.get_url(request=request)
    return Link(page.title, url, current=request.path.startswith(url))


@register.simple_tag(takes_context=True)
def trail(context: RequestContext) -> list[Link]:
    """Return the pages above the page shown, from the home page down, without itself."""
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, BasePage) or not page.pk:
        return []
    return [Link(each.title, each.get_url(request=request) or "/") for each in page.lineage]


@register.simple_tag(takes_context=True)
def language_links(context: RequestContext) -> list[LanguageLink]:
    """Return a link for each language of the site, in the order of the settings."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return []
    page = context.get("page")
    found = _page_addresses(page, request) if isinstance(page, BasePage) and page.pk else {}
    here = get_language()
    links = []
    for code, _name in settings.LANGUAGES:
        url, exact = found.get(code) or _same_view(request, code)
        own_name = get_language_info(code)["name_local"]
        links.append(LanguageLink(code, _capital(own_name), url, code == here, exact))
    return links


@register.simple_tag(takes_context=True)
def way_back(context: RequestContext) -> str:
    """Return the address to come back to after logging in; "" outside the languages."""
    request: HttpRequest | None = context.get("request")
    if request is None or not get_language_from_path(request.path):
        return ""
    return request.get_full_path()


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _same_view(request: HttpRequest, code: str) -> tuple[str, bool]:
    """Return this view's address in a language; views outside the languages lead home."""
    path = request.get_full_path()
    url = translate_url(path, code)
    if url.startswith(f"/{code}/"):
        return url, True
    return f"/{code}/", False


def _page_addresses(page: BasePage, request: HttpRequest) -> dict[str, tuple[str, bool]]:
    """Return {language: (address, exact)} of the page, else of its nearest translated ancestor."""
    site = site_of(request)
    around = pages_around(request, page, site) if site else []
    chain = [page, *reversed(page.lineage)]
    nearness = {each.translation_key: step for step, each in enumerate(chain)}
    best: dict[str, tuple[int, Page]] = {}
    for version in around:
        if version.translation_key not in nearness:
            continue
        step = nearness[version.translation_key]
        code = version.locale.language_code
        if code not in best or step < best[code][0]:
            best[code] = (step, version)
    return {
        code: (version.get_url(request=request) or f"/{code}/", step == 0)
        for code, (step, version) in best.items()
    }


@register.simple_tag(takes_context=True)
def readers(context: RequestContext) -> str:
    """Return who can see the page shown: "public", "signed-in", or the names of groups."""
    page = context.get("page")
    if not isinstance(page, Page) or not page.pk:
        return PUBLIC
    restrictions = list(page.get_view_restrictions())
    if not restrictions:
        return PUBLIC
    groups = Group.objects.filter(pageviewrestriction__in=restrictions).order_by("name").distinct()
    return ", ".join(groups.values_list("name", flat=True)) or SIGNED_IN


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: RequestContext, number: int, count: int) -> dict[str, Any]:
    """Show links to the pages of a list: page `number` of `count`, both from 1."""
    return {
        "request": context["request"],
        "number": number,
        "count": count,
        "numbers": list(shown_numbers(number, count)),
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if number < count else None,
    }


def shown_numbers(number: int, count: int) -> Iterator[int | None]:
    """Yield the first, the last and the pages around this one; `None` stands for a gap."""
    last = 0
    for each in range(1, count + 1):
        if each in (1, count) or abs(each - number) <= 1:
            if each - last == 2:
                yield each - 1
            elif each - last > 2:
                yield None
            yield each
            last = each
