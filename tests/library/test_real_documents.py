"""The Alliance's own documents, where they lie beside the project."""

from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from library.extraction.runner import read_in_own_process

FOLDER = Path(settings.BASE_DIR).parent / "shared" / "library"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="The five documents of the Alliance are not on this machine."
)


@cache
def reading_of(name):
    path = FOLDER / name
    return read_in_own_process(path, path.suffix[1:])


@pytest.mark.parametrize(
    ("name", "pages", "heading", "on_page"),
    [
        ("workshop-report-rabat-2019.pdf", 15, "Innovative approaches", 6),
        ("workshop-report-rabat-2019.pdf", 15, "Conclusions", 14),
        ("workshop-report-rabat-2019.docx", None, "Innovative approaches", None),
        ("call-to-action-brief-2022.pdf", 10, "MAKE BETTER USE OF EXISTING DATA", 7),
        ("coordination-meeting-paper-2018.pdf", 5, "Research Projects", 2),
        ("terms-of-reference-2020.docx", None, "Scope of work and key tasks", None),
        ("workshop-article-panama-2025.docx", None, "Peer learning drives", None),
    ],
)
def test_headings_stand_on_their_pages(name, pages, heading, on_page):
    reading = reading_of(name)
    assert (reading.reason, reading.page_count) == ("", pages)
    first = next(
        section
        for section in reading.sections
        if any(part.startswith(heading) for part in section.heading)
    )
    assert first.page == on_page
    assert len(first.text) > 100


def test_the_rabat_report_has_its_chapters_and_their_parts():
    reading = reading_of("workshop-report-rabat-2019.pdf")
    paths = {section.heading for section in reading.sections}
    assert len({path[0] for path in paths}) == 10
    assert sum(1 for path in paths if len(path) == 2) == 6
