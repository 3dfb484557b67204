"""What a page says to the public: sentences with their place, pictures, files, quotations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.db import models
from django.utils.functional import Promise
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import COMMENTS_RELATION_NAME
from wagtail.rich_text import RichText

from core.blocks import QuoteBlock, plain
from core.publication import BOOKKEEPING
from safeguarding.detectors.addresses import POINT
from safeguarding.detectors.sentences import sentences

# Made from the title, or never shown.
UNSAID = {*BOOKKEEPING, "slug", "live", "locale", "id", "sort_order"}
_LINK = re.compile(r"href=\"([^\"]{1,2000})\"")
_FILE = re.compile(r"<a [^>]{0,200}?linktype=\"document\"[^>]{0,200}?>")
_PICTURE = re.compile(r"<embed [^>]{0,300}?embedtype=\"image\"[^>]{0,300}?>")
_ID = re.compile(r"\bid=\"(\d{1,12})\"")
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)


@dataclass(frozen=True)
class Place:
    """Where something stands: the field's name, and what the field is called."""

    name: str
    label: str | Promise


@dataclass(frozen=True)
class Passage:
    """One sentence as it is written."""

    place: Place
    sentence: str


@dataclass(frozen=True)
class Quotation:
    """The words of somebody, and who that is said to be."""

    place: Place
    text: str
    source: str


@dataclass
class Content:
    """All that a page shows, in the order of its fields."""

    passages: list[Passage] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    pictures: dict[int, Place] = field(default_factory=dict)
    files: dict[int, Place] = field(default_factory=dict)


def content_of(page: Any) -> Content:
    """Return what this page says, as it is in memory; children are read where it has any."""
    content = Content()
    for each in page._meta.concrete_fields:
        if each.name not in UNSAID:
            _take_field(content, page, each, Place(each.name, each.verbose_name))
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        fields = [f for f in relation.related_model._meta.concrete_fields if _says(f)]
        if fields and name != COMMENTS_RELATION_NAME:
            label = relation.related_model._meta.verbose_name
            for child in getattr(page, name).all():
                for each in fields:
                    _take_field(content, child, each, Place(name, label))
    return content


def _says(each: Any) -> bool:
    text = isinstance(each, models.CharField | models.TextField | StreamField)
    chosen = getattr(each, "related_model", None) in (get_image_model(), get_document_model())
    return (text and not each.choices and each.name not in UNSAID) or chosen


def _take_field(content: Content, owner: Any, each: Any, place: Place) -> None:
    if not _says(each):
        return
    value = getattr(owner, each.attname)
    if each.related_model is get_image_model() and value:
        content.pictures.setdefault(value, place)
    elif each.related_model is get_document_model() and value:
        content.files.setdefault(value, place)
    elif isinstance(each, StreamField):
        for child in value:
            _take_block(content, place, child.block, child.value)
    elif isinstance(each, RichTextField):
        _take_html(content, place, value or "")
    else:
        _take_text(content, place, str(value or ""))


def _take_block(content: Content, place: Place, block: Any, value: Any) -> None:
    if value is None:
        return
    if isinstance(block, QuoteBlock):
        text, source = str(value.get("text") or ""), str(value.get("source") or "")
        content.quotations.append(Quotation(place, text, source))
    if isinstance(value, get_image_model()):
        content.pictures.setdefault(value.pk, place)
    elif isinstance(value, get_document_model()):
        content.files.setdefault(value.pk, place)
    elif isinstance(value, RichText):
        _take_html(content, place, value.source)
    elif isinstance(value, str):
        _take_text(content, place, value)
    elif hasattr(block, "child_blocks") and hasattr(value, "items"):
        for name, child in block.child_blocks.items():
            _take_block(content, place, child, value.get(name))
    elif isinstance(value, dict) and isinstance(value.get("data"), list):
        rows = [[str(cell or "") for cell in row] for row in value["data"]]
        _take_table(content, place, rows)
    elif hasattr(value, "bound_blocks") or hasattr(value, "stream_block"):
        for bound in getattr(value, "bound_blocks", value):
            _take_block(content, place, bound.block, bound.value)


def _take_html(content: Content, place: Place, html: str) -> None:
    for table in _tables(html):
        _take_table(content, place, table)
    _take_text(content, place, plain(html))
    for address in _LINK.findall(html):
        _take_address(content, place, unescape(address))
    for pattern, found in ((_FILE, content.files), (_PICTURE, content.pictures)):
        for tag in pattern.findall(html):
            match = _ID.search(tag)
            if match:
                found.setdefault(int(match[1]), place)


def _tables(html: str) -> Iterator[list[list[str]]]:
    if "<table" in html:
        for table in html.split("<table")[1:]:
            inside = table.partition("</table>")[0]
            yield [[plain(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(inside)]


def _take_table(content: Content, place: Place, rows: list[list[str]]) -> None:
    """Write each small number as "headings | number", and the rest as lines."""
    heads = rows[0] if rows else []
    for row in rows:
        for at, cell in enumerate(row):
            if cell.strip() in {"1", "2", "3", "4", "\u0661", "\u0662", "\u0663", "\u0664"}:
                head = heads[at] if at < len(heads) else ""
                content.passages.append(Passage(place, f"{row[0]}, {head} | {cell.strip()}"))
            elif cell.strip():
                _take_text(content, place, cell)


def _take_text(content: Content, place: Place, text: str) -> None:
    if text.startswith(("http://", "https://")) and " " not in text:
        _take_address(content, place, text)
        return
    content.passages.extend(Passage(place, sentence) for sentence in sentences(text))


def _take_address(content: Content, place: Place, address: str) -> None:
    """Take what a link says beside where it leads: a mail address, a number, a point on a map."""
    kind, _colon, rest = address.partition(":")
    if kind.casefold() in ("mailto", "tel"):
        content.passages.append(Passage(place, f"{kind} {rest.partition('?')[0]}"))
    elif POINT.search(address):
        content.passages.append(Passage(place, address))
