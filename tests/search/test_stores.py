import numpy as np
import pytest

from search.filters import Filters
from search.language import stems_in_all, words
from search.stores import Term, WordDocument, WordPassage
from search.stores.faiss_vectors import FaissVectors
from search.stores.tantivy_words import TantivyWords

PUBLIC = frozenset({"public"})
SIZE = 16


@pytest.fixture(params=[lambda: FaissVectors(SIZE)], ids=["faiss"])
def vectors(request):
    return request.param()


@pytest.fixture(params=[TantivyWords], ids=["tantivy"])
def store(request):
    return request.param()


def unit(seed, count=1):
    values = np.random.default_rng(seed).normal(size=(count, SIZE)).astype(np.float32)
    return values / np.linalg.norm(values, axis=1, keepdims=True)


def ids(*numbers):
    return np.array(numbers, np.int64)


class TestVectors:
    def test_the_nearest_come_first_and_exactly(self, vectors):
        stored = unit(1, 500)
        vectors.put(np.arange(1, 501), stored)
        question = unit(2)[0]
        found, scores = vectors.search(question, np.arange(1, 501), 10, -1)
        cosines = stored @ question
        assert list(found) == list(np.argsort(-cosines)[:10] + 1)
        np.testing.assert_allclose(scores, np.sort(cosines)[::-1][:10], rtol=1e-5)

    def test_only_allowed_ones_are_found_and_as_many_as_there_are(self, vectors):
        stored = unit(3, 1000)
        vectors.put(np.arange(1000), stored)
        question = unit(4)[0]
        allowed = np.argsort(-(stored @ question))[-7:]  # the seven farthest
        found, _scores = vectors.search(question, allowed, 5, -1)
        assert len(found) == 5
        assert set(found) <= set(allowed)

    def test_the_floor_holds(self, vectors):
        vectors.put(np.arange(100), unit(5, 100))
        _found, scores = vectors.search(unit(6)[0], np.arange(100), 100, 0.2)
        assert (scores >= 0.2).all()

    def test_removed_and_replaced_vectors_are_gone(self, vectors):
        old, new = unit(7, 10), unit(8, 10)
        vectors.put(np.arange(10), old)
        vectors.put(ids(3), new[3:4])
        vectors.remove(ids(4, 999_999))
        assert len(vectors) == 9
        found, _scores = vectors.search(new[3], np.arange(10), 1, 0.99)
        assert list(found) == [3]
        assert not len(vectors.search(old[3], ids(3), 1, 0.999)[0])
        assert np.isnan(vectors.scores(old[4], ids(4, 3, 999_999))).tolist() == [True, False, True]

    def test_many_removals_leave_the_others_right(self, vectors):
        stored = unit(9, 400)
        vectors.put(np.arange(400), stored)
        for start in range(0, 360, 20):
            vectors.remove(np.arange(start, start + 20))
        assert len(vectors) == 40
        for number in range(360, 400):
            assert vectors.search(stored[number], np.arange(400), 1, 0.9)[0].tolist() == [number]

    def test_nothing_allowed_finds_nothing(self, vectors):
        vectors.put(ids(1), unit(1))
        assert not len(vectors.search(unit(1)[0], ids(), 5, -1)[0])
        assert not len(vectors.search(unit(1)[0], ids(2, 50_000), 5, -1)[0])

    def test_wrong_shapes_are_refused(self, vectors):
        with pytest.raises(ValueError, match="Expected"):
            vectors.put(ids(1), np.ones((1, SIZE + 1), np.float32))


def document(number, text, audiences=PUBLIC, title="", language="en", **labels):
    pairs = frozenset((facet, code) for facet, codes in labels.items() for code in codes)
    passages = (WordPassage(number * 10, "", text),)
    return WordDocument(number, title, language, audiences, pairs, passages)


