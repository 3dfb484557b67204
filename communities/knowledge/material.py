"""What is made into something else: a title, and sentences at their places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communities.knowledge.summarising import Told


class ClosedError(Exception):
    """What a thread was to become a part of is closed; the message says what to do."""


@dataclass(frozen=True)
class Material:
    """The sentences of a summary by their place, with where they come from."""

    title: str
    placed: Mapping[str, Sequence[Told]]
    origin: str  # the community, as far as everybody may know of it
    language: str
    token: str  # a UUID, the same for the same form sent twice

    def sentences(self) -> list[Told]:
        """Return all sentences, in the order of their places."""
        return [told for placed in self.placed.values() for told in placed]
