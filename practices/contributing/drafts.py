"""The newest draft of a practice, or an earlier version, read with a few queries for all of it."""

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.db.models import CharField, QuerySet, Value
from wagtail.models import Page, Revision

from core.classification import TAGS
from core.models import PageSource, SourceDocument
from practices.contributing.fields import LINKS
from practices.models import PracticePage
from users.models import Institution


def newest_of(page: PracticePage) -> PracticePage:
    """Return a practice as it was last saved, whether or not that is public."""
    revision = page.latest_revision
    if not page.has_unpublished_changes or revision is None:
        return complete(page)
    return version_as_page(page, revision)


def version_as_page(page: PracticePage, revision: Revision) -> PracticePage:
    """Return a practice as one of its versions has it."""
    reader = copy(page)
    reader.__dict__["specific_class"] = _Unasked
    found: PracticePage = reader.with_content_json(revision.content)
    found.live_revision_id = page.live_revision_id
    return complete(found)


class _Unasked:
    """Reads a version without a query for each row of it; `complete` asks for all at once."""

    @staticmethod
    def from_serializable_data(data: Any) -> PracticePage:
        """Return the page; what it links with may be gone by now."""
        page: PracticePage = PracticePage.from_serializable_data(data, check_fks=False)
        return page


def complete(page: PracticePage) -> PracticePage:
    """Read the tags with their terms and the sources with their documents, all at once.

    What a version still names and is no more on the site is left out.
    """
    held = set(getattr(page, "_cluster_related_objects", {}))
    _give_terms(page, [name for name in TAGS if name in held])
    _read_tags(page, [name for name in TAGS if name not in held])
    if "sources" in held:
        sources: list[PageSource] = list(page.sources.all())
        ids = {source.document_id for source in sources}
        documents = SourceDocument.objects.select_related("file").in_bulk(ids) if ids else {}
        page.sources = [source for source in sources if source.document_id in documents]
        for source in page.sources.all():
            source.document = documents[source.document_id]
    for name in LINKS:
        if name in held:
            _keep_linked(page, name)
    body = Institution.objects.filter(pk=page.lead_institution_id or 0)
    if page.lead_institution_id and "lead_institution" not in page._state.fields_cache:
        page.lead_institution = body.first()
    return page


def _keep_linked(page: PracticePage, name: str) -> None:
    field = f"{LINKS[name][1]}_id"
    rows = list(getattr(page, name).all())
    if rows:
        ids = {getattr(row, field) for row in rows}
        there = set(Page.objects.filter(pk__in=ids).values_list("pk", flat=True))
        setattr(page, name, [row for row in rows if getattr(row, field) in there])


def _give_terms(page: PracticePage, names: Iterable[str]) -> None:
    """Join the tags that a version holds with their terms; a term that is no more has no tag."""
    rows = {name: list(getattr(page, name).all()) for name in names}
    queries = [
        _told(_terms(name).filter(pk__in=[tag.term_id for tag in tags]), name, "pk", "code")
        for name, tags in rows.items()
        if tags
    ]
    codes = {(kind, pk): code for kind, pk, code in _together(queries)}
    for name, tags in rows.items():
        kept = [tag for tag in tags if (name, tag.term_id) in codes]
        for tag in kept:
            tag.term = _term(name, tag.term_id, codes[name, tag.term_id])
        setattr(page, name, kept)


def _read_tags(page: PracticePage, names: Iterable[str]) -> None:
    """Read the tags of a published practice from their tables."""
    names = list(names)
    fields = ("pk", "sort_order", "term_id", "term__code")
    queries = [
        _told(TAGS[name]._default_manager.filter(page_id=page.pk), name, *fields) for name in names
    ]
    rows: dict[str, list[Any]] = {name: [] for name in names}
    for kind, pk, order, term_id, code in _together(queries):
        term = _term(kind, term_id, code)
        rows[kind].append(TAGS[kind](pk=pk, page_id=page.pk, sort_order=order, term=term))
    for name, tags in rows.items():
        tags.sort(key=lambda tag: (tag.sort_order is None, tag.sort_order, tag.pk))
        setattr(page, name, tags)


def _told(rows: QuerySet[Any], kind: str, *fields: str) -> QuerySet[Any]:
    named = rows.order_by().annotate(kind=Value(kind, output_field=CharField()))
    return named.values_list("kind", *fields)


def _together(queries: list[QuerySet[Any]]) -> Iterable[Any]:
    return queries[0].union(*queries[1:], all=True) if queries else []


def _terms(name: str) -> QuerySet[Any]:
    model: Any = TAGS[name]._meta.get_field("term").related_model
    rows: QuerySet[Any] = model._default_manager.all()
    return rows


def _term(name: str, pk: int, code: str) -> Any:
    """Return a term as far as tags need it."""
    model: Any = TAGS[name]._meta.get_field("term").related_model
    term = model(pk=pk, code=code)
    term._state.adding = False
    return term
