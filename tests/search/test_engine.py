import datetime
import logging
import os
import subprocess
import sys

import numpy as np
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from search import encoders, feedback, layers
from search.engine import find
from search.filters import Filters
from search.models import Passage
from search.queue import encode_waiting
from search.viewer import ANYONE, Viewer

REGISTRY = (
    "The ministries of interior, education and health share one registry. Records of children "
    "who cross the border are linked by a personal number, and the statistical office publishes "
    "figures by age and sex every year."
)
SURVEY = (
    "A household survey asked families about parents who work abroad and the children who stay "
    "behind with their grandparents."
)
CENSUS = "The census of population counts everybody by country of birth and of citizenship."


@pytest.fixture
def library(shelf):
    shelf.put(
        1,
        "Unified migration data system of Georgia",
        REGISTRY,
        facets={"country": ("GEO",), "region": ("145", "142"), "data_source": ("administrative",)},
        date=datetime.date.fromisoformat("2021-05-01"),
    )
    shelf.put(
        2,
        "Children left behind",
        SURVEY,
        facets={"country": ("MDA",), "region": ("151", "150"), "data_source": ("survey",)},
        date=datetime.date.fromisoformat("2019-03-01"),
    )
    shelf.put(
        3,
        "Counting the population",
        CENSUS,
        kind="guidance",
        facets={"data_source": ("census",)},
        date=datetime.date.fromisoformat("2023-01-01"),
    )
    return shelf


@pytest.fixture
def encoded(library):
    encode_waiting.call()
    return library


def keys(results):
    return [hit.key for hit in results.hits]


def counts(results, facet):
    return {value.code: value.count for value in results.facets[facet]}


def test_a_question_is_answered_by_its_meaning(encoded):
    results = find("kids whose mother and father emigrated", ANYONE)
    assert keys(results)[0] == "shelf:2"


def test_words_are_found_before_the_worker_has_run(library):
    assert keys(find("grandparents", ANYONE)) == ["shelf:2"]


def test_nonsense_finds_nothing_and_says_so(encoded):
    for nonsense in ("best pizza recipe", "xqzv wpqk jjjj", "asdkjh qwelkj"):
        results = find(nonsense, ANYONE)
        assert (results.total, results.hits, results.relevant) == (0, [], False)
        assert results.notice


def test_the_passage_is_marked_and_escaped(encoded):
    encoded.put(4, "Markup", "Beware of <script>alert(1)</script> in registry & elsewhere.")
    hit = find("registry script", ANYONE).hits[0]
    assert hit.key == "shelf:4"
    assert "&lt;<mark>script</mark>&gt;" in hit.passage.marked
    assert "<mark>registry</mark> &amp; elsewhere" in hit.passage.marked


def test_an_exact_title_comes_first(encoded):
    encoded.put(5, "Census", "Something about a thing.")
    assert keys(find("census", ANYONE))[0] == "shelf:5"


def test_a_quoted_phrase_comes_first(encoded):
    encoded.put(6, "One", "The country of birth is asked. Birth country.")
    encoded.put(7, "Two", "Citizenship by birth; the country asks of it. Country, birth of all.")
    assert keys(find('"country of birth"', ANYONE))[:2] in (
        ["shelf:6", "shelf:3"],
        ["shelf:3", "shelf:6"],
    )


def test_misspelt_names_still_find(encoded):
    assert keys(find("Goergia", ANYONE))[0] == "shelf:1"


def test_an_empty_query_lists_everything_newest_first(encoded):
    results = find("", ANYONE)
    assert keys(results) == ["shelf:3", "shelf:1", "shelf:2"]
    assert (results.total, results.relevant) == (3, True)


def test_filters_narrow_and_facets_keep_their_other_options(encoded):
    results = find("", ANYONE, Filters(country=("GEO",)))
    assert keys(results) == ["shelf:1"]
    assert counts(results, "country") == {"GEO": 1, "MDA": 1}
    assert counts(results, "data_source") == {"administrative": 1}
    assert [v.selected for v in results.facets["country"] if v.code == "GEO"] == [True]


def test_filters_choose_before_scoring(encoded):
    for number in range(20, 45):
        encoded.put(number, f"Registry number {number}", REGISTRY)
    results = find("children and the registry", ANYONE, Filters(country=("MDA",)))
    assert keys(results) == ["shelf:2"]


