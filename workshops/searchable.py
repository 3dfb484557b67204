"""Workshops in the search."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.blocks import parts_of, plain
from core.provenance import SourceDocument, latest_year
from search.documents import Section
from search.pages import PageSource, register_named, register_pages
from workshops.models import ReportPage, WorkshopPage, WorkshopSeries
from workshops.report.searching import sections_in


def sections(page: WorkshopPage) -> Iterator[Section]:
    """Yield the text, the sessions, the findings and the survey of a workshop."""
    where = [page.summary, page.place, page.date_text, str(page.series or "")]
    yield Section((), "\n".join(text for text in where if text))
    for part in parts_of(page.body):
        yield Section((part.heading,) if part.heading else (), part.text, anchor=part.anchor)
    for block in page.sessions:
        text = [plain(block.value["summary"]), *block.value["questions"]]
        yield Section(
            (str(_("Sessions")), block.value["title"]),
            "\n".join(line for line in text if line),
            anchor=f"session-{block.id}",
        )
    for block in page.findings:
        yield Section((str(_("Findings")),), block.value["text"], anchor=f"finding-{block.id}")
    survey = [
        f"{item.question}: {item.percent} % ({item.count}/{item.of})"
        for item in page.survey_items.all()
    ]
    if survey:
        yield Section((str(_("Survey")),), "\n".join(survey), anchor="survey")


def day_of(page: WorkshopPage) -> datetime.date | None:
    """Return its day; where that is not known, the first of January of its newest source."""
    year = latest_year(page)
    return page.starts or (datetime.date(year, 1, 1) if year else None)


register_pages(
    PageSource(
        "workshop",
        WorkshopPage,
        sections,
        date=day_of,
        date_text=lambda page: page.date_text,
        weight=0.92,
    )
)
register_pages(
    PageSource(
        "report",
        ReportPage,
        sections_in,
        date_text=lambda page: page.published_text,
        weight=0.9,
    )
)
register_named(WorkshopSeries, lambda series: WorkshopPage.objects.filter(series=series))
register_named(
    SourceDocument,
    lambda document: WorkshopPage.objects.filter(pk__in=document.citations.values("page_id")),
)
register_named(
    SourceDocument,
    lambda document: ReportPage.objects.filter(pk__in=document.citations.values("page_id")),
)
