"""The picker: whom somebody can call by name in a post, and whom they have chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import get_language

from communities import access
from communities.models import Community, Post, Thread
from members.models import Role
from users.models import User
from vocabulary.labels import label

# So many are listed at once; of a larger community the others are found by name.
MOST_LISTED = 100
LONGEST_NUMBER = 9  # digits


@dataclass(frozen=True)
class Person:
    """Somebody who can be called."""

    pk: int
    name: str
    place: str  # country, else institution
    chosen: bool


@dataclass(frozen=True)
class Picker:
    """The people who are listed, those chosen first."""

    people: list[Person]
    words: str  # what was looked for
    more: bool  # whether not everybody is listed

    @property
    def chosen(self) -> list[Person]:
        """Return those who are chosen."""
        return [person for person in self.people if person.chosen]


def chosen_in(data: QueryDict, name: str = "mention") -> list[int]:
    """Return the numbers that were ticked under a name of a form, each once."""
    ticked = [each for each in data.getlist(name) if each.isascii() and each.isdecimal()]
    numbers = dict.fromkeys(int(each) for each in ticked if len(each) <= LONGEST_NUMBER)
    return list(numbers)


def picker(
    community: Community,
    user: Any,
    chosen: Iterable[int] = (),
    words: str = "",
    thread: Thread | None = None,
) -> Picker:
    """Return whom this person can call in a community, as far as they are named or looked for."""
    ticked = set(chosen)
    found = _in_order(access.members_of(community).exclude(pk=user.pk), ticked, words, thread)
    rows = list(found[: MOST_LISTED + 1])
    listed = [_person(row, row.pk in ticked) for row in rows[:MOST_LISTED]]
    listed.sort(key=lambda person: not person.chosen)
    return Picker(listed, words, len(rows) > MOST_LISTED or bool(words))


def _in_order(
    people: QuerySet[User], ticked: set[int], words: str, thread: Thread | None
) -> QuerySet[User]:
    """Keep those chosen or looked for, whoever has written in the thread first."""
    if words:
        named = Q()
        for word in words.split()[:5]:
            named &= Q(first_name__icontains=word) | Q(last_name__icontains=word)
        people = people.filter(named | Q(pk__in=ticked))
    here = Post.objects.filter(author=OuterRef("pk"), thread=thread)
    held = Role.objects.held().filter(user=OuterRef("pk")).order_by("starts", "pk")
    country = held.exclude(country=None).values("country__code")[:1]
    body = held.exclude(institution=None).values("institution__name")[:1]
    return people.annotate(
        ticked=Q(pk__in=ticked),
        here=Exists(here),
        country=Subquery(country),
        body=Subquery(body),
    ).order_by("-ticked", "-here", "last_name", "first_name", "pk")


def _person(user: Any, chosen: bool) -> Person:
    code, language = user.country, get_language() or "en"
    place = label("country", code, language) if code else user.body or ""
    return Person(user.pk, user.get_full_name(), place, chosen)
