"""Where documents come from; each app registers its own in `<app>/searchable.py`."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.documents import Document
from search.viewer import Viewer


@dataclass(frozen=True)
class Card:
    """How a hit is shown, as the database knows it now."""

    title: str
    url: str
    kind: str
    language: str
    summary: str = ""
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-3 codes
    date: datetime.date | None = None
    date_text: str = ""  # its date in words, where less than the day is known
    parent_title: str = ""
    members_of: str = ""  # the group that alone may open it, "" where more people may
    changed: datetime.datetime | None = None  # when it was last published


class Source(Protocol):
    """One kind of thing that search can find, without search knowing what it is."""

    @property
    def name(self) -> str:
        """Return the part of a document's key before ":"."""

    def ids(self) -> Iterable[str]:
        """Return the ids of everything that should be in the index now."""

    def documents(self, ids: Sequence[str]) -> Iterable[Document]:
        """Return the current documents of those that exist and are live; others are withdrawn."""

    def shown(self, ids: Sequence[str], viewer: Viewer, language: str) -> Mapping[str, Card]:
        """Return {id: card} of what this viewer may open right now, in a few queries.

        An id that is left out is dropped from the results: this is the last word.
        """


class UnknownSourceError(LookupError):
    """No app has registered a source of this name."""


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a source known; a later one of the same name takes its place."""
    _sources[source.name] = source


def unregister(name: str) -> None:
    """Forget a source; its documents stay in the index until they are withdrawn."""
    _sources.pop(name, None)


def get(name: str) -> Source:
    """Return the source of this name, or raise `UnknownSourceError` with the names there are."""
    try:
        return _sources[name]
    except KeyError:
        known = ", ".join(sorted(_sources)) or "none"
        raise UnknownSourceError(
            f"No search source is called {name!r} (known: {known}). "
            "Sources are registered in <app>/searchable.py."
        ) from None


def every() -> tuple[Source, ...]:
    """Return all sources by name."""
    return tuple(_sources[name] for name in sorted(_sources))


def key_of(source_name: str, object_id: object) -> str:
    """Return the key of a document: "<source name>:<id>"."""
    return f"{source_name}:{object_id}"


def split_key(key: str) -> tuple[str, str]:
    """Return (source name, id) of a document's key."""
    name, _, object_id = key.partition(":")
    return name, object_id
