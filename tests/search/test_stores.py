"""What every word store promises; inherit the contract and give the fixture `store`."""

import threading

import pytest

from search.bridges import names
from search.filters import Filters
from search.language import stems_in_all, words
from search.stores import Term, WordDocument, WordPassage
from search.stores.tantivy_partition import Partition
from search.stores.tantivy_words import TantivyWords

PUBLIC = frozenset({"public"})


def document(number, text, audiences=PUBLIC, title="", language="en", **labels):
    pairs = frozenset((facet, code) for facet, codes in labels.items() for code in codes)
    passages = (WordPassage(number * 10, "", text),)
    return WordDocument(number, title, language, audiences, pairs, passages)


def ask(store, text, audiences=PUBLIC, filters=None):
    terms = [Term(stems_in_all(word), word=word) for word in words(text)]
    terms = store.corrected(terms, audiences)
    return store.search(terms, audiences, filters or Filters(), 100)


class WordStoreContract:
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

    def test_one_in_a_hundred_visible_is_found_as_if_alone(self, store):
        members = frozenset({"members"})
        store.put([document(n, "registry of children", members) for n in range(1, 1000)])
        store.put([document(n, "registry of children") for n in range(1000, 1010)])
        assert set(ask(store, "registry").passages) == {n * 10 for n in range(1000, 1010)}

    def test_nothing_there_and_nothing_asked_find_nothing(self, store):
        assert not len(ask(store, "registry").passages)
        assert not len(store.phrase([(("registry",),)], PUBLIC, Filters(), 10))
        store.put([document(1, "registry")])
        assert not len(ask(store, "").passages)

    def test_threads_search_while_others_write(self, store):
        store.put([document(n, "registry of children") for n in range(1, 30)])
        wrong = []

        def search():
            for _ in range(20):
                found = set(ask(store, "registry").passages)
                if not {n * 10 for n in range(1, 30)} <= found:
                    wrong.append(found)

        threads = [threading.Thread(target=search) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(30, 40):
            store.put([document(number, "registry")])
            store.remove([number])
        for thread in threads:
            thread.join()
        assert wrong == []


class TestTantivy(WordStoreContract):
    @pytest.fixture
    def store(self):
        return TantivyWords()

    @pytest.mark.parametrize("small", [5_000, 0])
    def test_what_was_withdrawn_counts_no_more(self, store, monkeypatch, small):
        monkeypatch.setattr("search.stores.tantivy_partition.SMALL", small)
        kept = [document(8, "registry of children"), document(9, "census of refugees, registry")]
        store.put([document(n, "census of children, smuggler") for n in range(1, 8)])
        store.put(kept)
        store.remove(range(1, 8))
        fresh = TantivyWords()
        fresh.put(kept)
        for question in ("census children", "registry", "census refugees", "smugler"):
            warm, cold = ask(store, question), ask(fresh, question)
            assert dict(zip(warm.passages, warm.share, strict=True)) == pytest.approx(
                dict(zip(cold.passages, cold.share, strict=True))
            )
            assert list(warm.passages) == list(cold.passages)
            assert list(warm.coverage) == pytest.approx(list(cold.coverage))
            assert all(0 <= each <= 1 for each in warm.coverage)
            assert all(each > 0 for each in warm.share)

    def test_words_that_a_change_took_out_correct_nothing(self, store, monkeypatch):
        # As in a large index, where the statistics still count what was replaced.
        monkeypatch.setattr("search.stores.tantivy_partition.SMALL", 0)
        monkeypatch.setattr("search.stores.tantivy_partition.MOST_REPLACED", 100)
        others = [document(n, "census of children") for n in range(2, 9)]
        store.put([document(1, "the smuggler Bartholomew", title="Bartholomew"), *others])
        assert ask(store, "smugler").passages.tolist() == [10]
        store.put([document(1, "the registry")])
        slip = Term(("smugler",), word="smugler")
        assert store.corrected((slip,), PUBLIC) == (slip,)
        assert store.named(names.skeletons("bartholomew"), PUBLIC) == []
        assert not len(ask(store, "smuggler").passages)
        assert len(ask(store, "census").passages) == len(others)
        store.put(others)  # every word of these is counted twice now
        assert (ask(store, "census children").coverage <= 1).all()
        assert (ask(store, "census children").coverage >= 0).all()

    def test_a_write_that_failed_leaves_nothing_behind(self, store, monkeypatch):
        members = frozenset({"members"})
        store.put([document(1, "registry")])
        with monkeypatch.context() as broken:
            broken.setattr(Partition, "change", lambda *_args: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                store.put([document(1, "registry", members)])
        store.put([document(1, "registry", members)])
        assert not len(ask(store, "registry").passages)
        assert list(ask(store, "registry", audiences=members).passages) == [10]
