"""What is said of a country, as pages show it; only what the reader may read."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from core.visibility import live_public
from countries.access import visible
from countries.commitments.exporting import indicators_of, readable
from countries.models import Commitment, DataSource, Goal, ProfileEntry
from countries.profile.codes import words_of
from guidance.models import IndicatorPage
from practices.models import PracticePage


@dataclass(frozen=True)
class Fact:
    """One fact of the profile in the reader's words."""

    entry: ProfileEntry
    words: str


@dataclass(frozen=True)
class Facts:
    """The facts of one kind, in the order of the kind."""

    kind: str
    label: str
    facts: list[Fact]


@dataclass(frozen=True)
class Pledge:
    """One commitment with its indicator, where the reader may open that."""

    commitment: Commitment
    indicator: IndicatorPage | None


@dataclass(frozen=True)
class Aim:
    """One goal with the practice that it follows, where everybody may open that."""

    goal: Goal
    practice: PracticePage | None


@dataclass(frozen=True)
class Said:
    """What somebody may read of a country; nobody's: what everybody may read."""

    code: str
    user: Any = None

    @cached_property
    def profile(self) -> list[Facts]:
        """The profile by kind; a kind of which nothing is said is empty."""
        entries = ProfileEntry.objects.filter(about=self.code).select_related("institution")
        rows = list(visible(entries, self.user))
        return [
            Facts(kind.value, str(kind.label), _in_order(kind, rows)) for kind in ProfileEntry.Kind
        ]

    @cached_property
    def sources(self) -> list[DataSource]:
        """The register by the names of the sources."""
        rows = DataSource.objects.filter(about=self.code).select_related("institution")
        return list(visible(rows, self.user))

    @cached_property
    def pledges(self) -> list[Pledge]:
        """The commitments, newest first, with their progress."""
        rows = readable(self.user).filter(about=self.code).select_related("institution")
        commitments = list(rows)
        indicators = indicators_of(commitments, self.user)
        return [Pledge(each, indicators.get(each.indicator_id or 0)) for each in commitments]

    @cached_property
    def aims(self) -> list[Aim]:
        """The goals by their days; the gap behind each stays the team's own."""
        goals = list(visible(Goal.objects.filter(about=self.code), self.user))
        wanted = {goal.practice_id for goal in goals if goal.practice_id}
        pages = live_public(PracticePage.objects.filter(pk__in=wanted)) if wanted else ()
        by_id = {page.pk: page for page in pages}
        return [Aim(goal, by_id.get(goal.practice_id or 0)) for goal in goals]


def _in_order(kind: str, rows: list[ProfileEntry]) -> list[Fact]:
    words = words_of(kind)
    order = {code: place for place, code in enumerate(words)}
    mine = [row for row in rows if row.kind == kind]
    mine.sort(key=lambda row: order.get(row.code, len(order)))
    return [Fact(row, words.get(row.code, row.code)) for row in mine]
