import time

import pytest

from vocabulary.models import Concept, ConceptLabel
from vocabulary.recognise import concepts_in


def codes(text, language=None):
    return [match.code for match in concepts_in(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Linking administrative records by a unique ID",
            ["administrative-data", "unique-identifier"],
        ),
        (
            "¿Cómo cruzar registros administrativos de NNA no acompañados?",
            ["administrative-data", "unaccompanied-child"],
        ),
        (
            "L’évaluation de l’âge des mineurs non accompagnés",
            ["age-assessment", "unaccompanied-child"],
        ),
        ("السجلات الإدارية للأطفال غير المصحوبين", ["administrative-data", "unaccompanied-child"]),
    ],
)
def test_terms_are_found_in_every_language(vocabulary, text, expected):
    found = codes(text)
    assert [code for code in expected if code in found] == expected


def test_case_accents_and_plurals_do_not_matter(vocabulary):
    assert codes("MIGRACION IRREGULAR") == ["irregular-migration"]
    assert codes("population registers") == codes("Population Register") == ["population-register"]
    assert codes("les registres de population") == ["population-register"]
    assert codes("enfants refugies") == ["refugee-child"]
    assert codes("remesas") == codes("Remittance") == ["remittances"]


def test_arabic_letter_forms_article_and_prefixes_do_not_matter(vocabulary):
    for text in ("اللاجئين", "لاجئين", "واللاجئين", "للاجئين", "لاجئـين", "لاجِئين"):
        assert codes(text) == ["refugee"], text
    assert codes("الإتجار بالبشر") == codes("الاتجار بالبشر") == ["human-trafficking"]
    assert codes("حمايه الطفل") == codes("حماية الطفل") == ["child-protection"]
    assert codes("وبتركيا") == ["TUR"]
    assert "MLI" not in codes("التقارير المالية")


def test_the_longest_name_wins_and_each_term_comes_once(vocabulary):
    assert codes("unaccompanied and separated children, again separated children and UASC") == [
        "uasc",
        "separated-child",
    ]
    assert codes("Guinea-Bissau, Papua New Guinea") == ["GNB", "PNG"]


def test_whole_words_only(vocabulary):
    assert codes("bordering childlike censuslike") == []
    assert codes("") == codes("'\" () * \x00 🙂") == []


def test_acronyms_that_are_words_count_in_capitals_only(vocabulary):
    assert codes("IDEAS in Jordan") == ["ideas", "JOR"]
    assert codes("some ideas of his, one at a time, for us") == []
    assert codes("egris nso idp") == ["egriss", "nso", "idp"]


def test_countries_are_found_by_their_other_names(vocabulary):
    assert codes("Turkey, Ivory Coast et la Géorgie") == ["TUR", "CIV", "GEO"]
    assert codes("República Democrática del Congo") == ["COD"]


def test_a_match_tells_what_stood_there_and_all_names(vocabulary):
    text = "What does EGRIS recommend?"
    (match,) = concepts_in(text)
    assert (match.kind, match.code, match.text) == ("concept", "egriss", "EGRIS")
    assert text[match.start : match.end] == "EGRIS"
    assert match.labels["es"].startswith("Grupo de Expertos")
    assert "EGIRS" in match.all_labels["en"]
    shown = {name for names in match.all_labels.values() for name in names}
    assert "EGRIIS" not in shown, "misspellings are found, never shown"


def test_misspellings_are_found(vocabulary):
    assert codes("egriis and interoperabilty") == ["egriss", "interoperability"]


def test_one_language_may_be_asked_for(vocabulary):
    assert codes("formation", "fr") == ["capacity-building"]
    assert codes("formation", "en") == []


def test_a_new_label_is_known_at_once(vocabulary):
    assert codes("the blue list") == []
    concept = Concept.objects.get(code="egriss", locale__language_code="en")
    ConceptLabel.objects.create(concept=concept, label="blue list")
    assert codes("the blue list") == ["egriss"]


def test_a_long_text_takes_time_in_proportion(vocabulary):
    passage = "Administrative records of refugee children in Georgia were linked by EGRISS. " * 20
    concepts_in(passage)
    begin = time.perf_counter()
    concepts_in(passage * 100)
    assert time.perf_counter() - begin < 5
    assert concepts_in("a" * 200_000) == []
