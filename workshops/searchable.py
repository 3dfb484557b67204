"""Workshops in the search."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.blocks import parts_of, plain
from search.documents import Section
from search.pages import PageSource, register_pages
from workshops.models import WorkshopPage


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
        f"{item.question}: {item.percent} % ({item.count}/{page.survey_answers})"
        for item in page.survey_items.all()
    ]
    if survey:
        yield Section((str(_("Survey")),), "\n".join(survey), anchor="survey")


register_pages(
    PageSource("workshop", WorkshopPage, sections, date=lambda page: page.starts, weight=0.92)
)
