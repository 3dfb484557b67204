"""What every vector store promises, as tests that each store's own class inherits."""

import threading

import numpy as np
import pytest

from search.catalogue import Catalogue, Entry
from search.filters import Filters

SIZE = 16
# Vectors are held in half precision.
NEAR = 2e-3
PUBLIC = frozenset({"public"})


def unit(seed, count=1):
    values = np.random.default_rng(seed).normal(size=(count, SIZE)).astype(np.float32)
    return values / np.linalg.norm(values, axis=1, keepdims=True)


def ids(*numbers):
    return np.array(numbers, np.int64)


def numbered(count):
    return np.arange(1, count + 1)


def entry(number, audiences=PUBLIC, passages=None):
    """A document with one passage of the same number."""
    return Entry(
        document=number,
        key=f"test:{number}",
        title="",
        language="en",
        work=f"test:{number}",
        day=0,
        weight=1.0,
        part_of="",
        audiences=audiences,
        labels=frozenset({("kind", "even" if number % 2 == 0 else "odd")}),
        passages=passages or (number,),
    )


def allowing(allowed, there):
    """A selection of these documents of those there are."""
    open_ = {int(each) for each in allowed}
    entries = [
        entry(int(each), PUBLIC if int(each) in open_ else frozenset({"members"}))
        for each in sorted({*map(int, there), *open_})
    ]
    return Catalogue().changed((), entries).selection(PUBLIC, Filters())


