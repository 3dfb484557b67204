"""Who may ask for travel support, read requests and answer them: the one place that decides it."""

from typing import Any

from django.db.models import QuerySet

from members.roles import is_secretariat
from workshops.access import Seat, is_open
from workshops.models import Registration, TravelRequest, Workshop

EXPECTED = (Registration.State.WAITING, Registration.State.ACCEPTED)


def may_ask(user: Any, seat: Seat, workshop: Workshop) -> bool:
    """Return whether somebody may ask: who takes part or wants to, where journeys are paid for."""
    if workshop.travel_places is None or not is_open(workshop):
        return False
    if seat.takes_part:
        return True
    return Registration.objects.filter(workshop=workshop, user=user, state__in=EXPECTED).exists()


def requests_for(user: Any) -> QuerySet[TravelRequest]:
    """Return the requests that somebody may read: their own, and the secretariat all."""
    rows = TravelRequest.objects.all()
    return rows if is_secretariat(user) else rows.filter(user=user.pk)


def may_decide(user: Any) -> bool:
    """Return whether somebody reads all requests and answers them; never their own."""
    return is_secretariat(user)
