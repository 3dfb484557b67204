"""Practices in the search, and their building blocks as documents of their own."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from core.addresses import addresses_of
from core.blocks import plain
from core.classification import codes_of
from core.provenance import SourceDocument, latest_year
from core.visibility import audiences_at, closed_pages, live_for
from practices.models import PracticePage
from practices.sections import BY_KEY
from search import index
from search.documents import Document, Section
from search.models import IndexedDocument
from search.pages import PageSource, facets_of, register_named, register_pages
from search.sources import Card, register
from search.viewer import Viewer
from users.models import Institution


def sections(page: PracticePage) -> Iterator[Section]:
    """Yield the parts of a practice as the page shows them."""
    yield Section((), page.summary)
    lead = str(page.lead_institution or "")
    # "United Nations Children's Fund (UNICEF)" says "UNICEF" already.
    said = page.organisation.casefold() in lead.casefold()
    who = [lead, "" if said else page.organisation]
    roles = [
        ". ".join(text.rstrip(".") for text in block.value.values() if text) + "."
        for block in page.institutions
    ]
    named: list[tuple[str, object, str, str]] = [
        ("problem", _("Problem"), "", plain(page.problem)),
        ("set-up", _("Institutional set-up"), "", "\n".join(filter(None, [*who, *roles]))),
        *(
            (
                "steps",
                _("What was done"),
                block.value["title"],
                plain(block.value["text"]) or block.value["title"],
            )
            for block in page.steps
        ),
        ("results", _("Results"), "", plain(page.results)),
        ("what-failed", _("What did not work"), "", plain(page.what_failed)),
        *(
            ("conditions", _("Conditions for transfer"), name, text)
            for name, text in page.conditions
        ),
        ("building-blocks", _("Building blocks"), "", _blocks_text(page)),
        ("cost", _("Cost and time"), "", "\n".join(filter(None, [page.cost, page.duration]))),
    ]
    for anchor, heading, sub, text in named:
        if text:
            path = (str(heading), sub) if sub else (str(heading),)
            yield Section(path, text, anchor=anchor)
    for block in page.tables:
        key, caption = block.value["section"], block.value["caption"]
        rows = [" | ".join(filter(None, row)) for row in block.value["table"].get("data", [])]
        path = (str(BY_KEY[key].label), caption) if caption else (str(BY_KEY[key].label),)
        yield Section(path, "\n".join(rows), anchor=key)


def _blocks_text(page: PracticePage) -> str:
    return "\n".join(
        f"{block.value['title']}: {plain(block.value['text'])}" for block in page.building_blocks
    )


def year_of(page: PracticePage) -> datetime.date | None:
    """Return the first of January of the practice's last known year, else of its source."""
    year = page.year_to or page.year_from or latest_year(page)
    return datetime.date(year, 1, 1) if year else None


class BuildingBlockSource:
    """Building blocks: found on their own, each citing the practice it is part of."""

    name = "building-block"

    def ids(self) -> list[str]:
        """Return `<page id>-<block id>` of every block of every live practice."""
        return [
            f"{page.pk}-{block.id}"
            for page in PracticePage.objects.live()
            for block in page.building_blocks
        ]

    def documents(self, ids: Sequence[str]) -> Iterator[Document]:
        """Yield the blocks that still stand in a live practice."""
        wanted = set(ids)
        pages = list(_practices.live_pages(_page_ids(ids)))
        classified = codes_of(page.pk for page in pages)
        closed = closed_pages()
        for page in pages:
            for block in page.building_blocks:
                key = f"{page.pk}-{block.id}"
                if key in wanted:
                    yield Document(
                        key=f"{self.name}:{key}",
                        kind=self.name,
                        title=block.value["title"],
                        language=page.locale.language_code,
                        sections=(
                            Section(
                                (page.title,), plain(block.value["text"]), anchor=anchor(block)
                            ),
                        ),
                        facets=facets_of(classified[page.pk]),
                        audiences=audiences_at(page.path, closed),
                        work=f"{page.translation_key}-{block.id}",
                        part_of=str(page.translation_key),
                        date=year_of(page),
                        available_from=page.go_live_at,
                        expires_at=page.expire_at,
                    )

    def shown(self, ids: Sequence[str], viewer: Viewer, language: str) -> Mapping[str, Card]:
        """Return the cards of blocks whose practice this viewer may open at this moment."""
        wanted = set(ids)
        pages = list(live_for(_practices.live_pages(_page_ids(ids)), viewer.audiences))
        addresses = addresses_of(pages)
        return {
            f"{page.pk}-{block.id}": Card(
                title=block.value["title"],
                url=addresses[page.pk],
                kind=self.name,
                language=page.locale.language_code,
                parent_title=page.title,
                changed=page.last_published_at,
            )
            for page in pages
            for block in page.building_blocks
            if f"{page.pk}-{block.id}" in wanted
        }


def anchor(block: object) -> str:
    """Return the fragment of a building block in its practice's page."""
    return f"block-{getattr(block, 'id', '')}"


def _page_ids(ids: Iterable[str]) -> list[str]:
    return list({key.partition("-")[0] for key in ids})


def _refresh_blocks(pk: int) -> None:
    page = PracticePage.objects.filter(pk=pk).first()
    now = {f"{pk}-{block.id}" for block in page.building_blocks} if page else set()
    indexed = IndexedDocument.objects.filter(key__startswith=f"building-block:{pk}-")
    before = {key.partition(":")[2] for key in indexed.values_list("key", flat=True)}
    if now | before:
        index.refresh("building-block", now | before)


_practices = PageSource("practice", PracticePage, sections, date=year_of)
register_pages(_practices, also=_refresh_blocks)
register(BuildingBlockSource())
register_named(Institution, lambda body: PracticePage.objects.filter(lead_institution=body))
# A practice without years of its own stands at the year of what it cites.
register_named(
    SourceDocument,
    lambda document: PracticePage.objects.filter(pk__in=document.citations.values("page_id")),
)
