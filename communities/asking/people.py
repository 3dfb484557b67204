"""People who agreed to be asked, and know the topics or the countries that a question is about."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from communities.models import Thread
from members.access import may_see_directory
from members.directory import listed
from members.models import Profile, Role
from vocabulary.labels import labels, regions_of

MOST = 3
Facts = Mapping[str, Sequence[str]]  # codes by facet, as the index has them
# So many are looked at to choose them from.
MOST_READ = 60
MOST_TOPICS = 3


@dataclass(frozen=True)
class Asked:
    """Somebody to ask, with what speaks for it: codes of topics, and of a country."""

    user_id: int
    name: str
    institution: str
    country: str
    topics: Sequence[str]


def people_to_ask(thread: Thread, found_facts: Sequence[Facts], user: Any) -> list[Asked]:
    """Return who may be asked about a thread and what was found for it; members only.

    Never whoever asked or whoever looks; nobody who has not agreed at this moment.
    """
    if not may_see_directory(user):
        return []
    topics, countries = _about(thread, found_facts)
    if not topics and not countries:
        return []
    people = listed().filter(ask_me=True).exclude(user__in=[user.pk, thread.author_id or user.pk])
    there = Role.objects.held().filter(country__code__in=countries)
    knowing = Q(topics__code__in=topics) | Q(user__in=there.values("user_id"))
    found = _read(people.filter(knowing).distinct().order_by("pk")[:MOST_READ])
    rated = [(_fit(profile, topics, countries), profile) for profile in found]
    best = sorted(rated, key=lambda each: (-each[0], each[1].pk))[:MOST]
    return [_asked(profile, topics) for _fit_of, profile in best]


def _about(thread: Thread, found_facts: Sequence[Facts]) -> tuple[Counter[str], Counter[str]]:
    """Return the codes of topics and countries, each as often as something found has it."""
    topics = Counter(thread.community.themes)
    countries = Counter(_countries_in(thread.community.region))
    for facts in found_facts:
        topics.update(facts.get("theme", ()))
        # Where an experience comes from says more than the region of the community.
        countries.update(dict.fromkeys(facts.get("country", ()), 2))
    return topics, countries


def _countries_in(region: str) -> list[str]:
    if not region:
        return []
    return [code for code in labels("country", "en") if region in regions_of(code)]


def _read(profiles: QuerySet[Profile]) -> Iterable[Profile]:
    held = Role.objects.held().select_related("institution", "country")
    related = profiles.select_related("user")
    return related.prefetch_related("topics", Prefetch("user__roles", queryset=held))


def _fit(profile: Profile, topics: Counter[str], countries: Counter[str]) -> int:
    there = {role.country.code for role in profile.user.roles.all() if role.country}
    known = {topic.code for topic in profile.topics.all()}
    return sum(topics[code] for code in known) + sum(countries[code] for code in there)


def _asked(profile: Profile, topics: Counter[str]) -> Asked:
    roles = list(profile.user.roles.all())
    known = {topic.code for topic in profile.topics.all()} & topics.keys()
    body = next((role.institution for role in roles if role.institution), None)
    return Asked(
        user_id=profile.user_id,
        name=profile.user.get_full_name(),
        institution=(body.acronym or body.name) if body else "",
        country=next((role.country.code for role in roles if role.country), ""),
        topics=sorted(known, key=lambda code: (-topics[code], code))[:MOST_TOPICS],
    )
