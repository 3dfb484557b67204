import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from core.templatetags.site_tags import icon, kind_label, language_name, or_not_reported


@pytest.mark.parametrize("missing", [None, "", "  ", "<p></p>", "<p> </p>"])
def test_what_a_source_does_not_say_shows_as_not_reported(missing):
    assert "not reported" in str(or_not_reported(missing))


@pytest.mark.parametrize("said", ["No.", 0, "<p>Nothing yet</p>"])
def test_what_a_source_says_is_shown_as_it_is(said):
    assert or_not_reported(said) == said


def test_the_mark_for_missing_facts_does_not_let_html_in():
    shown = Template("{% load site_tags %}{{ value|or_not_reported }}").render(
        Context({"value": "<script>alert(1)</script>said"})
    )

    assert "<script>" not in shown


def test_icons_that_point_turn_round_with_the_line_of_reading():
    assert "icon--flip" in icon("next")
    assert "icon--flip" not in icon("search")


def test_every_icon_that_a_template_names_is_drawn():
    from pathlib import Path
    from re import findall

    from django.conf import settings

    drawn = set(findall(r'id="([a-z-]+)"', _read("site/core/static/core/icons.svg")))
    templates = Path(settings.BASE_DIR, "templates").rglob("*.html")
    named = {
        name for path in templates for name in findall(r'{% icon "([a-z-]+)"', path.read_text())
    }
    kinds = {"practice", "building-block", "guidance", "indicator", "workshop", "country"}

    assert named | kinds | {"news", "page", "file"} <= drawn


def test_an_unknown_kind_or_language_shows_its_code():
    assert kind_label("practice") == "Practice"
    assert kind_label("riddle") == "riddle"
    assert language_name("es") == "Spanish"
    assert language_name("xx") == "xx"


def test_languages_are_named_in_the_language_of_the_reader():
    with override("fr"):
        assert language_name("es") == "Espagnol"


@pytest.mark.parametrize(
    ("address", "left"),
    [
        ("/?country=GEO&country=MAR&q=data", "?country=MAR&amp;q=data"),
        ("/?country=GEO&page=3", "/"),
        ("/?q=a%22b&country=GEO", "?q=a%22b"),
    ],
)
def test_taking_a_filter_away_leaves_the_others_and_the_question(address, left):
    request = RequestFactory().get(address)

    shown = Template('{% load site_tags %}{% without "country" "GEO" %}').render(
        Context({"request": request})
    )

    assert shown == left


def test_clearing_all_filters_leaves_the_question():
    request = RequestFactory().get("/?q=data&country=GEO&theme=transit&page=2")

    shown = Template('{% load site_tags %}{% only "q" %}').render(Context({"request": request}))

    assert shown == "?q=data"


def _read(path):
    from pathlib import Path

    from django.conf import settings

    return Path(settings.BASE_DIR, path).read_text()
