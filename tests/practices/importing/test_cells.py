"""A practice in the cells of a table, and back, whatever it says; no cell is a formula."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.importing.cells import (
    ACTIVE,
    WAYS,
    CellError,
    guarded,
    read_links,
    read_parts,
    read_prose,
    read_roles,
    unguarded,
)
from practices.word.fields import Part, Role
from practices.word.prose import from_html
from tests.practices.word.test_property import PRACTICES


@given(PRACTICES)
@settings(max_examples=150, deadline=None)
def test_every_field_comes_back_from_its_cell(fields):
    for name, (write, read) in WAYS.items():
        value = getattr(fields, name)
        assert read(write(value)) == value, name


@given(st.text())
def test_a_guarded_text_comes_back_and_no_spreadsheet_takes_it_for_a_formula(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx", "'=1"])
def test_what_begins_a_formula_is_quoted(text):
    assert text.startswith(ACTIVE)
    assert guarded(text) == f"'{text}"
    assert guarded("12 = 12") == "12 = 12"


def test_people_write_steps_and_lists_as_text():
    assert read_parts("# Ask\nWrite first.\n- one\n  1. deep\n# Sign") == (
        Part("Ask", from_html("<p>Write first.</p><ul><li>one<ol><li>deep</li></ol></li></ul>")),
        Part("Sign"),
    )
    assert read_prose("<p>a <b>b</b><script>c</script></p>") == from_html("<p>a <b>b</b></p>")


def test_people_write_institutions_and_links_as_lines():
    assert read_roles("Ministry | leads\nOffice||its register") == (
        Role("Ministry", "leads"),
        Role("Office", "", "its register"),
    )
    with pytest.raises(CellError):
        read_roles("a|b|c|d|e|f")
    with pytest.raises(CellError):
        read_links("Report | javascript:alert(1)")
