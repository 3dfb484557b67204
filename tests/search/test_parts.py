"""A part answers for its whole, but only before somebody who may open the whole."""

import pytest

from search.engine import find
from search.viewer import ANYONE, Viewer

pytestmark = pytest.mark.django_db
MEMBERS = Viewer(frozenset({"public", "signed-in"}))
TEXTS = ("A register of border crossings.", "A register of border crossings, and who keeps it.")


@pytest.fixture
def parts(shelf):
    for number, text in enumerate(TEXTS, 1):
        shelf.put(number, f"Part {number}", text, part_of="a-whole")
    return shelf


def found(viewer):
    return [hit.key for hit in find("register of border crossings", viewer, language="en").hits]


def test_parts_of_what_a_reader_may_open_are_one_answer(parts):
    parts.put(3, "A thread", "Something else.", work="a-whole", audiences=frozenset({"signed-in"}))
    assert len(found(MEMBERS)) == 1


def test_parts_of_what_is_closed_to_a_reader_stand_for_themselves(parts):
    parts.put(3, "A thread", "Something else.", work="a-whole", audiences=frozenset({"signed-in"}))
    assert set(found(ANYONE)) == {"shelf:1", "shelf:2"}


def test_a_whole_stands_for_itself_in_a_list_though_its_parts_were_read_before(parts):
    parts.put(3, "A thread", "Something else.", work="a-whole")
    assert [hit.key for hit in find("", ANYONE, language="en").hits] == ["shelf:3"]
