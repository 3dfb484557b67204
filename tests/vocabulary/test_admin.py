import pytest
from django.urls import reverse
from wagtail.models import Locale

from tests.members.people import superuser
from users.models import Institution
from vocabulary.kinds import KINDS
from vocabulary.models import Concept, Country, Theme

FIXED = {"region", "country"}


@pytest.fixture
def editor(vocabulary, client):
    client.force_login(superuser("editor@example.org"))
    return client


def address(model, name, *arguments):
    namespace = model.snippet_viewset.get_admin_url_namespace()
    return reverse(f"{namespace}:{name}", args=arguments)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_term_is_listed_and_edited(editor, kind):
    model = KINDS[kind]
    page = editor.get(address(model, "list"))
    assert page.status_code == 200
    term = model.objects.filter(locale__language_code="ar").first()
    form = editor.get(address(model, "edit", term.pk))
    assert form.status_code == 200
    assert term.label in form.content.decode()
    added = editor.get(address(model, "add"))
    assert (added.status_code == 200) is (kind not in FIXED)


def test_lists_keep_to_one_language_and_can_be_searched(editor):
    english = Locale.objects.get(language_code="en")
    page = editor.get(address(Theme, "list"), {"locale": "fr"}).content.decode()
    assert "Tránsito" not in page
    found = editor.get(address(Concept, "list"), {"q": "EGIRS", "locale": "en"}).content.decode()
    assert "Expert Group on Refugee" in found
    assert "Snowball" not in found
    regional = editor.get(
        address(Country, "list"), {"region": "145", "locale": english.language_code}
    ).content.decode()
    assert "Georgia" in regional
    assert "Colombia" not in regional


def test_a_theme_is_added_with_a_code_of_its_own(editor):
    sent = {"label": "Sea rescue", "definition": "", "sort_order": "30"}
    response = editor.post(address(Theme, "add"), sent)
    assert response.status_code == 302
    assert Theme.objects.get(label="Sea rescue").code == "sea-rescue"


def test_a_concepts_other_labels_are_edited(editor):
    concept = Concept.objects.get(code="world-cafe", locale__language_code="en")
    sent = {
        "label": concept.label,
        "definition": concept.definition,
        "sort_order": "0",
        "broader": "",
        "other_labels-TOTAL_FORMS": "1",
        "other_labels-INITIAL_FORMS": "0",
        "other_labels-MIN_NUM_FORMS": "0",
        "other_labels-MAX_NUM_FORMS": "1000",
        "other_labels-0-label": "table talk",
        "other_labels-0-id": "",
        "other_labels-0-ORDER": "1",
    }
    response = editor.post(address(Concept, "edit", concept.pk), sent)
    assert response.status_code == 302, response.context["form"].errors
    assert concept.other_labels.filter(label="table talk").exists()


def test_countries_follow_the_standard_not_the_editor(editor):
    country = Country.objects.get(code="GEO", locale__language_code="en")
    assert editor.post(address(Country, "delete", country.pk)).status_code in (302, 403)
    assert Country.objects.filter(pk=country.pk).exists()


def test_translating_a_concept_leaves_each_languages_other_labels_alone(editor):
    from wagtail_localize.fields import copy_synchronised_fields

    english = Concept.objects.get(code="nso", locale__language_code="en")
    french = Concept.objects.get(code="nso", locale__language_code="fr")
    before = set(french.other_labels.values_list("label", flat=True))
    copy_synchronised_fields(english, french)
    french.save()
    assert set(french.other_labels.values_list("label", flat=True)) == before
    assert french.label == "Institut national de statistique"


def test_a_term_can_be_submitted_for_translation(editor):
    english = Theme.objects.create(
        label="Sea rescue", locale=Locale.objects.get(language_code="en")
    )
    french = Locale.objects.get(language_code="fr")
    path = reverse(
        "wagtail_localize:submit_snippet_translation", args=["vocabulary", "theme", english.pk]
    )
    assert editor.get(path).status_code == 200
    assert editor.post(path, {"locales": [french.pk]}).status_code == 302
    translated = english.get_translation(french)
    assert translated.code == "sea-rescue"


def test_institutions_are_listed_and_added(editor):
    assert editor.get(address(Institution, "list")).status_code == 200
    georgia = Country.objects.get(code="GEO", locale__language_code="en")
    sent = {
        "name": "National Statistics Office of Georgia",
        "acronym": "Geostat",
        "slug": "geostat",
        "kind": "statistical-office",
        "country": georgia.pk,
        "url": "https://www.geostat.ge/",
    }
    assert editor.post(address(Institution, "add"), sent).status_code == 302
    page = editor.get(address(Institution, "list")).content.decode()
    assert "Geostat" in page


def test_a_visitor_sees_none_of_it(vocabulary, client):
    assert client.get(address(Concept, "list")).status_code == 302
