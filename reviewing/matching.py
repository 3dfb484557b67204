"""Which reviewers suit a practice: who may at all, and the one place where they are weighed.

Never asked: its writers; people of the office of a writer or of its lead institution; whoever
represents one of its countries or a writer's; whoever declared a conflict of interest with it.
Asked without anybody's doing are only those who read its language; the secretariat may choose
others among those who may.

The weight of somebody is the sum of
    LANGUAGE   for reading its language,
    TOPIC      for each of its themes that they name, up to three,
    REGION     for working in the smallest M49 region of one of its countries, or
    CONTINENT  for a wider one in common,
    KNOWN      for having read it before,
    minus LOAD for each review they have not answered yet.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from members.models import Profile, Role
from members.roles import Kind, people
from practices.contributing.drafts import newest_to_show
from practices.models import PracticePage
from practices.rights import writers_of
from reviewing.models import Assignment
from users.models import User
from vocabulary.labels import label, regions_of

LANGUAGE, TOPIC, REGION, CONTINENT, KNOWN, LOAD = 10, 3, 2, 1, 2, 1
MOST_TOPICS = 3


@dataclass(frozen=True)
class Candidate:
    """Somebody who may review a practice, with the weight and what it is made of."""

    user: User
    country: str
    institution: str
    weight: int
    reads_language: bool
    topics: tuple[str, ...]
    near: bool
    open_reviews: int

    def reasons(self, language: str) -> list[str]:
        """Return in words why this reviewer suits."""
        told = [] if self.reads_language else [gettext("does not name the practice's language")]
        told += [label("theme", code, language) for code in self.topics]
        if self.near:
            told.append(gettext("same region"))
        return told


def candidates(page: PracticePage) -> list[Candidate]:
    """Return who may review a practice, the best first; equal weights by account."""
    told = _Told.by(page)
    reviewers = list(_eligible(page, told))
    ids = [each.pk for each in reviewers]
    weighing = _Weighing(page, told, ids)
    found = [weighing.weigh(each) for each in reviewers]
    return sorted(found, key=lambda each: (-each.weight, each.user.pk))


@dataclass(frozen=True)
class _Told:
    """What the newest version tells, and whose it is: who is too close, and what suits."""

    writers: frozenset[int]
    offices: frozenset[int]  # its own and those of its writers, by id
    countries: frozenset[str]  # those told of
    close_countries: frozenset[str]  # those and the writers'
    themes: frozenset[str]

    @classmethod
    def by(cls, page: PracticePage) -> "_Told":
        """Read it, whatever is public of it."""
        writers, draft = writers_of(page), newest_to_show(page)
        roles = list(
            Role.objects.held()
            .filter(user__in=writers)
            .values_list("institution_id", "country__code")
        )
        own = (page.lead_institution_id, draft.lead_institution_id)
        countries = _codes(tag.term for tag in draft.countries.all())
        return cls(
            writers=writers,
            offices=frozenset(pk for pk in [*own, *(pk for pk, _code in roles)] if pk),
            countries=frozenset(countries),
            close_countries=frozenset({*countries, *(code for _pk, code in roles if code)}),
            themes=frozenset(_codes(tag.term for tag in draft.themes.all())),
        )


def eligible(page: PracticePage) -> QuerySet[User]:
    """Return the reviewers of today who may review a practice."""
    return _eligible(page, _Told.by(page))


def _eligible(page: PracticePage, told: _Told) -> QuerySet[User]:
    conflicts = Assignment.objects.filter(page=page, state=Assignment.State.CONFLICT)
    close = Role.objects.held().filter(institution__in=told.offices).values("user")
    speaking = Role.objects.held().filter(
        kind=Kind.REPRESENTATIVE, country__code__in=told.close_countries
    )
    return (
        people(Kind.REVIEWER)
        .exclude(pk__in=told.writers)
        .exclude(pk__in=close)
        .exclude(pk__in=speaking.values("user"))
        .exclude(pk__in=conflicts.exclude(reviewer=None).values("reviewer"))
    )


class _Weighing:
    """What is known of all candidates at once; a handful of queries, however many there are."""

    def __init__(self, page: PracticePage, told: _Told, ids: list[int]) -> None:
        self.language = page.locale.language_code
        self.themes, self.countries = told.themes, told.countries
        roles = Role.objects.held().filter(user__in=ids, kind=Kind.REVIEWER)
        self.roles: dict[int, Role] = {
            role.user_id: role for role in roles.select_related("country", "institution")
        }
        profiles = Profile.objects.filter(user__in=ids).prefetch_related("languages", "topics")
        self.profiles = {profile.user_id: profile for profile in profiles}
        asked = Q(state=Assignment.State.ASKED)
        given = Assignment.objects.filter(Q(page=page) | asked, reviewer__in=ids)
        rows = list(given.values_list("reviewer_id", "page_id", "state"))
        self.load = Counter(pk for pk, _page, state in rows if state == Assignment.State.ASKED)
        self.known = {pk for pk, on, _state in rows if on == page.pk}

    def weigh(self, user: User) -> Candidate:
        """Return one candidate with the weight."""
        role, profile = self.roles.get(user.pk), self.profiles.get(user.pk)
        reads = profile is not None and self.language in _codes(profile.languages.all())
        topics = tuple(sorted(self.themes & _codes(profile.topics.all()))) if profile else ()
        country = role.country.code if role and role.country else ""
        nearness = self._nearness(country)
        weight = (
            LANGUAGE * reads
            + TOPIC * min(len(topics), MOST_TOPICS)
            + nearness
            + KNOWN * (user.pk in self.known)
            - LOAD * self.load[user.pk]
        )
        return Candidate(
            user=user,
            country=country,
            institution=str(role.institution) if role and role.institution else "",
            weight=weight,
            reads_language=reads,
            topics=topics,
            near=nearness > 0,
            open_reviews=self.load[user.pk],
        )

    def _nearness(self, country: str) -> int:
        here = regions_of(country) if country else ()
        best = 0
        for other in self.countries:
            there = regions_of(other)
            if here and there and here[0] == there[0]:
                return REGION
            if set(here) & set(there):
                best = CONTINENT
        return best


def _codes(rows: Iterable[Any]) -> set[str]:
    return {row.code for row in rows}


def chosen(page: PracticePage, number: int, but: Iterable[int]) -> list[User]:
    """Return so many reviewers to ask, the best who read the language; fewer if there are not."""
    left_out = set(but)
    best = [each for each in candidates(page) if each.reads_language]
    return [each.user for each in best if each.user.pk not in left_out][:number]


def find_candidate(page: PracticePage, pk: int) -> User | None:
    """Return a reviewer by id who may review this practice."""
    return eligible(page).filter(pk=pk).first()


def reviewers() -> QuerySet[User]:
    """Return all reviewers of today, for the roster."""
    ids = people(Kind.REVIEWER).values("pk")
    found: QuerySet[User] = get_user_model()._default_manager.filter(pk__in=ids)
    return found.order_by("last_name", "first_name", "pk")
