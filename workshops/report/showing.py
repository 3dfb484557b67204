"""A report as it is shown: its sections with anchors and depths, in the page and in files."""

from dataclasses import dataclass
from typing import Any

from wagtail.query import PageQuerySet

from core import printing
from core.versions import version_to_show
from core.visibility import audiences_of, live_for
from workshops.models import ReportPage

# What a section of each level is set as; the page's own title is the first heading.
HEADINGS = {1: "h2", 2: "h3", 3: "h4", 4: "h5"}


@dataclass(frozen=True)
class Section:
    """A section as templates show it."""

    anchor: str
    heading: str
    level: int
    body: Any

    @property
    def tag(self) -> str:
        """The element of its heading."""
        return HEADINGS[self.level]


def sections_of(page: ReportPage) -> list[Section]:
    """Return the sections in order; levels that nobody knows are the first."""
    found = []
    for block in page.body:
        level = str(block.value["level"] or "1")
        number = int(level) if level in {"1", "2", "3", "4"} else 1
        heading = block.value["heading"] or ""
        found.append(Section(f"section-{block.id}", heading, number, block.value["body"]))
    return found


def newest_to_show(page: ReportPage) -> ReportPage:
    """Return a report as it was last saved, to be shown only; few queries, however many tags."""
    revision = page.latest_revision
    found: ReportPage = version_to_show(page, revision) if revision else page
    return found


def context_of(page: ReportPage) -> dict[str, Any]:
    """Return what the page's template needs."""
    return {"report_sections": sections_of(page), "prints": printing.is_possible()}


def openable(user: Any) -> PageQuerySet:
    """Return the published reports that somebody may open."""
    pages = ReportPage.objects.live().select_related("locale")
    return live_for(pages, audiences_of(user))
