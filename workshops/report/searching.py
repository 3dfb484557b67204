"""What a report says, section by section, for the search."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.blocks import plain
from search.documents import Section
from workshops.models import ReportPage
from workshops.report.showing import sections_of


def sections_in(page: ReportPage) -> Iterator[Section]:
    """Yield the summary, the findings and the sections, each under the headings above it."""
    yield Section((), page.summary)
    for block in page.findings:
        yield Section((_("Findings"),), block.value["text"], anchor=f"finding-{block.id}")
    above: list[tuple[int, str]] = []
    for section in sections_of(page):
        above = [(level, text) for level, text in above if level < section.level]
        if section.heading:
            above.append((section.level, section.heading))
        yield Section(
            tuple(text for _level, text in above), _text(section.body), anchor=section.anchor
        )


def _text(body: object) -> str:
    lines: list[str] = []
    for block in body:  # type: ignore[attr-defined]
        if block.block_type == "table":
            rows = (block.value["table"] or {}).get("data") or []
            lines += [" | ".join(str(cell or "") for cell in row) for row in rows]
        elif block.block_type == "text":
            lines.append(plain(block.value.source))
        else:
            found = block.block.get_searchable_content(block.value)
            lines += [text for text in found if text]
    return "\n".join(lines)