def test_a_chosen_value_without_hits_can_still_be_removed(encoded):
    results = find("census", ANYONE, Filters(country=("FRA",)))
    assert results.total == 0
    assert [(v.code, v.count, v.selected) for v in results.facets["country"] if v.selected] == [
        ("FRA", 0, True)
    ]


def test_what_is_not_for_the_viewer_changes_nothing_for_the_viewer(encoded):
    question = "registry of children shared by ministries"
    before = find(question, ANYONE)
    encoded.put(8, "Secret registry", REGISTRY, audiences=frozenset({"community:1"}))
    encode_waiting.call()
    after = find(question, ANYONE)
    assert (before.hits, before.total, before.facets) == (after.hits, after.total, after.facets)
    member = Viewer(frozenset({"public", "community:1"}))
    assert "shelf:8" in keys(find(question, member))


def test_nobody_finds_what_is_for_nobody(encoded):
    encoded.put(9, "Hidden census", CENSUS, audiences=frozenset({"nobody"}))
    assert "shelf:9" not in keys(find("hidden census", ANYONE))
    assert "shelf:9" not in keys(find("hidden census", Viewer(frozenset({"public", "members"}))))


def test_the_database_has_the_last_word(encoded):
    encoded.closed.add("1")
    results = find("", ANYONE)
    assert (keys(results), results.total) == (["shelf:3", "shelf:2"], 2)


def test_documents_come_and_go_with_their_time(shelf):
    from search import caches

    now = timezone.now()
    hour = datetime.timedelta(hours=1)
    shelf.put(1, "Soon", CENSUS, available_from=now + hour)
    shelf.put(2, "Until then", CENSUS, expires_at=now + hour)

    def found(at):
        view = caches.current().view(at)
        mask = view.catalogue.allowed(ANYONE.audiences, Filters())
        return {view.catalogue.keys[slot] for slot in mask.nonzero()[0]}

    assert found(now) == {"shelf:2"}
    assert found(now + hour) == {"shelf:1"}


def test_withdrawing_shows_at_the_next_query(encoded):
    assert "shelf:3" in keys(find("census", ANYONE))
    encoded.take(3)
    assert "shelf:3" not in keys(find("census", ANYONE))


def test_words_that_were_removed_find_nothing(encoded):
    encoded.put(2, "Children left behind", "This was rewritten.")
    assert "shelf:2" not in keys(find("grandparents", ANYONE))


def test_translations_are_one_hit_in_the_readers_language(encoded):
    encoded.put(10, "Niños que se quedan", "Encuesta de hogares.", language="es", work="w")
    encoded.put(11, "Children who stay", SURVEY, language="en", work="w")
    results = find("", ANYONE, language="es")
    assert results.total == 4
    assert "shelf:10" in keys(results)
    assert "shelf:11" not in keys(results)
    matched_in_english = find("grandparents of the household survey", ANYONE, language="es")
    assert "shelf:10" in keys(matched_in_english)
    assert counts(results, "language") == {"en": 4, "es": 1}


def test_accents_do_not_matter(shelf):
    shelf.put(1, "Niños migrantes", "Los niños no acompañados en México.", language="es")
    assert keys(find("ninos mexico", ANYONE)) == ["shelf:1"]


def test_without_a_model_words_are_found_with_a_notice(encoded, settings, caplog):
    settings.SEARCH_ENCODER = "/there/is/no/model/for/this/test"
    with caplog.at_level(logging.ERROR, logger="search"):
        results = find("census of population", ANYONE)
    assert keys(results) == ["shelf:3"]
    assert "words" in results.notice
    assert "SEARCH_ENCODER" in caplog.text


def test_a_model_that_fails_leaves_the_words(encoded, monkeypatch):
    def fail(texts):
        raise MemoryError("no memory for the model")

    encoder = encoders.current()
    monkeypatch.setattr(encoder, "encode_queries", fail)
    results = find("the population in the census", ANYONE)
    assert keys(results) == ["shelf:3"]
    assert "words" in results.notice
    monkeypatch.undo()
    assert "words" not in (find("the population in a census", ANYONE).notice or "")


def test_a_model_whose_weights_cannot_be_read_leaves_the_words(encoded, settings, tmp_path):
    (tmp_path / "model.safetensors").symlink_to(tmp_path / "gone")
    settings.SEARCH_ENCODER = str(tmp_path)
    for _again in range(2):
        results = find("census of population", ANYONE)
        assert keys(results) == ["shelf:3"]
        assert "words" in results.notice
    with pytest.raises(encoders.EncoderUnavailableError, match="cannot be read"):
        encoders.current()


