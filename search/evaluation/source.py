"""A relevance set as a source of the search, as an app registers one."""

from collections.abc import Iterator, Mapping, Sequence

from search import sources
from search.documents import PUBLIC, Document, Section
from search.evaluation.relevance_set import RelevanceSet
from search.sources import Card
from search.viewer import Viewer

NAME = "evaluation"
KIND = "practice"


class SetSource:
    """The documents of a set, all public; their own ids may hold any characters, so they are
    numbered here.
    """

    name = NAME

    def __init__(self, judged: RelevanceSet) -> None:
        self._documents = list(judged.documents.values())
        self._names = list(judged.documents)

    def id_of(self, key: str) -> str:
        """Return the id in the set of a document that was found."""
        return self._names[int(sources.split_key(key)[1])]

    def ids(self) -> list[str]:
        """Return the numbers of all documents."""
        return [str(number) for number in range(len(self._documents))]

    def documents(self, ids: Sequence[str]) -> Iterator[Document]:
        """Yield these documents."""
        for each in ids:
            document = self._documents[int(each)]
            yield Document(
                key=sources.key_of(self.name, each),
                kind=KIND,
                title=document.title,
                language=document.language,
                sections=(Section((), document.text),),
                audiences=PUBLIC,
            )

    def shown(self, ids: Sequence[str], viewer: Viewer, language: str) -> Mapping[str, Card]:
        """Return the cards of these documents."""
        cards = {}
        for each in ids:
            document = self._documents[int(each)]
            cards[each] = Card(document.title, f"/{each}/", KIND, document.language)
        return cards
