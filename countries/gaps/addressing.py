"""What addresses a gap elsewhere: practices and guidance, best fit first, and people to ask."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from countries.gaps.asking import places
from countries.models import GapKind
from members.access import may_see_directory
from members.directory import listed
from members.models import Profile
from search.engine import find
from search.filters import Filters
from search.results import Hit
from search.viewer import Viewer

KINDS = ("practice", "building-block", "guidance")
MOST_HITS, MOST_PEOPLE = 8, 5


@dataclass(frozen=True)
class Addressing:
    """What was found for a gap; `hits` is empty where nothing known fits."""

    hits: list[Hit]
    people: list[Profile]
    places: list[tuple[str, str]]  # where to ask others


def addressing(request: HttpRequest, kind: GapKind, code: str) -> Addressing:
    """Return what addresses a gap of a country, as far as this reader may see it."""
    return Addressing(
        hits=known_for(request, kind, code),
        people=_people(request.user, kind),
        places=places(request.user, kind.ask),
    )


def known_for(request: HttpRequest, kind: GapKind, code: str) -> list[Hit]:
    """Return practices and guidance that address a gap, best fit first; none where none fits."""
    found = find(
        kind.ask,
        Viewer.asking(request),
        Filters(kind=KINDS),
        country=code,
        limit=MOST_HITS,
        language=get_language() or "en",
        verbatim=True,
    )
    return found.hits if found.relevant else []


def _people(user: Any, kind: GapKind) -> list[Profile]:
    """Return people who agreed to be asked and know the topics of a gap; members are told."""
    if not kind.themes or not may_see_directory(user):
        return []
    knowing = listed().filter(ask_me=True, topics__code__in=kind.themes).exclude(user=user)
    found = knowing.select_related("user").distinct().order_by("pk")
    return list(found[:MOST_PEOPLE])
