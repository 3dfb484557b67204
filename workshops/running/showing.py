"""What the desk of a workshop shows, read at once."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from members.models import Kind, Role
from users.models import Institution, User
from workshops import access
from workshops.models import Choice, Recommendation, Registration, Workshop

OPEN = (Choice.OPEN, Choice.TRY)


@dataclass(frozen=True)
class Person:
    """Somebody who takes part, with what they sign with here."""

    user: User
    country: str
    institution: Institution | None
    registration: Registration | None = None


def people_of(workshop: Workshop) -> list[Person]:
    """Return who takes part today, by country; two queries, however many they are."""
    accepted = workshop.registrations.filter(state=Registration.State.ACCEPTED)
    rows = accepted.filter(user__is_active=True).select_related("user", "institution")
    found = {row.user_id: Person(row.user, row.country, row.institution, row) for row in rows}
    held = Role.objects.held().filter(
        kind=Kind.REPRESENTATIVE, country__code__in=workshop.codes, user__is_active=True
    )
    for role in held.select_related("user", "institution", "country"):
        code = role.country.code if role.country else ""
        found.setdefault(role.user_id, Person(role.user, code, role.institution))
    return sorted(found.values(), key=lambda each: (each.country or "ZZZ", each.user.pk))


def silent_countries(workshop: Workshop) -> list[str]:
    """Return the countries of a workshop for which nobody takes part yet."""
    here = {person.country for person in people_of(workshop)}
    return [code for code in workshop.codes if code not in here]


def carried_over(workshop: Workshop, user: Any) -> QuerySet[Recommendation]:
    """Return the open recommendations of the workshops that this one takes up, oldest first.

    Nothing is copied: what is decided here is decided there. Only what this person may read, to
    countries that take part here.
    """
    earlier, seen = workshop.follows, set[int]()
    while earlier is not None and earlier.pk not in seen:
        seen.add(earlier.pk)
        earlier = earlier.follows
    cards = access.cards_for(user).filter(
        challenge__workshop__in=seen - {workshop.pk},
        challenge__about__in=workshop.codes,
        choice__in=OPEN,
    )
    return cards.select_related("challenge__workshop", "institution").order_by("pk")


def lists(user: Any) -> tuple[list[Workshop], list[Workshop]]:
    """Return the workshops whose desk somebody opens, and those for which they may register."""
    mine = list(access.workshops_for(user).select_related("series"))
    offered = Workshop.objects.exclude(registration=Workshop.Registration.CLOSED)
    offered = offered.filter(closed_at=None).exclude(pk__in=[each.pk for each in mine])
    rows = offered.select_related("series")
    return mine, [each for each in rows if access.may_register(user, each)]


def waiting(workshop: Workshop) -> int:
    """Return how many registrations wait for a decision."""
    return workshop.registrations.filter(state=Registration.State.WAITING).count()


def counts(workshop: Workshop) -> dict[str, int]:
    """Return how many challenges, cards and decided cards there are."""
    standing = Q(withdrawn_at=None, challenge__withdrawn_at=None)
    cards = Recommendation.objects.filter(standing, challenge__workshop=workshop)
    told = cards.aggregate(cards=Count("pk"), decided=Count("pk", filter=~Q(choice=Choice.OPEN)))
    challenges = workshop.challenges.filter(withdrawn_at=None).count()
    return {"challenges": challenges, **told}
