"""Who may see and write what about a country: the one place that decides it.

A country's team are those who represent it today. They and the secretariat see and write
everything about the country; everybody else, members too, reads the rows that are public.
"""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from countries.models import Answer, Assessment
from members.models import Kind
from members.roles import countries_of, is_secretariat, people
from users.models import User

Row = TypeVar("Row", bound=Model)


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


def visible(rows: QuerySet[Row], user: Any) -> QuerySet[Row]:
    """Keep the rows (of `OfCountry`) that somebody may read, in the same query."""
    if is_secretariat(user):
        return rows
    return rows.filter(visible_to(user))


def visible_to(user: Any, path: str = "") -> Q:
    """Match what somebody may read; `path` leads from what is matched to a row of `OfCountry`."""
    if is_secretariat(user):
        return Q()
    own = Q(**{f"{path}about__in": sorted(countries_of(user))})
    return Q(**{f"{path}public": True}) | own


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


def may_reopen(user: Any) -> bool:
    """Return whether somebody may give an assessment another last day."""
    return is_secretariat(user)
