"""A page as one of its versions has it, read with a few queries for all of it."""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from types import SimpleNamespace
from typing import Any, NoReturn

from django.db.models import CharField, ForeignKey, Model, QuerySet, Value
from modelcluster.fields import ParentalKey
from wagtail.models import COMMENTS_RELATION_NAME, Page, Revision

from core.classification import TAGS
from core.provenance import SourceDocument


def version_to_show(page: Any, revision: Revision) -> Any:
    """Return what `version_as_page` does, without the notes of editors: it cannot be saved."""
    reader = copy(page)
    held = getattr(page, "_cluster_related_objects", {})
    reader._cluster_related_objects = held | {COMMENTS_RELATION_NAME: []}
    found = version_as_page(reader, revision)
    found.__dict__["save"] = found.__dict__["save_revision"] = _only_shown
    return found


def _only_shown(*args: Any, **kwargs: Any) -> NoReturn:
    raise TypeError("This version was read to be shown. Saving it would lose what editors noted.")


def version_as_page(page: Any, revision: Revision) -> Any:
    """Return a page of its own type as one of its versions has it, with what it names.

    What a version still names and is no more on the site is left out.
    """
    reader = copy(page)
    reader.__dict__["specific_class"] = _Unasked(page.specific_class)
    # All that Wagtail asks of the page above is where it stands.
    above = page.url_path.rstrip("/").rpartition("/")[0]
    reader._cached_parent_obj = SimpleNamespace(url_path=f"{above}/")
    found = reader.with_content_json(revision.content)
    found.live_revision_id = page.live_revision_id
    _follow(page, found)
    return complete(found)


class _Unasked:
    """Reads a version without a query for each row of it; `complete` asks for all at once."""

    def __init__(self, model: Any) -> None:
        self.model = model

    def from_serializable_data(self, data: Any) -> Any:
        """Return the page; what it links with may be gone by now."""
        return self.model.from_serializable_data(data, check_fks=False)


def _follow(page: Any, version: Any) -> None:
    """Give a version what its page knows already, and look up what it names otherwise."""
    for field in version._meta.concrete_fields:
        number = getattr(version, field.attname)
        if not isinstance(field, ForeignKey) or number is None:
            continue
        if getattr(page, field.attname) == number and field.name in page._state.fields_cache:
            setattr(version, field.name, page._state.fields_cache[field.name])
        elif field.model is not Page and not issubclass(field.related_model, Page):
            named = field.related_model._default_manager.filter(pk=number)
            setattr(version, field.name, named.first())


def complete(page: Any, tags: Iterable[str] = ()) -> Any:
    """Read what the rows of a version name, all at once; `tags`: those to read from the tables.

    Tags get their terms and sources their documents; a row whose target is gone is left out.
    """
    held = set(getattr(page, "_cluster_related_objects", {})) - {COMMENTS_RELATION_NAME}
    _give_terms(page, [name for name in TAGS if name in held])
    _read_tags(page, [name for name in tags if name not in held])
    _give_targets(page, sorted(held - TAGS.keys()))
    return page


def _give_targets(page: Any, names: Iterable[str]) -> None:
    rows = {name: list(getattr(page, name).all()) for name in names}
    wanted: dict[Any, set[int]] = defaultdict(set)
    for each in rows.values():
        for row in each:
            for field in _names(type(row)):
                wanted[_asked(field)].add(getattr(row, field.attname))
    found = {model: _found(model, ids) for model, ids in wanted.items()}
    for name, each in rows.items():
        kept = [row for row in each if all(_give(row, field, found) for field in _names(type(row)))]
        setattr(page, name, kept)


def _names(model: type[Model]) -> list[Any]:
    """Return the fields by which a row names something else than its page."""
    fields = model._meta.concrete_fields
    return [f for f in fields if isinstance(f, ForeignKey) and not isinstance(f, ParentalKey)]


def _asked(field: Any) -> Any:
    """Return the model to ask for what a field names: pages of all types together."""
    return Page if issubclass(field.related_model, Page) else field.related_model


def _found(model: Any, ids: set[int]) -> dict[int, Any]:
    if model is Page:
        return dict.fromkeys(Page.objects.filter(pk__in=ids).values_list("pk", flat=True))
    rows = model._default_manager.filter(pk__in=ids)
    return {row.pk: row for row in rows.select_related(*_READ_WITH.get(model, ()))}


_READ_WITH: dict[Any, tuple[str, ...]] = {SourceDocument: ("file",)}


def _give(row: Any, field: Any, found: dict[Any, dict[int, Any]]) -> bool:
    """Give a row what it names; False if that is gone."""
    targets, number = found[_asked(field)], getattr(row, field.attname)
    if number in targets and targets[number] is not None:
        setattr(row, field.name, targets[number])
    return number in targets


def _give_terms(page: Any, names: Iterable[str]) -> None:
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


def _read_tags(page: Any, names: Iterable[str]) -> None:
    """Read the tags of a published page from their tables."""
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
        tags.sort(key=lambda tag: (tag.sort_order is None, tag.sort_order or 0, tag.pk))
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
