"""Any practice: page -> Word -> page keeps every field, and so does the Word file of that page."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.blocks import WITH_TABLES
from practices.contributing.fields import put
from practices.models import PracticePage
from practices.word.fields import Evidence, Grid, Part, PracticeFields, Role
from practices.word.outline import Outline
from practices.word.pages import fields_of, stored
from practices.word.prose import Piece, Run, from_html, line, lines, tidy, to_html
from practices.word.template import ENTRIES
from practices.word.understanding import understand
from practices.word.writing import Setting, write
from tests import factories

pytestmark = pytest.mark.django_db

# Letters of all scripts of the site, signs that mean something to Word, HTML, Markdown, tables.
ALPHABET = st.one_of(
    st.sampled_from("abc XYZ 019 .,:;|-_*#+=@<>&\"'()[]{}/\\%éñçßİ \u00a0\u200f\u2028☐☒"),
    st.sampled_from("مرحبا بالعالم ٠١٢ ةىئؤ لله"),
    st.characters(exclude_categories=("Cs", "Cc")),
)
TEXT = st.text(ALPHABET, max_size=40)
LINE = TEXT.map(line)
LINES = st.lists(TEXT, max_size=4).map(lambda each: lines("\n".join(each)))
HREF = st.sampled_from(["", "", "https://example.org/a?b=1&c=%20d#e", "mailto:office@example.org"])
RUN = st.builds(Run, st.text(ALPHABET | st.just("\n"), max_size=20), st.booleans(), st.booleans(), HREF)  # noqa: E501  # fmt: skip
LISTED = st.builds(
    Piece, st.lists(RUN, max_size=4).map(tuple), st.integers(0, 4), st.booleans(), st.just(False)
)
HEADED = st.builds(Piece, st.tuples(st.builds(Run, TEXT)), st.just(0), st.just(False), st.just(True))  # noqa: E501  # fmt: skip
PROSE = st.lists(LISTED, max_size=6).map(tidy)
PARTS = st.lists(
    st.builds(Part, LINE, st.lists(LISTED | HEADED, max_size=4).map(tidy)).filter(
        lambda part: part != Part()
    ),
    max_size=3,
).map(tuple)
CELL = LINES
ROLES = st.lists(
    st.builds(Role, LINE, LINE, LINE, LINE, LINE).filter(lambda role: role != Role()), max_size=3
).map(tuple)
WEB = st.builds(Evidence, LINE.filter(bool), st.just("https://example.org/report?x=1"))


@st.composite
def grids(draw):
    width, height = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    row = st.lists(CELL, min_size=width, max_size=width).map(tuple)
    rows = draw(st.lists(row, min_size=height, max_size=height).map(tuple))
    if not any(cell.replace("|", "").strip() for each in rows for cell in each):
        rows = (("x", *rows[0][1:]), *rows[1:])
    header = draw(st.sampled_from(["row", "column", "both", "neither"]))
    return Grid(draw(st.sampled_from(WITH_TABLES)), rows, draw(LINE), header)


TABLES = st.lists(grids(), max_size=3).map(
    lambda found: tuple(sorted(found, key=lambda grid: WITH_TABLES.index(grid.section)))
)
YEAR = st.none() | st.integers(1950, 2100)


def codes(*known):
    return st.lists(st.sampled_from(known), unique=True, max_size=3).map(tuple)


PRACTICES = st.builds(
    PracticeFields,
    title=LINE,
    summary=LINES,
    countries=codes("GEO", "MAR", "CIV", "BOL"),
    organisation=LINE,
    year_from=YEAR,
    year_to=YEAR,
    problem=PROSE,
    institutions=ROLES,
    steps=PARTS,
    results=PROSE,
    what_failed=PROSE,
    condition_legal=LINES,
    condition_cultural=LINES,
    condition_capacity=LINES,
    condition_cooperation=LINES,
    condition_partners=LINES,
    conditions_not_reported=st.booleans(),
    building_blocks=PARTS,
    cost=LINE,
    duration=LINE,
    action_points=codes("1", "3", "5"),
    themes=codes("transit", "data-integration", "education"),
    data_sources=codes("census", "survey"),
    populations=codes("refugee-children", "migrant-children"),
    disaggregation=codes("age", "sex"),
    evidence=st.lists(WEB, max_size=2).map(tuple),
    voice=st.sampled_from(["personal", "institution", "public"]),
    contact=LINE,
    languages=LINE,
    last_confirmed=st.none() | st.dates(datetime.date(1950, 1, 1), datetime.date(2100, 12, 31)),
    tables=TABLES,
)


def read_here(content, names):
    """As the guarded process reads, without starting one for each of many examples."""
    import tempfile
    from pathlib import Path

    from practices.word.reading import read

    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        Path(file.name).write_bytes(content)
        return understand(Outline.from_json(read(Path(file.name)).to_json()), names)


@given(PROSE)
@settings(max_examples=200, deadline=None)
def test_running_text_survives_html(prose):
    assert from_html(to_html(prose)) == prose


@given(fields=PRACTICES, language=st.sampled_from(["en", "es", "fr", "ar"]))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_word_to_page_to_word_loses_no_field(vocabulary, fields, language):
    from django.contrib.auth.models import AnonymousUser

    from practices.word.names import Names

    setting = Setting(language, "https://practices.example.org", "PX-1-2")
    names = Names(AnonymousUser(), {"practices.example.org"}, fields)
    first = write(fields, setting)
    read = read_here(first, names)
    assert read.fields == fields
    assert read.problems == read.left_over == ()
    page = PracticePage(locale=factories.locale("en"))
    put(page, stored(page, read.fields, read.present))
    assert fields_of(page) == fields
    assert write(fields_of(page), setting) == first


def test_the_form_asks_for_every_field_of_a_practice():
    own = {field.name for field in PracticeFields.__dataclass_fields__.values()} - {"tables"}
    assert own == set(ENTRIES)
    not_written = {"page_ptr", "external_id"}
    assert {field.name for field in PracticePage._meta.local_fields} - not_written <= own | {
        "tables"
    }
