"""The skeleton of the site: home and index pages in four languages."""

from typing import Any

from django.conf import settings
from wagtail.models import Page, Site

from config.seeding.pages import existing, locale, publish
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
    home = HomePage.objects.get(external_id="home", locale=locale("en"))
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": "localhost",
            "port": 80,
            "root_page": home,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )
    # The page that Wagtail's first migration makes; nobody has written on it.
    for welcome in Page.objects.filter(depth=2, slug="home", content_type__model="page"):
        welcome.delete()


def _page(
    model: type[BasePage],
    name: str,
    language: str,
    parent: Page,
    words: dict[str, dict[str, Any]],
    in_menus: bool = True,
) -> BasePage:
    page = existing(model, name, language)
    if page:
        return page
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
