"""What is stored of countries as (kind, code), to tell how alike they are."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from core.remembering import once_a_reading
from countries import access
from countries.access import Teams
from countries.models import DataSource, GapKind, ProfileEntry
from countries.profile.codes import words_of
from search.viewer import Viewer

# Beside the kinds of `ProfileEntry`: the types of the sources in the register, and the gaps.
SOURCE, GAP = "source", "gap"
Fact = tuple[str, str]


def facts_of(codes: Collection[str], user: Any = None) -> Mapping[str, frozenset[Fact]]:
    """Return {ISO 3166-1 alpha-3: facts} for these countries, in one query for all of them.

    Only what `user` may read: what is public, and all of their own country; the secretariat
    everything. Without a user, what is public. A country of which nothing may be read has no facts.
    """
    known = known_in(access.teams_of(user), codes)
    return {code: known.get(code, frozenset()) for code in codes}


def known_in(teams: Teams, codes: Collection[str] | None = None) -> Mapping[str, frozenset[Fact]]:
    """Return {ISO 3166-1 alpha-3: facts} that people of these teams may know; None: of all."""
    here = {} if codes is None else {"about__in": codes}
    entries = access.visible_in(ProfileEntry.objects.filter(**here), teams)
    sources = access.visible_in(DataSource.objects.filter(**here).exclude(type=""), teams)
    gaps = access.gaps_in(teams).filter(**here)
    rows = _told(entries, F("kind"), F("code")).union(
        _told(sources, Value(SOURCE), F("type")), _told(gaps, Value(GAP), F("kind__code"))
    )
    found: dict[str, set[Fact]] = defaultdict(set)
    for about, kind, code in rows:
        found[about].add((kind, code))
    return {about: frozenset(facts) for about, facts in found.items()}


def _told(rows: QuerySet[Any], kind: Any, code: Any) -> QuerySet[Any]:
    """Return (country, kind, code) of each row."""
    told = {"fact_kind": Cast(kind, CharField()), "fact_code": Cast(code, CharField())}
    return rows.order_by().annotate(**told).values_list("about", *told)


def known_to(viewer: Viewer) -> Mapping[str, frozenset[Fact]]:
    """Return what somebody who searches may know of each country."""
    return known_in(access.teams_within(viewer.audiences))


def name_of(fact: Fact) -> str:
    """Return what a fact is called in the language of the moment; "" for one it does not know."""
    kind, code = fact
    if kind == GAP:
        gaps = _gaps()
        return gaps[code].title if code in gaps else ""
    if kind in (ProfileEntry.Kind.ROLE, ProfileEntry.Kind.SET_UP):
        return words_of(kind).get(code, "")
    return ""


@once_a_reading
def _gaps() -> dict[str, GapKind]:
    return {gap.code: gap for gap in GapKind.objects.all()}
