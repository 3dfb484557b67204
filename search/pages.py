"""Wagtail pages as a source: what is common to all of them, whatever their type.

An app registers `PageSource("practice", PracticePage, sections, ...)`; publishing, unpublishing,
moving, restricting and deleting such a page then reach the index in the same transaction.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.utils import translation
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from core.addresses import addresses_of
from core.classification import codes_of
from core.visibility import Closed, audiences_at, closed_pages, live_for, unexpired
from search import index
from search.documents import Document, Section
from search.sources import Card, register
from search.viewer import Viewer
from vocabulary.labels import regions_of

FACETS = {
    "countries": "country",
    "action_points": "action_point",
    "themes": "theme",
    "data_sources": "data_source",
    "populations": "population",
    "disaggregation": "disaggregation",
}


def facets_of(tags: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Turn a page's tags into facets; the regions follow from the countries."""
    facets = {FACETS[name]: tuple(codes) for name, codes in tags.items()}
    regions = [code for iso3 in facets.get("country", ()) for code in regions_of(iso3)]
    return facets | ({"region": tuple(dict.fromkeys(regions))} if regions else {})


@dataclass(frozen=True)
class PageSource:
    """Pages of one type; `sections` yields the text of a page, `date` its day.

    `date_text` says in words what is known where that is less than the day, or more.
    """

    name: str
    model: type[Page]
    sections: Callable[[Any], Iterable[Section]]
    date: Callable[[Any], datetime.date | None] = lambda page: None
    date_text: Callable[[Any], str] = lambda page: ""
    tags: Callable[[Any], Mapping[str, Sequence[str]]] = lambda page: {}
    weight: float = 1.0
    related: tuple[str, ...] = ()  # foreign keys that `tags` reads

    def ids(self) -> list[str]:
        """Return the ids of all live pages of this type."""
        return [str(pk) for pk in self.model.objects.live().values_list("pk", flat=True)]

    def documents(self, ids: Sequence[str]) -> Iterator[Document]:
        """Yield the documents of those pages that are live, each for those who may open it."""
        pages = list(self.live_pages(ids))
        classified = codes_of(page.pk for page in pages)
        closed = closed_pages()
        for page in pages:
            # Headings of the template are indexed in the language of the page.
            with translation.override(page.locale.language_code):
                yield self.document(page, classified[page.pk], closed)

    def document(
        self, page: Any, classified: Mapping[str, Sequence[str]], closed: Sequence[Closed]
    ) -> Document:
        """Return one page as a document."""
        return Document(
            key=f"{self.name}:{page.pk}",
            kind=self.name,
            title=page.title,
            summary=page.summary,
            language=page.locale.language_code,
            sections=tuple(self.sections(page)),
            facets=facets_of({**classified, **self.tags(page)}),
            audiences=audiences_at(page.path, closed),
            work=str(page.translation_key),
            date=self.date(page),
            available_from=page.go_live_at,
            expires_at=page.expire_at,
            weight=self.weight,
        )

    def live_pages(self, ids: Sequence[str]) -> QuerySet[Any]:
        """Return those of the pages that are published and have not expired."""
        numbers = [int(pk) for pk in ids if pk.isdigit()]
        pages = self.model.objects.filter(unexpired(), pk__in=numbers).live()
        return pages.select_related("locale", *self.related)

    def shown(self, ids: Sequence[str], viewer: Viewer, language: str) -> Mapping[str, Card]:
        """Return the cards of those pages that this viewer may open at this moment."""
        pages = list(live_for(self.live_pages(ids), viewer.audiences))
        addresses = addresses_of(pages)
        return {
            str(page.pk): Card(
                title=page.title,
                url=addresses[page.pk],
                kind=self.name,
                language=page.locale.language_code,
                summary=page.summary,
                date_text=self.date_text(page),
                changed=page.last_published_at,
            )
            for page in pages
        }


_sources: dict[type[Page], list[PageSource]] = {}
_changed: dict[type[Page], list[Callable[[int], None]]] = {}


