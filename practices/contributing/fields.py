"""The fields of a practice as plain values: what a form, a file or an import puts into them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from modelcluster.models import ClusterableModel
from wagtail.blocks import StreamValue

from core.classification import TAGS
from core.models import PageSource
from practices.models import PracticeGuidance, PracticeIndicator, PracticePage

STREAMS = ("institutions", "steps", "building_blocks", "tables", "evidence")
TEXTS = ("problem", "results", "what_failed")
LINKS: dict[str, tuple[type[ClusterableModel], str]] = {
    "indicators": (PracticeIndicator, "indicator"),
    "guidance": (PracticeGuidance, "guidance"),
}
CONDITIONS = (
    "condition_legal",
    "condition_cultural",
    "condition_capacity",
    "condition_cooperation",
    "condition_partners",
)
PLAIN = (
    "title",
    "summary",
    "organisation",
    "lead_institution",
    "lead_institution_id",
    "year_from",
    "year_to",
    "cost",
    "duration",
    *CONDITIONS,
    "conditions_not_reported",
    "contact",
    "languages",
    "voice",
    "last_confirmed",
    "external_id",
)
# Nothing else of a page can be written by contributors: not its owner, its place or its state.
WRITABLE = frozenset({*PLAIN, *TEXTS, *STREAMS, *TAGS, *LINKS, "sources"})


def put(page: PracticePage, changed: Mapping[str, Any]) -> None:
    """Set fields of a practice in memory; `KeyError` for what contributors may not write.

    Texts are HTML as Wagtail stores it. Streams are lists of `{"type", "value", "id"}` (the id
    may be left out). Tags are codes or terms, indicators and guidance are pages or their ids,
    sources are `{"document", "place", "page_number"}`.
    """
    unknown = set(changed) - WRITABLE
    if unknown:
        raise KeyError(f"Not a field of contributors: {', '.join(sorted(unknown))}")
    for name, value in changed.items():
        if name in STREAMS:
            setattr(page, name, _stream(page, name, value))
        elif name in TAGS:
            _put_tags(page, name, value)
        elif name in LINKS:
            _put_links(page, name, value)
        elif name == "sources":
            _put_sources(page, value)
        else:
            setattr(page, name, value)


def _stream(page: PracticePage, name: str, value: Any) -> Any:
    if isinstance(value, StreamValue):
        return value
    return page._meta.get_field(name).to_python(json.dumps(list(value)))


def _put_tags(page: PracticePage, name: str, terms: Iterable[Any]) -> None:
    """Tag a practice; a tag that it has already stays the same row."""
    model = TAGS[name]
    before = {tag.term.code: tag for tag in getattr(page, name).all()}
    wanted = list(dict.fromkeys(getattr(term, "code", term) for term in terms))
    found = _terms(model._meta.get_field("term").related_model, wanted, page.locale_id)
    tags = [before.get(code) or model(term=found[code]) for code in wanted if code in found]
    setattr(page, name, _in_order(tags))


def _terms(model: Any, codes: list[str], locale_id: int | None) -> dict[str, Any]:
    """Return the terms by code, in the practice's language where they are translated."""
    rows = model.objects.filter(code__in=codes).order_by("pk")
    found: dict[str, Any] = {}
    for row in rows:
        if row.code not in found or row.locale_id == locale_id:
            found[row.code] = row
    return found


def _put_links(page: PracticePage, name: str, targets: Iterable[Any]) -> None:
    model, field = LINKS[name]
    before = {getattr(row, f"{field}_id"): row for row in getattr(page, name).all()}
    wanted = list(dict.fromkeys(getattr(target, "pk", target) for target in targets))
    rows = [before.get(pk) or model(**{f"{field}_id": pk}) for pk in wanted]
    setattr(page, name, _in_order(rows))


def _put_sources(page: PracticePage, sources: Iterable[Mapping[str, Any]]) -> None:
    def key(row: PageSource) -> tuple[int, str, int | None]:
        return (row.document_id, row.place, row.page_number)

    before = {key(row): row for row in page.sources.all()}
    rows = []
    for source in sources:
        document = getattr(source["document"], "pk", source["document"])
        row = PageSource(
            document_id=document,
            place=source.get("place") or "",
            page_number=source.get("page_number"),
        )
        rows.append(before.pop(key(row), row))
    page.sources = _in_order(rows)


def _in_order(rows: list[Any]) -> list[Any]:
    for order, row in enumerate(rows):
        row.sort_order = order
    return rows