def ask(store, text, audiences=PUBLIC, filters=None):
    terms = [Term(stems_in_all(word), word=word) for word in words(text)]
    terms = store.corrected(terms, audiences)
    return store.search(terms, audiences, filters or Filters(), 100)


class TestWords:
    def test_rare_words_count_more(self, store):
        store.put([document(n, "children data") for n in range(1, 20)])
        store.put([document(20, "children registry")])
        assert ask(store, "children registry").passages[0] == 200

    def test_titles_count_more(self, store):
        store.put([document(1, "about registry"), document(2, "about", title="registry")])
        assert ask(store, "registry").passages[0] == 20

    @pytest.mark.parametrize(
        ("language", "text", "question"),
        [
            ("en", "migrating children", "migrated child children"),
            ("es", "Los niños migrantes", "ninos migrante"),
            ("fr", "Les données agrégées", "donnee"),
            ("ar", "الأطفال المهاجرون", "أطفال"),
        ],
    )
    def test_words_are_stemmed_in_the_language_of_the_text(self, store, language, text, question):
        store.put([document(1, text, language=language), document(2, "other words")])
        assert list(ask(store, question).passages) == [10]

    def test_filters_and_audiences_choose(self, store):
        store.put(
            [
                document(1, "registry", kind=("practice",), country=("GEO", "MDA")),
                document(2, "registry", kind=("guidance",), country=("GEO",)),
                document(3, "registry", audiences=frozenset({"members"}), country=("GEO",)),
            ]
        )
        both = Filters(kind=("practice",), country=("GEO",))
        assert list(ask(store, "registry", filters=both).passages) == [10]
        assert set(ask(store, "registry", filters=Filters(country=("GEO", "X"))).passages) == {
            10,
            20,
        }
        members = frozenset({"public", "members"})
        assert set(ask(store, "registry", audiences=members).passages) == {10, 20, 30}

    def test_private_texts_do_not_move_the_scores_of_others(self, store):
        store.put([document(1, "registry of children"), document(2, "census of children")])
        before = ask(store, "children registry")
        store.put([document(n, "registry", frozenset({"members"})) for n in range(3, 30)])
        after = ask(store, "children registry")
        assert list(before.passages) == list(after.passages)
        assert list(before.share) == list(after.share)

    def test_private_words_are_no_corrections_for_others(self, store):
        store.put([document(1, "registry"), document(2, "zanzibar", frozenset({"members"}))])
        assert not len(ask(store, "zanzibra").passages)

    def test_replaced_moved_and_removed_documents(self, store):
        store.put([document(1, "registry"), document(2, "registry")])
        store.put([document(1, "census"), document(2, "registry", frozenset({"members"}))])
        assert not len(ask(store, "registry").passages)
        assert list(ask(store, "census").passages) == [10]
        store.remove([1, 77])
        assert not len(ask(store, "census").passages)

    def test_coverage_tells_how_much_of_the_question_is_there(self, store):
        store.put([document(1, "registry of children"), document(2, "children")])
        found = ask(store, "registry children zzzzz")
        coverage = dict(zip(found.passages.tolist(), found.coverage.tolist(), strict=True))
        assert 0 < coverage[20] < coverage[10] < 1
        full = ask(store, "registry children")
        assert max(full.coverage) == pytest.approx(1, abs=1e-4)

    def test_misspelt_words_are_corrected(self, store):
        store.put([document(1, "Morocco and Uruguay")])
        assert list(ask(store, "Marocco").passages) == [10]
        assert list(ask(store, "Urugay").passages) == [10]

    def test_phrases_are_found_in_order_only(self, store):
        store.put([document(1, "country of birth"), document(2, "birth of a country")])
        phrase = tuple(stems_in_all(word) for word in words("country of birth"))
        assert list(store.phrase([phrase], PUBLIC, Filters(), 10)) == [10]
        one = tuple(stems_in_all(word) for word in words("birth"))
        assert set(store.phrase([one], PUBLIC, Filters(), 10)) == {10, 20}