def register_pages(source: PageSource, also: Callable[[int], None] | None = None) -> None:
    """Register a page source; `also` is called with the id of every page that changes."""
    register(source)
    _sources.setdefault(source.model, []).append(source)
    if also:
        _changed.setdefault(source.model, []).append(also)
    page_published.connect(_refresh, sender=source.model)
    page_unpublished.connect(_refresh, sender=source.model)
    post_delete.connect(_refresh, sender=source.model)
    post_save.connect(_created, sender=source.model)


def register_named(model: type[Model], naming: Callable[[Any], QuerySet[Any]]) -> None:
    """Follow what pages name: renaming or deleting it reaches the pages that `naming` returns."""

    def renamed(sender: type[Model], instance: Model, created: bool, **kwargs: Any) -> None:
        if not created:
            _refresh_all(list(naming(instance)))

    def deleted(sender: type[Model], instance: Model, **kwargs: Any) -> None:
        # Asked before, because afterwards no page names it any more.
        pages = list(naming(instance))
        transaction.on_commit(lambda: _refresh_all(pages))

    post_save.connect(renamed, sender=model, weak=False)
    pre_delete.connect(deleted, sender=model, weak=False)


def indexed_page_types() -> set[type[Page]]:
    """Return the page types that the search knows."""
    return set(_sources)


def refresh_page(model: type[Page], pk: int) -> None:
    """Bring the index up to date with one page."""
    _refresh_of(model, [pk])


def _refresh_of(model: type[Page], pks: Sequence[int]) -> None:
    for source in _sources.get(model, []):
        index.refresh(source.name, pks)
    for also in _changed.get(model, []):
        for pk in pks:
            also(pk)


def _refresh(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    refresh_page(sender, instance.pk)


def _created(sender: type[Page], instance: Page, created: bool, **kwargs: Any) -> None:
    # An alias is live from the start and never published; its tags are saved after itself.
    if created and instance.live:
        transaction.on_commit(lambda: refresh_page(sender, instance.pk))


def _refresh_all(pages: Iterable[Page]) -> None:
    # Together, because each refreshing is a transaction, and a section may have many pages.
    by_type: dict[type[Page], list[int]] = defaultdict(list)
    for page in pages:
        by_type[type(page)].append(page.pk)
    for model, pks in by_type.items():
        _refresh_of(model, pks)


def _below(page: Page) -> QuerySet[Any]:
    pages: QuerySet[Any] = Page.objects.filter(path__startswith=page.path).specific(defer=True)
    return pages


def _refresh_below(page: Page) -> None:
    _refresh_all(_below(page))


def _moved(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    _refresh_below(instance)


def _restriction_changed(
    sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any
) -> None:
    # A page that is being deleted takes its restrictions with it.
    page = Page.objects.filter(pk=instance.page_id).first()
    if page:
        _refresh_below(page)


def _groups_changed(
    sender: type[Model], instance: Any, action: str, pk_set: set[int] | None, **kwargs: Any
) -> None:
    # The editor saves a restriction first and its groups afterwards.
    if action.startswith("post_"):
        mine = isinstance(instance, PageViewRestriction)
        changed = [instance] if mine else PageViewRestriction.objects.filter(pk__in=pk_set or ())
        for restriction in changed:
            _restriction_changed(PageViewRestriction, restriction)


def _group_deleted(sender: type[Group], instance: Group, **kwargs: Any) -> None:
    # Asked before, because afterwards no restriction names it any more.
    named = Page.objects.filter(view_restrictions__groups=instance)
    pages = [page for each in named for page in _below(each)]
    transaction.on_commit(lambda: _refresh_all(pages))


post_page_move.connect(_moved)
post_save.connect(_restriction_changed, sender=PageViewRestriction)
post_delete.connect(_restriction_changed, sender=PageViewRestriction)
m2m_changed.connect(_groups_changed, sender=PageViewRestriction.groups.through)
pre_delete.connect(_group_deleted, sender=Group)
