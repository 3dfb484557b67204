import pytest
from django.test import Client

from core.templatetags.navigation_tags import shown_numbers
from pages.models import StandardPage
from tests.factories import home, index, locale, publish
from workshops.models import WorkshopIndexPage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("number", "count", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (3, 5, [1, 2, 3, 4, 5]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_the_pager_shows_the_ends_and_the_neighbours(number, count, shown):
    assert list(shown_numbers(number, count)) == shown


def plain_page(title, language="en", **fields):
    page = StandardPage(
        title=title, slug=fields.pop("slug", title.lower()), locale=locale(language), **fields
    )
    return publish(page, home(language))


def test_pages_below_home_stand_in_the_menu_or_in_the_footer():
    plain_page("Invented", show_in_menus=True)
    shown = plain_page("Privacy")

    html = Client().get(shown.url).content.decode()

    menu, footer = html.split('class="nav"')[1].split("</nav>")[0], html.split("<footer")[1]
    assert "Invented" in menu
    assert "Privacy" not in menu
    assert "Privacy" in footer


def test_a_page_taken_down_leaves_the_menu_at_once():
    gone = plain_page("Gone", show_in_menus=True)
    shown = plain_page("Shown")
    gone.unpublish()

    assert b"Gone" not in Client().get(shown.url).content


def test_the_language_switch_leads_to_the_translation():
    english = plain_page("Privacy")
    spanish = plain_page("Privacidad", "es", translation_key=english.translation_key)

    html = Client().get(english.url).content.decode()

    assert f'href="{spanish.url}" lang="es" hreflang="es"' in html
    assert f'rel="alternate" hreflang="es" href="http://testserver{spanish.url}"' in html


def test_without_a_translation_it_leads_to_the_nearest_page_above_and_claims_nothing():
    english = index(WorkshopIndexPage)
    spanish = WorkshopIndexPage(
        title="Talleres",
        slug="talleres",
        locale=locale("es"),
        translation_key=english.translation_key,
    )
    publish(spanish, home("es"))
    page = plain_page("Privacy")

    html = Client().get(page.url).content.decode()

    assert f'href="{home("es").url}" lang="es"' in html
    assert 'rel="alternate" hreflang="es"' not in html


def test_arabic_pages_are_set_from_right_to_left():
    home()
    page = plain_page("privacy", "ar")

    html = Client().get(page.url).content.decode()

    assert '<html lang="ar" dir="rtl">' in html
