"""A question in one language finds documents in another, with what is installed and without."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from search import bridges
from search.bridges import glossary, shadows, translation
from search.engine import find
from search.models import IndexedDocument, Passage
from search.queue import encode_waiting
from search.viewer import ANYONE

pytestmark = pytest.mark.django_db

TEXTS = {
    "en": (
        "Hospital beds",
        "The hospital bought new beds and medicine for patients with broken bones.",
    ),
    "es": (
        "Camas de hospital",
        "El hospital compró camas nuevas y medicina para los pacientes con huesos rotos.",
    ),
    "fr": (
        "Lits d'hôpital",
        "L'hôpital a acheté de nouveaux lits et des médicaments pour les patients.",
    ),
    "ar": (
        "أسرة المستشفى",
        "اشترى المستشفى أسرة جديدة وأدوية للمرضى المصابين بكسور في العظام.",
    ),
}
OTHERS = {
    "en": ("Fishing boats", "The fishermen repair their boats and nets in winter."),
    "es": ("Barcos de pesca", "Los pescadores reparan sus barcos y redes en invierno."),
    "fr": ("Bateaux de pêche", "Les pêcheurs réparent leurs bateaux et leurs filets en hiver."),
    "ar": ("قوارب الصيد", "يصلح الصيادون قواربهم وشباكهم في الشتاء."),
}
QUESTIONS = {
    "en": "new hospital beds for patients",
    "es": "camas nuevas de hospital para los pacientes",
    "fr": "nouveaux lits d'hôpital pour les patients",
    "ar": "أسرة جديدة في المستشفى للمرضى",
}


def needs(*languages):
    for language in languages:
        if language in translation.ROUTES and translation.route(language) is None:
            packages = " ".join(translation.ROUTES[language][0].packages)
            pytest.skip(f"Apertium is not installed: apt-get install {packages}")
        if language == "ar" and not shadows.recipe("ar"):
            pytest.skip(f"FreeDict is not installed: apt-get install {bridges.DICTIONARIES}")


@pytest.fixture
def nothing_installed(settings, tmp_path):
    settings.APERTIUM_MODES = settings.FREEDICT_DIR = tmp_path


def put(shelf, language):
    shelf.put(f"{language}1", *TEXTS[language], language=language)
    shelf.put(f"{language}2", *OTHERS[language], language=language)


def keys(query, language):
    return [hit.key for hit in find(query, ANYONE, language=language).hits]


@pytest.mark.parametrize("asked", list(TEXTS))
@pytest.mark.parametrize("written", list(TEXTS))
def test_a_question_finds_a_text_in_any_language(shelf, asked, written):
    needs(asked, written)
    put(shelf, written)
    encode_waiting.call()
    assert keys(QUESTIONS[asked], asked)[:1] == [f"shelf:{written}1"]


def test_one_ranking_holds_all_languages(shelf):
    needs("es", "fr", "ar")
    for language in TEXTS:
        put(shelf, language)
    encode_waiting.call()
    for language, question in QUESTIONS.items():
        assert set(keys(question, language)[:4]) == {f"shelf:{each}1" for each in TEXTS}


def test_without_anything_installed_search_answers_and_the_vocabulary_bridges(
    shelf, nothing_installed
):
    call_command("load_vocabulary", stdout=StringIO())
    shelf.put(1, "Niños no acompañados", "Atención a niños no acompañados.", language="es")
    shelf.put(2, *OTHERS["es"], language="es")
    encode_waiting.call()
    assert keys("unaccompanied children", "en")[:1] == ["shelf:1"]
    assert keys("أطفال غير مصحوبين", "ar")[:1] == ["shelf:1"]
    assert not Passage.objects.exclude(english="").exists()


def test_words_of_a_shadow_are_found_after_the_worker_ran_and_not_before(shelf):
    needs("es")
    put(shelf, "es")
    assert Passage.objects.filter(shadow_recipe="").count() == 2
    number = IndexedDocument.objects.get(key="shelf:es1").seq
    encode_waiting.call()
    passage = Passage.objects.get(document__key="shelf:es1")
    assert passage.shadow_recipe == shadows.recipe("es")
    assert "hospital" in shadows.English.read(passage.english).title.lower()
    assert IndexedDocument.objects.get(key="shelf:es1").seq > number
    encode_waiting.call()
    assert Passage.objects.get(document__key="shelf:es1").seq == passage.seq  # done once


def test_a_layer_installed_later_gives_old_texts_their_shadow(shelf, settings, tmp_path):
    needs("es")
    installed, settings.APERTIUM_MODES = settings.APERTIUM_MODES, tmp_path
    put(shelf, "es")
    encode_waiting.call()
    before = Passage.objects.get(document__key="shelf:es1")
    assert before.english == ""
    settings.APERTIUM_MODES = installed
    encode_waiting.call()
    after = Passage.objects.get(document__key="shelf:es1")
    assert after.english
    assert bytes(after.vector) != bytes(before.vector)


def test_packages_that_are_removed_leave_the_shadows_but_a_switch_takes_them(
    shelf, settings, tmp_path
):
    needs("es")
    put(shelf, "es")
    encode_waiting.call()
    settings.APERTIUM_MODES = tmp_path
    assert not Passage.objects.filter(shadows.outdated()).exists()
    assert keys(QUESTIONS["en"], "en")[:1] == ["shelf:es1"]
    settings.SEARCH_LAYERS = ["words", "meaning", "vocabulary", "dictionary"]
    encode_waiting.call()
    assert not Passage.objects.exclude(english="").exists()


def test_a_text_in_a_fifth_language_goes_through_unchanged(shelf):
    shelf.put(1, "Camas hospitalares", "O hospital comprou camas novas.", language="pt")
    encode_waiting.call()
    passage = Passage.objects.get()
    assert (passage.english, passage.shadow_recipe) == ("", "")
    assert keys("camas hospitalares", "en") == ["shelf:1"]


def test_a_translator_that_is_broken_degrades_to_words_and_vocabulary(shelf, settings, tmp_path):
    line = "lt-proc /dev/null | lt-proc -b /dev/null"
    (tmp_path / "spa-eng.mode").write_text(line)
    settings.APERTIUM_MODES = tmp_path
    put(shelf, "es")
    encode_waiting.call()
    assert keys(QUESTIONS["es"], "es")[:1] == ["shelf:es1"]


def test_folders_that_may_not_be_looked_into_are_as_if_nothing_was_installed(
    shelf, settings, monkeypatch
):
    def refused(path):
        raise PermissionError(13, "Permission denied", str(path))

    shelf.put("es1", *TEXTS["es"], language="es")
    settings.APERTIUM_MODES = settings.FREEDICT_DIR = Path("/closed/to/this/process")
    monkeypatch.setattr(Path, "is_file", refused)
    for language in QUESTIONS:
        find(QUESTIONS[language], ANYONE, language=language)
    assert keys(TEXTS["es"][0], "es") == ["shelf:es1"]


def test_names_are_found_across_scripts(shelf):
    needs("ar")
    shelf.put(1, "تقرير عن بريزبان", "تقع بريزبان على الساحل.", language="ar")
    shelf.put(2, *OTHERS["ar"], language="ar")
    shelf.put(3, "A report on Windhoek", "Windhoek lies in the highlands.")
    shelf.put(4, *OTHERS["en"])
    encode_waiting.call()
    assert keys("Brisbane", "en")[:1] == ["shelf:1"]
    assert keys("ويندهوك", "ar")[:1] == ["shelf:3"]


def test_a_closed_name_is_not_found_by_how_it_sounds(shelf):
    needs("ar")
    shelf.put(1, "Windhoek", "Windhoek.", audiences=frozenset({"members"}))
    encode_waiting.call()
    assert keys("ويندهوك", "ar") == []


def test_the_doctor_names_what_is_missing_and_how_to_get_it(nothing_installed, settings):
    told = {state.layer: state for state in bridges.states()}
    assert told["translation"].state == bridges.MISSING
    assert told["dictionary"].told == (
        "apt-get install dict-freedict-ara-eng dict-freedict-eng-ara"
    )
    settings.SEARCH_LAYERS = ["words"]
    assert {state.state for state in bridges.states()} == {bridges.OFF}


def test_the_doctor_ends_with_an_error_for_what_is_broken_only(just_seeded, settings, tmp_path):
    settings.APERTIUM_MODES = settings.FREEDICT_DIR = tmp_path
    out = StringIO()
    call_command("doctor", stdout=out)
    assert "not installed" in out.getvalue()
    (tmp_path / glossary.FORWARD).write_text("no dictionary")
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out)
    assert ended.value.code == 1
