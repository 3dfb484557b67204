"""The skeleton of the site: home and index pages in four languages."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from config.seeding.pages import existing, is_new, locale, publish
from config.seeding.reading import listing
from core.models import BasePage
from countries.models import CountryIndexPage
from guidance.models import GuidanceIndexPage, IndicatorIndexPage
from pages.models import HomePage, NewsIndexPage
from practices.models import PracticeIndexPage
from workshops.models import WorkshopIndexPage

INDEXES: dict[str, type[BasePage]] = {
    "practices": PracticeIndexPage,
    "guidance": GuidanceIndexPage,
    "workshops": WorkshopIndexPage,
    "countries": CountryIndexPage,
    "news": NewsIndexPage,
}
# The host name that Wagtail gives its first site.
UNTOUCHED = "localhost"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def load_structure() -> None:
    """Make the home and index pages that are not there yet, and point the site at them."""
    words = listing("structure.yaml")
    root = Page.get_first_root_node()
    for language in LANGUAGES:
        home = _page(HomePage, "home", language, root, words["home"], in_menus=False)
        for name, model in INDEXES.items():
            index = _page(model, name, language, home, words["indexes"][name])
            if name == "guidance":
                indicators = words["indexes"]["indicators"]
                _page(IndicatorIndexPage, "indicators", language, index, indicators)
    home = existing(HomePage, "home", "en")
    if home:
        _point_site_at(home)


def _point_site_at(home: Page) -> None:
    """Let the default site begin here, unless somebody has already said where it begins."""
    # The page that Wagtail's first migration makes; nobody has written on it.
    welcome = Page.objects.filter(depth=2, slug="home", content_type__model="page").first()
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        site = Site(is_default_site=True, hostname=UNTOUCHED)
    elif site.root_page != welcome:
        return
    if site.hostname == UNTOUCHED:
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        site.hostname = address.hostname or UNTOUCHED
        site.port = address.port or (443 if address.scheme == "https" else 80)
    site.root_page = home
    site.site_name = site.site_name or settings.WAGTAIL_SITE_NAME
    site.save()
    if welcome:
        welcome.delete()


def _page(
    model: type[BasePage],
    name: str,
    language: str,
    parent: Page | None,
    words: dict[str, dict[str, Any]],
    in_menus: bool = True,
) -> BasePage | None:
    if not is_new(model, name, language) or parent is None:
        return existing(model, name, language)
    page = model(
        external_id=name,
        locale=locale(language),
        show_in_menus=in_menus,
        slug=f"start-{language}" if model is HomePage else words[language]["slug"],
    )
    original = existing(model, name, "en")
    if original:
        page.translation_key = original.translation_key
    for field, text in words[language].items():
        setattr(page, field, text)
    publish(page, parent)
    return page