def test_answers_of_another_model_do_not_move_the_question(encoded):
    passages = Passage.objects.order_by("pk").values_list("pk", flat=True)
    ids = np.array(passages, np.int64)
    assert feedback._centre(ids) is not None
    one = Passage.objects.get(pk=ids[0])
    alone = feedback._centre(ids[1:])
    Passage.objects.filter(pk=one.pk).update(fingerprint="another model")
    assert (feedback._centre(ids) == alone).all()
    broken = np.full(len(one.vector) // 4, np.nan, "<f4").tobytes()
    Passage.objects.filter(pk=one.pk).update(fingerprint=one.fingerprint, vector=broken)
    assert (feedback._centre(ids) == alone).all()


@pytest.mark.parametrize("named", ["meanings", ""])
def test_a_layer_that_does_not_exist_is_refused_at_the_start(settings, named):
    layers.refuse_unknown()
    settings.SEARCH_LAYERS = ["words", named]
    with pytest.raises(ImproperlyConfigured, match="words,meaning,vocabulary"):
        layers.refuse_unknown()


def test_layers_may_be_set_with_spaces_between():
    told = "from django.conf import settings; print(*settings.SEARCH_LAYERS, sep=':')"
    environment = os.environ | {"SEARCH_LAYERS": "words, meaning ,"}
    done = subprocess.run(
        [sys.executable, "-c", told],
        env=environment | {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "PYTHONPATH": "site:."},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "words:meaning"


def test_a_model_of_other_weights_is_refused(settings):
    settings.SEARCH_ENCODER_SHA256 = "0" * 64
    with pytest.raises(encoders.EncoderUnavailableError, match="SHA-256"):
        encoders.current()


def test_a_country_lifts_what_is_near_and_hides_nothing(encoded):
    plain, near = find("data", ANYONE), find("data", ANYONE, country="MDA")
    assert set(keys(plain)) == set(keys(near))


@pytest.mark.parametrize(
    "query",
    [
        '"',
        '"census"',
        '"census" "of" «population»',
        "'",
        '"""',
        "a AND (b OR",
        "title:secret",
        "* ? ~ ^ { } [ ] \\ /",
        "%_%",
        "-- ; DROP TABLE",
        "\x00\x01\x02",
        "\ud800 lone surrogate",
        "\u202e right to left override",
        "z\u200bero\u200dwidth",
        "e" + "\u0301" * 10_000,
        "كيف تحمي البلدان الأطفال؟",
        "孩子们",
        "👩‍👩‍👧‍👦 🧒🏽",
        "word " * 20_000,
        "x" * 100_000,
        "(" * 50_000,
        '"' * 50_000,
        " \t\n ",
        "+-&&||!",
        "NEAR(a b)",
        "1234567890",
        "the of and",
    ],
)
def test_no_query_fails(encoded, query):
    results = find(query, ANYONE)
    assert results.total >= len(results.hits) >= 0
    assert len(results.query) <= 512


def test_a_long_query_is_shortened_and_says_so(encoded):
    assert "512" in find("census " + "word " * 20_000, ANYONE).notice


def test_composed_and_decomposed_letters_find_the_same(encoded):
    assert find("me\u0301xico census", ANYONE).hits == find("m\u00e9xico census", ANYONE).hits


def test_concepts_bridge_the_languages(shelf):
    from django.core.management import call_command

    call_command("load_vocabulary", verbosity=0)
    shelf.put(1, "Encuesta", "Los niños no acompañados fueron entrevistados.", language="es")
    shelf.put(2, "Survey", "The unaccompanied children were interviewed.")
    shelf.put(3, "Weather", "It rained for days on the hills.")
    shelf.put(4, "Group", "EGRISS wrote recommendations on refugee statistics.")
    encode_waiting.call()
    for question in ("unaccompanied children", "niños no acompañados", "الأطفال غير المصحوبين"):
        assert set(keys(find(question, ANYONE))[:2]) == {"shelf:1", "shelf:2"}
    assert keys(find("EGRIS", ANYONE))[0] == "shelf:4"
    shelf.put(5, "What EGRISS is", "An expert group of many countries writes on statistics.")
    encode_waiting.call()
    assert keys(find("EGRIS", ANYONE))[0] == "shelf:5"
