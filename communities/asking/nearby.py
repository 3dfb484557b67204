"""What is known already of a question: experiences, and what was discussed before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from search.engine import find
from search.filters import Filters
from search.language import words
from search.results import Hit
from search.viewer import Viewer

EXPERIENCES = ("practice", "building-block", "guidance")
DISCUSSIONS = ("thread", "post")
MOST_EXPERIENCES, MOST_DISCUSSIONS = 4, 3
# Fewer words than this are near to anything.
FEWEST_WORDS = 2


@dataclass(frozen=True)
class Nearby:
    """What comes near a question; `asked`: whether there was enough of it to search for."""

    asked: bool = False
    experiences: Sequence[Hit] = ()
    discussions: Sequence[Hit] = ()

    @property
    def hits(self) -> list[Hit]:
        """Return all of it, experiences first."""
        return [*self.experiences, *self.discussions]


def nearby(
    viewer: Viewer, title: str, text: str, language: str, own: Collection[str] = ()
) -> Nearby:
    """Return what this viewer may open of what comes near; `own`: keys that are left out.

    A long text may be near to nothing as a whole: then its title alone is asked.
    """
    asked = [text for text in (f"{title}\n{text}", title) if len(words(text)) >= FEWEST_WORDS]
    if not asked:
        return Nearby()
    experiences = _first(asked, viewer, EXPERIENCES, MOST_EXPERIENCES, language)
    # A thread answers for its posts; its own are left out, so one more is asked for.
    found = _first(asked, viewer, DISCUSSIONS, MOST_DISCUSSIONS + 1, language)
    discussions = [hit for hit in found if hit.key not in own][:MOST_DISCUSSIONS]
    return Nearby(True, experiences, discussions)


def _first(
    asked: Sequence[str], viewer: Viewer, kinds: tuple[str, ...], most: int, language: str
) -> list[Hit]:
    """Return the answers to the first question that has any."""
    for question in asked:
        results = find(question, viewer, Filters(kind=kinds), limit=most, language=language)
        if results.relevant and results.hits:
            return results.hits
    return []
