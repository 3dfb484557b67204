"""Who may see, say, answer and confirm what about a practice: the one place that decides it.

Feedback is among members: visitors see none of it and no number of it. An adaptation is among
members until those who adapted it say that everybody may see it. A checklist ("does it fit us?")
is seen by the person who filled it in and, if they choose so, by the representatives of their
country; by nobody else, whatever their rights.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from adoption.models import Adoption, Feedback, FitCheck, Hiding
from core.visibility import audiences_of, live_for, may_open
from members.roles import (
    Kind,
    countries_of,
    country_of,
    institution_of,
    is_member,
    is_secretariat,
    people,
    roles_of,
)
from practices.access import is_editor
from practices.models import PracticePage
from users.models import User

Pages = QuerySet[PracticePage]


def open_practices(user: Any) -> Pages:
    """Return the practices that somebody may open now."""
    pages: Pages = live_for(PracticePage.objects.all(), audiences_of(user))
    return pages


def _ids(pages: Pages | None, user: Any) -> Any:
    return (open_practices(user) if pages is None else pages).values("pk")


def takes_part(user: Any) -> bool:
    """Return whether somebody reads and writes what members tell each other."""
    return is_member(user)


def speaks_for(user: Any, page: PracticePage) -> bool:
    """Return whether a practice is this person's own: begun by them, or of their country.

    The secretariat edits every practice and yet speaks for none that others did.
    """
    if not takes_part(user):
        return False
    mine = countries_of(user)
    return page.owner_id == user.pk or bool(mine and mine & set(page.tags.get("countries", ())))


def authors_of(page: PracticePage) -> list[User]:
    """Return the people who speak for a practice today, each once."""
    found = {user.pk: user for user in [page.owner] if user and takes_part(user)}
    for code in page.tags.get("countries", ()):
        found |= {user.pk: user for user in people(Kind.REPRESENTATIVE, code)}
    return list(found.values())


# --- Feedback -----------------------------------------------------------------------------
def feedback_for(user: Any, pages: Pages | None = None) -> QuerySet[Feedback]:
    """Return the feedback and the answers that somebody may read now; `pages` if known already."""
    if not takes_part(user):
        return Feedback.objects.none()
    found = Feedback.objects.filter(practice__in=_ids(pages, user))
    if is_secretariat(user):
        return found
    # What is hidden stays before the eyes of its author, with the reason.
    hidden = Hiding.objects.exclude(feedback__author=user)
    below = hidden.filter(feedback=OuterRef("answer_to"))
    return found.exclude(Exists(hidden.filter(feedback=OuterRef("pk")))).exclude(Exists(below))


def may_give(user: Any, page: PracticePage) -> bool:
    """Return whether somebody may give feedback: a member who reads it, and not on their own."""
    if not takes_part(user) or speaks_for(user, page) or not may_open(page, user):
        return False
    return page.lead_institution_id is None or page.lead_institution_id not in _offices(user)


def may_answer(user: Any, page: PracticePage) -> bool:
    """Return whether somebody may answer what others say about this practice."""
    return takes_part(user) and (speaks_for(user, page) or is_editor(user, page))


def may_change(user: Any, said: Feedback) -> bool:
    """Return whether somebody may edit or take back this feedback or answer: only its author."""
    return takes_part(user) and said.author_id == user.pk and said.withdrawn_at is None


def may_hide(user: Any) -> bool:
    """Return whether somebody may hide what others wrote."""
    return is_secretariat(user)


def may_take_over(user: Any, said: Feedback) -> bool:
    """Return whether somebody may turn this suggestion into a revision of the practice."""
    return (
        said.kind == Feedback.Kind.SUGGESTION
        and said.withdrawn_at is None
        and is_editor(user, said.practice)
    )


# --- The adoption trail -------------------------------------------------------------------
def adoptions_for(user: Any, pages: Pages | None = None) -> QuerySet[Adoption]:
    """Return the adaptations that somebody may see now; `pages` if known already."""
    found = Adoption.objects.filter(origin__in=_ids(pages, user))
    if takes_part(user):
        return found
    return found.filter(audience=Adoption.Audience.EVERYBODY)


def may_adapt(user: Any, page: PracticePage) -> bool:
    """Return whether somebody may say that they have adapted this practice: a peer of it."""
    if not takes_part(user) or speaks_for(user, page) or not may_open(page, user):
        return False
    return bool(country_of(user) or institution_of(user))


def may_change_adoption(user: Any, adoption: Adoption) -> bool:
    """Return whether somebody may change or delete an adaptation: only who told it."""
    return takes_part(user) and adoption.author_id == user.pk


def may_confirm(user: Any, adoption: Adoption) -> bool:
    """Return whether somebody may confirm an adaptation: the origin, and nobody of its adapter.

    Neither the adapter nor another person of the same institution, whichever of their roles.
    """
    if not speaks_for(user, adoption.origin) or adoption.author_id == user.pk:
        return False
    mine = _offices(user)
    theirs = _offices(adoption.author) | {adoption.institution_id}
    return bool(mine) and not mine & theirs


def _offices(user: Any) -> set[int | None]:
    return {role.institution_id for role in roles_of(user) if role.institution_id}


# --- Checklists ---------------------------------------------------------------------------
def fit_checks_of(user: Any, pages: Pages | None = None) -> QuerySet[FitCheck]:
    """Return somebody's own checklists on practices that they may still open."""
    if not getattr(user, "is_authenticated", False):
        return FitCheck.objects.none()
    return FitCheck.objects.filter(user=user, practice__in=_ids(pages, user))


def fit_checks_of_team(user: Any) -> QuerySet[FitCheck]:
    """Return the checklists that others have shared with the country somebody represents."""
    return FitCheck.objects.filter(
        ~Q(user_id=user.pk),
        shared_with__in=countries_of(user),
        practice__in=open_practices(user).values("pk"),
    ).exclude(shared_with="")


def may_check_fit(user: Any, page: PracticePage) -> bool:
    """Return whether somebody may keep a checklist on this practice."""
    return takes_part(user) and may_open(page, user)


# --- Whether it is still true -------------------------------------------------------------
def may_clear(user: Any, page: PracticePage) -> bool:
    """Return whether somebody may say that a practice was checked against newer guidance."""
    return takes_part(user) and (speaks_for(user, page) or is_editor(user, page))


def may_see_stale(user: Any) -> bool:
    """Return whether somebody may see the list of practices that nobody confirms."""
    return is_secretariat(user)
