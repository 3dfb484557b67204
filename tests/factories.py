"""Small pages for tests; what they say is invented and says so."""

from django.utils.text import slugify
from wagtail.models import Locale, Page, Site

from core.classification import PageCountry, PageTheme
from pages.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from practices.models import PracticeIndexPage, PracticePage
from reviewing.digest import text_digest
from reviewing.models import SignOff
from vocabulary.models import Country, Theme


def locale(code="en"):
    return Locale.objects.get_or_create(language_code=code)[0]


def home(language="en"):
    """The home page of a language; made, with the site, where there is none."""
    page = HomePage.objects.filter(locale__language_code=language).first()
    if page is None:
        page = HomePage(title="Home", slug=f"start-{language}", locale=locale(language))
        english = HomePage.objects.filter(locale__language_code="en").first()
        if english:
            page.translation_key = english.translation_key
        # A test whose commits are real leaves an empty database to the next of its kind.
        publish(page, Page.get_first_root_node() or Page.add_root(title="Root", slug="root"))
        if language == "en":
            Site.objects.update_or_create(is_default_site=True, defaults={"root_page": page})
    return page


def publish(page, parent):
    page.live = False
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    revision = page.save_revision()
    if isinstance(page, PracticePage) and page.owner_id:
        # What a test begins with has been signed off by somebody who did not write it.
        SignOff.objects.create(page=page, digest=text_digest(page))
    revision.publish()
    page.refresh_from_db()
    return page


def index(model, language="en"):
    page = model.objects.filter(locale__language_code=language).first()
    return page or publish(
        model(title=model.__name__, slug=slugify(model.__name__), locale=locale(language)),
        home(language),
    )


def practice(title="An invented practice", language="en", parent=None, draft=False, **fields):
    """A practice with what the template demands; `countries` and `themes` are codes."""
    countries, themes = fields.pop("countries", []), fields.pop("themes", [])
    page = PracticePage(
        title=title,
        slug=fields.pop("slug", slugify(title)),
        locale=locale(language),
        **{"condition_legal": "A law that allows sharing (invented).", **fields},
    )
    page.countries = [PageCountry(term=country(code)) for code in countries]
    page.themes = [PageTheme(term=theme(code)) for code in themes]
    parent = parent or index(PracticeIndexPage, language)
    if not draft:
        return publish(page, parent)
    page.live = False
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision()
    return page


def plain_page(title="An invented page", language="en", parent=None, **fields):
    page = StandardPage(title=title, slug=slugify(title), locale=locale(language), **fields)
    return publish(page, parent or home(language))


def news(title="Invented news", language="en", **fields):
    page = NewsPage(title=title, slug=slugify(title), locale=locale(language), **fields)
    return publish(page, index(NewsIndexPage, language))


def country(code, language="en"):
    return Country.objects.get_or_create(
        code=code,
        locale=locale(language),
        defaults={"label": code, "iso2": code[:2], "m49": "000"},
    )[0]


def theme(code, language="en"):
    return Theme.objects.get_or_create(
        code=code, locale=locale(language), defaults={"label": code.replace("-", " ")}
    )[0]