class VectorStoreContract:
    """Inherit it and give the fixtures `store` (of SIZE dimensions, empty) and `reopened`."""

    @pytest.fixture
    def rows(self):
        """Make the passages of these numbers exist, for stores that know them."""
        return lambda numbers: None

    @pytest.fixture
    def put(self, store, rows):
        def put(numbers, vectors):
            rows(numbers)
            store.put(np.asarray(numbers, np.int64), vectors)
            return vectors

        return put

    def nearest(self, store, question, allowed, limit=10, floor=-1.0, there=None):
        selection = allowing(allowed, allowed if there is None else there)
        return store.search(question[None], selection, limit, floor)[0]

    def test_the_nearest_come_first_and_none_is_missed(self, store, put):
        stored = put(numbered(500), unit(1, 500))
        question = unit(2)[0]
        found, scores = self.nearest(store, question, numbered(500))
        cosines = stored @ question
        assert list(found) == list(np.argsort(-cosines)[:10] + 1)
        np.testing.assert_allclose(scores, np.sort(cosines)[::-1][:10], atol=NEAR)

    @pytest.mark.parametrize("share", [0.01, 0.2, 0.9])
    def test_with_few_or_many_allowed_the_best_of_just_these_are_found(self, store, put, share):
        stored = put(numbered(1000), unit(3, 1000))
        question = unit(4)[0]
        cosines = stored @ question
        allowed = np.argsort(-cosines)[-int(1000 * share) :] + 1  # the farthest of all
        found, _scores = self.nearest(store, question, allowed, 5, there=numbered(1000))
        assert len(set(found)) == 5
        assert set(found) <= set(allowed)
        best = np.sort(cosines[allowed - 1])[::-1][:5]
        np.testing.assert_allclose(cosines[found - 1], best, atol=NEAR)

    def test_filters_and_audiences_choose(self, store, put):
        put(numbered(6), unit(5, 6))
        entries = [entry(n, frozenset({"members"}) if n > 4 else PUBLIC) for n in range(1, 7)]
        catalogue = Catalogue().changed((), entries)

        def found(audiences, filters):
            selection = catalogue.selection(frozenset(audiences), filters)
            return set(store.search(unit(6), selection, 10, -1.0)[0][0])

        assert found({"public"}, Filters()) == {1, 2, 3, 4}
        assert found({"public", "members"}, Filters()) == {1, 2, 3, 4, 5, 6}
        assert found({"public", "members"}, Filters(kind=("even",))) == {2, 4, 6}
        assert found({"others"}, Filters()) == set()

    def test_the_floor_holds(self, store, put):
        stored = put(numbered(100), unit(7, 100))
        question = unit(8)[0]
        found, scores = self.nearest(store, question, numbered(100), 100, 0.2)
        assert (scores >= 0.2).all()
        assert len(found) == pytest.approx((stored @ question >= 0.2).sum(), abs=1)

    def test_of_equals_the_lower_number_comes_first(self, store, put):
        put(ids(7, 3, 5, 9), np.repeat(unit(9), 4, axis=0))
        found, scores = self.nearest(store, unit(9)[0], ids(3, 5, 7, 9))
        assert list(found) == [3, 5, 7, 9]
        np.testing.assert_allclose(scores, 1, atol=NEAR)

    def test_several_questions_are_answered_each_for_itself(self, store, put):
        put(numbered(50), unit(10, 50))
        questions = unit(11, 3)
        together = store.search(questions, allowing(numbered(50), ()), 5, -1.0)
        for question, (found, _scores) in zip(questions, together, strict=True):
            assert list(found) == list(self.nearest(store, question, numbered(50), 5)[0])

    def test_removed_and_replaced_vectors_are_gone(self, store, put):
        old, new = put(numbered(10), unit(12, 10)), unit(13, 10)
        store.put(ids(3), new[2:3])
        store.remove(ids(4, 999_999))
        assert len(store) == 9
        assert list(self.nearest(store, new[2], numbered(10), 1, 0.99)[0]) == [3]
        assert not len(self.nearest(store, old[2], ids(3), 1, 0.99)[0])
        assert not len(self.nearest(store, old[3], ids(4), 1)[0])

    def test_many_removals_leave_the_others_right(self, store, put):
        stored = put(numbered(400), unit(14, 400))
        for start in range(1, 361, 20):
            store.remove(np.arange(start, start + 20))
        assert len(store) == 40
        for number in range(361, 401):
            assert list(self.nearest(store, stored[number - 1], numbered(400), 1)[0]) == [number]

    def test_what_was_selected_before_a_change_is_searched_as_it_is_after(self, store, put):
        stored = put(ids(1, 2), unit(15, 2))
        selection = allowing(ids(1, 2, 3), ())
        assert set(store.search(stored[:1], selection, 10, -1.0)[0][0]) == {1, 2}
        put(ids(3), unit(16))
        store.remove(ids(1))
        assert set(store.search(stored[:1], selection, 10, -1.0)[0][0]) == {2, 3}

    def test_cosines_of_known_passages_and_none_of_unknown_ones(self, store, put):
        stored = put(numbered(3), unit(17, 3))
        questions = unit(18, 2)
        cosines = store.scores(questions, ids(3, 77, 1))
        assert cosines.shape == (2, 3)
        np.testing.assert_allclose(cosines[:, [0, 2]], questions @ stored[[2, 0]].T, atol=NEAR)
        assert np.isnan(cosines[:, 1]).all()

    def test_nothing_there_or_nothing_allowed_finds_nothing(self, store, put):
        assert not len(self.nearest(store, unit(19)[0], ids(1, 2))[0])
        put(ids(1), unit(19))
        assert not len(self.nearest(store, unit(19)[0], ids())[0])
        assert not len(self.nearest(store, unit(19)[0], ids(2, 50_000))[0])
        assert not len(self.nearest(store, unit(19)[0], ids(1), 0)[0])
        assert store.scores(unit(19), ids()).shape == (1, 0)

    @pytest.mark.parametrize("wrong", [np.nan, np.inf])
    def test_numbers_that_are_none_are_refused_whole(self, store, rows, wrong):
        vectors = unit(20, 2)
        vectors[1, 3] = wrong
        rows(ids(1, 2))
        with pytest.raises(ValueError, match="finite"):
            store.put(ids(1, 2), vectors)
        assert len(store) == 0

    def test_wrong_shapes_are_refused(self, store, rows):
        rows(ids(1))
        with pytest.raises(ValueError, match="Expected"):
            store.put(ids(1), np.ones((1, SIZE + 1), np.float32))

    def test_what_was_put_outlives_the_process(self, store, put, reopened):
        stored = put(numbered(20), unit(21, 20))
        store.remove(ids(5))
        again = reopened(store)
        assert len(again) == 19
        assert list(self.nearest(again, stored[6], numbered(20), 1)[0]) == [7]
        assert not len(self.nearest(again, stored[4], ids(5), 1)[0])

    def test_threads_search_while_others_write(self, store, put, at_rest):
        stored = put(numbered(200), unit(22, 200))
        wrong = []

        def ask(number):
            try:
                for _ in range(10):
                    found, scores = self.nearest(
                        store, stored[number - 1], numbered(200), 1, there=numbered(400)
                    )
                    if list(found) != [number] or abs(scores[0] - 1) > NEAR:
                        wrong.append((number, list(found)))
            except Exception as error:  # noqa: BLE001 - told below
                wrong.append(error)
            finally:
                at_rest()

        threads = [threading.Thread(target=ask, args=(number,)) for number in (3, 50, 120, 199)]
        for thread in threads:
            thread.start()
        for start in range(201, 401, 20):
            put(np.arange(start, start + 20), unit(start, 20))
            store.remove(np.arange(start, start + 10))
        for thread in threads:
            thread.join()
        assert wrong == []
