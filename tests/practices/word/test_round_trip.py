"""Word -> page -> Word loses nothing, whatever the practice says and in whatever language."""

import datetime

import pytest

from practices.word.fields import Evidence, Grid, Named, Part, PracticeFields, Role, Source
from practices.word.prose import from_html

pytestmark = pytest.mark.django_db

FULL = PracticeFields(
    title="Counting children in transit (invented)",
    summary="Three registers were linked.\nNothing was known before.",
    countries=("GEO", "MAR"),
    organisation="An invented office",
    lead_institution=Named(7, "Invented Ministry (IM)"),
    year_from=2019,
    year_to=2023,
    problem=from_html(
        "<p>Nobody <b>knew</b> <i>how</i> many; see <a href='https://example.org/a?b=1&amp;c=2'>"
        "the <b>report</b></a>.<br/>A second line.</p><ul><li>one<ol><li>deep</li>"
        "<li>deeper</li></ol></li><li>two</li></ul><ol><li>first</li></ol><p>End</p>"
    ),
    institutions=(
        Role("Ministry", "leads", "its register", "the office", "Law 12/2019"),
        Role("Office", "", "", "", ""),
    ),
    steps=(
        Part("Ask the ministry", from_html("<p>Write first.</p><h3>Then</h3><p>visit</p>")),
        Part("", from_html("<ol><li>Sign</li><li>Count</li></ol>")),
        Part("Only a title", ()),
    ),
    results=from_html("<p>Results: 12 of 18 (67 %).</p><p><b>Cost</b></p><p>was low</p>"),
    what_failed=from_html("<p>\u0628\u0639\u0636 \u0627\u0644\u0623\u0637\u0641\u0627\u0644</p>"),
    condition_legal="A law.\n\nA second paragraph, - with signs.",
    condition_cultural="1. not a list",
    condition_capacity="",
    condition_cooperation="Two authorities; one convenes.",
    condition_partners="UNICEF",
    building_blocks=(Part("A form", from_html("<p>Take it.</p>")),),
    cost="20,000 a year",
    duration="18 months",
    action_points=("4", "1"),
    themes=("transit", "data-integration"),
    data_sources=("census",),
    populations=("refugee-children",),
    disaggregation=("age", "sex"),
    indicators=(Named(31, "Children in transit", "/p/31/"),),
    guidance=(Named(32, "An invented guidance", "/p/32/"),),
    evidence=(
        Evidence("The report", "https://example.org/report"),
        Evidence(
            "A file",
            "/documents/5/a-file.pdf",
            "What it shows",
            Named(5, "A file", "/documents/5/a-file.pdf"),
        ),
    ),
    sources=(
        Source(Named(9, "A report (2019)"), "Chapter 2", 12),
        Source(Named(9, "A report (2019)")),
    ),
    voice="institution",
    contact="statistics@example.org",
    languages="Georgian, English",
    last_confirmed=datetime.date(2025, 11, 3),
    tables=(
        Grid("results", (("Year", "Children"), ("2019", "120"), ("2020", "")), "By year", "row"),
        Grid("results", (("a", "b"), ("c\nd", "e"))),
        Grid("conditions", (("x", "y"), ("z", "w")), "", "both"),
        Grid("cost", (("Staff", "2"),), "What it took", "column"),
    ),
)


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar"])
def test_a_full_practice_comes_back_whole_in_every_language(written, read_back, language):
    again = read_back(written(FULL, language, "PX-12-34"), kept=FULL)
    assert again.fields == FULL
    assert again.problems == again.left_over == ()
    assert (again.page, again.revision) == (12, 34)
