from collections.abc import Mapping

import pytest

from search import facts, index, sources
from search.documents import Document, Section
from search.sources import Card
from tests.search.facts import Register


class Shelf:
    """A tiny source: what is on the shelf exists, what is taken off does not."""

    name = "shelf"

    def __init__(self):
        self.books: dict[str, Document] = {}
        self.closed: set[str] = set()

    def ids(self):
        return list(self.books)

    def documents(self, ids):
        return [self.books[each] for each in ids if each in self.books]

    def shown(self, ids, viewer, language) -> Mapping[str, Card]:
        cards = {}
        for each in ids:
            book = self.books.get(each)
            if book and each not in self.closed and book.audiences & viewer.audiences:
                cards[each] = Card(
                    book.title,
                    f"/en/shelf/{each}/",
                    book.kind,
                    book.language,
                    book.summary,
                    book.facets.get("country", ()),
                    book.date,
                )
        return cards

    def put(self, number, title, *texts, **more):
        more.setdefault("audiences", frozenset({"public"}))
        more.setdefault("kind", "practice")
        more.setdefault("language", "en")
        sections = tuple(
            each if isinstance(each, Section) else Section(("Problem",), each) for each in texts
        )
        key = f"shelf:{number}"
        self.books[str(number)] = Document(key=key, title=title, sections=sections, **more)
        index.refresh("shelf", [number])

    def take(self, number):
        self.books.pop(str(number), None)
        index.refresh("shelf", [number])


@pytest.fixture
def shelf(db):
    source = Shelf()
    sources.register(source)
    yield source
    sources.unregister("shelf")


@pytest.fixture
def register():
    provider = Register()
    facts.register_facts(provider, provider.name)
    yield provider
    facts.unregister_facts(provider)
