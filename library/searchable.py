"""Files in the search: a hit opens the file at its page."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import translation

from core.provenance import SourceDocument
from core.visibility import Audiences, Closed, audiences_at, closed_collections, closed_pages
from library.access import files_for, findable
from library.citations import names_of
from library.models import FileSection, LibraryFile
from search.documents import Document, Section
from search.sources import Card, register
from search.viewer import Viewer


class FileSource:
    """Uploaded PDF and Word files, each for those who may see its collection."""

    name = "file"

    def ids(self) -> list[str]:
        """Return the ids of all files that can be opened."""
        return [str(pk) for pk in self._files().values_list("pk", flat=True)]

    def documents(self, ids: Sequence[str]) -> Iterator[Document]:
        """Yield the files with their text, each for those who may open it."""
        collections, pages = closed_collections(), closed_pages()
        files = self._files().filter(pk__in=_numbers(ids)).select_related("collection", "page")
        sections = FileSection.objects.order_by("order")
        sources = set(SourceDocument.objects.values_list("slug", flat=True))
        for file in files.prefetch_related(Prefetch("sections", queryset=sections)):
            yield _document(file, _admitted(file, collections, pages), sources)

    def shown(self, ids: Sequence[str], viewer: Viewer, language: str) -> Mapping[str, Card]:
        """Return the cards of the files that this viewer may open at this moment, in one query."""
        files = files_for(viewer.audiences).filter(findable(), pk__in=_numbers(ids))
        with translation.override(language):
            return {str(file.pk): _card(file) for file in files}

    def _files(self) -> QuerySet[LibraryFile]:
        return LibraryFile.objects.filter(findable())


def _admitted(
    file: LibraryFile, collections: Iterable[Closed], pages: Iterable[Closed]
) -> Audiences:
    """Return who may find a file: who may open both its collection and, if any, its page."""
    around = [each for each in collections if file.collection.path.startswith(each.path)]
    if file.page is not None:
        around += [each for each in pages if file.page.path.startswith(each.path)]
    return audiences_at("", [Closed("", each.audiences) for each in around])


def _document(file: LibraryFile, audiences: Audiences, sources: set[str]) -> Document:
    # The PDF and the Word version of one publication are one work; the PDF has page numbers.
    published = names_of(file) & sources
    return Document(
        key=f"file:{file.pk}",
        kind="file",
        title=file.title,
        language=_language(file),
        summary=file.description,
        sections=tuple(_section(section, file.is_pdf) for section in file.sections.all()),
        audiences=audiences,
        work=f"source:{min(published)}" if published else "",
        weight=0.9 if file.is_pdf else 0.88,
        date=datetime.date(file.year, 1, 1) if file.year else None,
        available_from=file.page.go_live_at if file.page else None,
        expires_at=file.page.expire_at if file.page else None,
    )


def _section(section: FileSection, is_pdf: bool) -> Section:
    # A browser opens a PDF at a page; a Word file has no pages and opens in the reading view.
    anchor = "" if is_pdf else section.anchor
    return Section(tuple(section.heading), section.text, section.page, anchor)


def _card(file: LibraryFile) -> Card:
    return Card(
        title=file.title,
        url=file.url if file.is_pdf else file.reading_url,
        kind="file",
        language=_language(file),
        summary=file.description,
        date=datetime.date(file.year, 1, 1) if file.year else None,
        changed=file.created_at,
    )


def _language(file: LibraryFile) -> str:
    return file.language or settings.LANGUAGE_CODE


def _numbers(ids: Sequence[str]) -> list[int]:
    return [int(each) for each in ids if each.isdecimal()]


register(FileSource())
