"""What is stored of countries as (kind, code), to tell how alike they are."""

from collections.abc import Collection, Mapping
from itertools import chain
from typing import Any

from countries.access import visible
from countries.models import DataSource, ProfileEntry

# Beside the kinds of `ProfileEntry`: the types of the sources in the register.
SOURCE = "source"
Fact = tuple[str, str]


def facts_of(codes: Collection[str], user: Any = None) -> Mapping[str, frozenset[Fact]]:
    """Return {ISO 3166-1 alpha-3: facts} for these countries, in two queries for all of them.

    Only what `user` may read: what is public, and all of their own country; the secretariat
    everything. Without a user, what is public. A country of which nothing may be read has no facts.
    """
    entries = visible(ProfileEntry.objects.filter(about__in=codes), user)
    sources = visible(DataSource.objects.filter(about__in=codes).exclude(type=""), user)
    found: dict[str, set[Fact]] = {code: set() for code in codes}
    told = entries.order_by().values_list("about", "kind", "code")
    held = sources.order_by().values_list("about", "type").distinct()
    for about, kind, code in chain(told, ((about, SOURCE, each) for about, each in held)):
        found[about].add((kind, code))
    return {about: frozenset(facts) for about, facts in found.items()}
