"""The reading view: the text of a file as a page, for a weak line and for Word files."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from library import reasons
from library.access import open_file
from library.models import FileSection, TextStatus


@dataclass(frozen=True)
class ShownHeading:
    """A heading with its level in the page: h2 for the first below the title, h6 at most."""

    text: str
    level: int


@dataclass(frozen=True)
class ShownSection:
    """A section with what begins at it: headings, and a page of the file."""

    anchor: str
    headings: list[ShownHeading]
    paragraphs: list[str] = field(default_factory=list)
    new_page: int | None = None


@require_safe
def file(request: HttpRequest, file_id: int) -> HttpResponse:
    """Show a file to whoever may open it: what it is, where to load it, and its text."""
    shown = open_file(file_id, request.user)
    ready = shown.text_status == TextStatus.READY
    context = {
        "file": shown,
        "title": shown.title,
        "sections": shown_sections(shown.sections.all()) if ready else [],
        "ready": ready,
        "openable": not shown.text_reason or shown.text_reason in reasons.OPENS_ANYWAY,
    }
    return render(request, "library/file.html", context)


def shown_sections(sections: Iterable[FileSection]) -> list[ShownSection]:
    """The sections with each heading and each page announced once, where it begins."""
    shown: list[ShownSection] = []
    path: list[str] = []
    page: int | None = None
    for section in sections:
        same = 0
        while same < min(len(path), len(section.heading)) and path[same] == section.heading[same]:
            same += 1
        headings = [
            ShownHeading(text, min(level, 6))
            for level, text in enumerate(section.heading[same:], start=2 + same)
        ]
        new_page = section.page if section.page != page else None
        paragraphs = section.text.split("\n\n")
        if paragraphs == section.heading[-1:]:
            paragraphs = []  # a heading without text of its own
        shown.append(ShownSection(section.anchor, headings, paragraphs, new_page))
        path, page = section.heading, section.page
    return shown
