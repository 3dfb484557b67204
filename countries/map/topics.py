"""Which rows of the gap map a term belongs to, as the secretariat said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.db import transaction

from countries.models import GapKind, MapTopic

DATA = Path(__file__).parent / "data" / "topics.yaml"
Term = tuple[str, str]  # (kind, code) of the vocabulary
ACTION_POINT, COUNTRY, REGION = "action_point", "country", "region"


@dataclass(frozen=True)
class Rows:
    """The rows that something counts in, whichever way the map is read."""

    points: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()

    def __or__(self, other: "Rows") -> "Rows":
        return Rows(self.points | other.points, self.areas | other.areas)


def rows_of_terms() -> Mapping[Term, Rows]:
    """Return {term: its rows}, as the secretariat said; one query."""
    return {(each.kind, each.code): rows_of(each) for each in MapTopic.objects.all()}


def rows_of(placed: MapTopic | GapKind) -> Rows:
    """Return the rows of a topic or a gap."""
    return Rows(frozenset(placed.action_points), frozenset(placed.areas))


def rows_for(terms: Iterable[Term], known: Mapping[Term, Rows]) -> Rows:
    """Return the rows of all these terms together; an action point is its own row."""
    found = Rows()
    for kind, code in terms:
        own = Rows(points=frozenset({code})) if kind == ACTION_POINT else Rows()
        found |= known.get((kind, code), own)
    return found


@transaction.atomic
def load(path: Path = DATA) -> int:
    """Load the topics that are not there yet and return how many; what editors changed stays.

    Only into a map that has none: what an editor took out does not come back.
    """
    if MapTopic.objects.exists():
        return 0
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    rows = [
        MapTopic(kind=kind, code=code, action_points=points, areas=areas)
        for kind, topics in said.items()
        for code, (points, areas) in topics.items()
    ]
    return len(MapTopic.objects.bulk_create(rows))
