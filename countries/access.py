"""Who may see and write what about a country: the one place that decides it.

A country's team are those who represent it today. They and the secretariat see and write
everything about the country; everybody else, members too, reads the rows that are public.
"""

from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from countries.models import Answer, Assessment, Gap
from members.models import Kind
from members.roles import countries_of, is_secretariat, people
from users.models import User

Row = TypeVar("Row", bound=Model)
# The audiences of searches: who sees everything about one country, and about all.
TEAM, EVERY_TEAM = "country-team:", "country-team:*"
# The countries of which somebody sees everything; None: of all.
Teams = frozenset[str] | None


def team_of(code: str) -> QuerySet[User]:
    """Return the people who represent a country today; `code` is ISO 3166-1 alpha-3."""
    return people(Kind.REPRESENTATIVE, code)


def is_of_team(user: Any, code: str) -> bool:
    """Return whether somebody represents this country today."""
    return code in countries_of(user)


def sees_all(user: Any, code: str) -> bool:
    """Return whether somebody sees everything about a country: its team and the secretariat."""
    return is_of_team(user, code) or is_secretariat(user)


def may_edit(user: Any, code: str) -> bool:
    """Return whether somebody may write about a country and say what is public of it."""
    return sees_all(user, code)


def teams_of(user: Any) -> Teams:
    """Return the countries of which somebody sees everything."""
    return None if is_secretariat(user) else countries_of(user)


def audiences(user: Any) -> list[str]:
    """Return the audiences of somebody in searches."""
    teams = teams_of(user)
    return [EVERY_TEAM] if teams is None else [f"{TEAM}{code}" for code in teams]


def teams_within(audiences: frozenset[str]) -> Teams:
    """Return the countries of which people of these audiences see everything."""
    if EVERY_TEAM in audiences:
        return None
    return frozenset(each.removeprefix(TEAM) for each in audiences if each.startswith(TEAM))


def visible(rows: QuerySet[Row], user: Any) -> QuerySet[Row]:
    """Keep the rows (of `OfCountry`) that somebody may read, in the same query."""
    return visible_in(rows, teams_of(user))


def visible_in(rows: QuerySet[Row], teams: Teams) -> QuerySet[Row]:
    """Keep the rows (of `OfCountry`) that people of these teams may read."""
    return rows.filter(_readable(teams))


def visible_to(user: Any, path: str = "") -> Q:
    """Match what somebody may read; `path` leads from what is matched to a row of `OfCountry`."""
    return _readable(teams_of(user), path)


def _readable(teams: Teams, path: str = "") -> Q:
    if teams is None:
        return Q()
    return Q(**{f"{path}public": True}) | Q(**{f"{path}about__in": sorted(teams)})


# --- Assessments --------------------------------------------------------------------------
def may_read(user: Any, assessment: Assessment) -> bool:
    """Return whether somebody may open an assessment: only the team and the secretariat."""
    return sees_all(user, assessment.about)


def assessments_of(user: Any, code: str) -> QuerySet[Assessment]:
    """Return the assessments of a country that somebody may open."""
    rows = Assessment.objects.filter(about=code)
    return rows if sees_all(user, code) else rows.none()


def answers_for(user: Any, assessment: Assessment) -> QuerySet[Answer]:
    """Return the answers that somebody may read: all, or those that are public."""
    rows = Answer.objects.filter(assessment=assessment)
    return rows if may_read(user, assessment) else public_only(rows)


def public_only(rows: QuerySet[Answer]) -> QuerySet[Answer]:
    """Keep what the country has made public, of questions of which it may be."""
    return rows.filter(public=True, question__may_be_public=True)


def may_open_round(user: Any, code: str) -> bool:
    """Return whether somebody may begin an assessment of a country."""
    return may_edit(user, code)


def may_answer(user: Any, assessment: Assessment) -> bool:
    """Return whether somebody may write answers now: of the team or the secretariat, not locked."""
    return may_edit(user, assessment.about) and assessment.is_open


def may_withdraw(user: Any, assessment: Assessment) -> bool:
    """Return whether somebody may make a public answer private, also after the last day."""
    return may_edit(user, assessment.about)


def may_delete(user: Any, assessment: Assessment) -> bool:
    """Return whether somebody may delete an assessment: only where nobody has said anything yet."""
    return may_edit(user, assessment.about) and not said_in(assessment).exists()


def said_in(assessment: Assessment) -> QuerySet[Answer]:
    """Return the answers that hold anything, be it a note."""
    rows = Answer.objects.filter(assessment=assessment)
    return rows.exclude(value__isnull=True, not_known=False, source="", note="")


def may_reopen(user: Any) -> bool:
    """Return whether somebody may give an assessment another last day."""
    return is_secretariat(user)


def gaps_for(user: Any) -> QuerySet[Gap]:
    """Return the gaps of the newest answered rounds that somebody may know of, in one query."""
    return gaps_in(teams_of(user))


def gaps_in(teams: Teams) -> QuerySet[Gap]:
    """Return the gaps of the newest answered rounds that people of these teams may know of.

    A gap is what answers say together: others than the team and the secretariat know of it only
    where every answer that shows it is public.
    """
    given = Answer.objects.filter(assessment=OuterRef("pk"))
    later = Assessment.objects.filter(
        Exists(given),
        about=OuterRef("about"),
        questionnaire=OuterRef("assessment__questionnaire"),
        round__gt=OuterRef("assessment__round"),
    )
    newest = Gap.objects.filter(~Exists(later))
    if teams is None:
        return newest
    shown = Gap.answers.through.objects.filter(gap=OuterRef("pk"))
    private = shown.exclude(answer__public=True, answer__question__may_be_public=True)
    public = Exists(shown) & ~Exists(private)
    return newest.filter(public | Q(about__in=sorted(teams)))


# --- The gap map --------------------------------------------------------------------------
def sees_searches(user: Any) -> bool:
    """Return whether somebody reads all searches without result, and from where they were made."""
    return is_secretariat(user)


def may_know_of_search(user: Any, days: int) -> bool:
    """Return whether somebody may know of what was searched for in vain on so many days.

    Days, not times: what one person repeats within an hour is still one person's.
    """
    return sees_searches(user) or days >= settings.GAP_MAP_THRESHOLD
