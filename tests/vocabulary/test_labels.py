import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vocabulary import stamp
from vocabulary.labels import countries_by_region, label, labels, regions_of
from vocabulary.models import Theme


def test_labels_come_in_the_readers_language(vocabulary):
    assert labels("theme", "es")["transit"] == "Tránsito"
    assert labels("country", "ar")["GEO"] == "جورجيا"
    assert labels("action_point", "fr")["3"].startswith("Mieux utiliser")
    assert label("data_source", "census", "es-mx") == "Censo"
    assert list(labels("action_point", "en")) == ["1", "2", "3", "4", "5"]


def test_english_stands_in_for_a_missing_label(vocabulary):
    Theme.objects.get(code="transit", locale__language_code="fr").delete()
    assert labels("theme", "fr")["transit"] == "Transit"
    assert labels("theme", "fr")["health"] == "Santé"
    assert labels("theme", "pt")["health"] == "Health"


def test_an_unknown_code_is_shown_as_it_is_and_an_unknown_kind_is_an_error(vocabulary):
    assert label("theme", "no-such-theme", "en") == "no-such-theme"
    with pytest.raises(KeyError):
        labels("colour", "en")


def test_an_editors_change_shows_at_once(vocabulary):
    assert labels("theme", "fr")["transit"] == "Transit"
    theme = Theme.objects.get(code="transit", locale__language_code="fr")
    theme.label = "Passage"
    theme.save()
    assert labels("theme", "fr")["transit"] == "Passage"


def test_a_change_by_another_process_shows_at_the_next_request(vocabulary):
    stamp.begin_request()
    assert labels("theme", "fr")["transit"] == "Transit"
    # Another process writes the row and the stamp; this one gets no signal.
    Theme.objects.filter(code="transit", locale__language_code="fr").update(label="Passage")
    stamp.VocabularyStamp.objects.update(value="12345678-1234-5678-1234-567812345678")
    assert labels("theme", "fr")["transit"] == "Transit"
    stamp.end_request()
    assert labels("theme", "fr")["transit"] == "Passage"


def test_labels_cost_one_small_query_a_request(vocabulary):
    labels("theme", "fr"), labels("country", "fr"), regions_of("GEO")
    stamp.begin_request()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        labels("theme", "fr"), labels("country", "fr"), regions_of("GEO")
    stamp.end_request()
    assert len(queries) == 1


def test_callers_may_change_what_they_got(vocabulary):
    labels("theme", "en").clear()
    assert labels("theme", "en")


def test_regions_go_from_the_smallest_up(vocabulary):
    assert regions_of("GEO") == ("145", "142")
    assert regions_of("COL") == ("005", "419", "019")
    assert regions_of("KEN") == ("014", "202", "002")
    assert regions_of("MAR") == ("015", "002")
    assert regions_of("CAN") == ("021", "019")
    assert regions_of("???") == ()
    assert label("region", "145", "en") == "Western Asia"
    assert label("region", "419", "es") == "América Latina y el Caribe"


def test_select_boxes_group_countries_by_region(vocabulary):
    groups = dict(countries_by_region("fr"))
    assert ("GEO", "Géorgie") in groups["Asie de l’Ouest"]
    assert sum(len(countries) for countries in groups.values()) == 249
    names = [name for _code, name in groups["Afrique orientale"]]
    assert names.index("Érythrée") < names.index("Kenya")
