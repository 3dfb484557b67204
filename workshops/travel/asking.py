"""Asking for travel support and being answered: each step once, whoever clicks at the same time."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from core import mail
from workshops.models import TravelRequest, Workshop

State = TravelRequest.State


class NoneLeftError(Exception):
    """As many journeys are paid for as there is money for."""


def mine(workshop: Workshop, user: Any) -> TravelRequest | None:
    """Return somebody's own request."""
    return TravelRequest.objects.filter(workshop=workshop, user=user.pk).first()


def granted(workshop: Workshop) -> int:
    """Return how many journeys are granted."""
    return workshop.travel_requests.filter(state=State.GRANTED).count()


def ask(workshop: Workshop, user: Any, **told: str) -> bool:
    """Ask, or change what was told; False where the secretariat has answered already."""
    with transaction.atomic():
        # Under the lock of the workshop: two clicks at once are one request.
        Workshop.objects.select_for_update().get(pk=workshop.pk)
        row = mine(workshop, user)
        if row is None:
            TravelRequest.objects.create(workshop=workshop, user=user, **told)
            return True
        if row.state not in (State.WAITING, State.WITHDRAWN):
            return False
        for name, value in told.items():
            setattr(row, name, value)
        row.state, row.answer, row.decided_at, row.decided_by = State.WAITING, "", None, None
        row.save()
    return True


def withdraw(workshop: Workshop, user: Any) -> bool:
    """Take one's own request back, also a granted one: somebody else may travel instead."""
    own = TravelRequest.objects.filter(workshop=workshop, user=user)
    standing = own.filter(state__in=(State.WAITING, State.GRANTED))
    return bool(standing.update(state=State.WITHDRAWN))


def decide(row: TravelRequest, grant: bool, answer: str, by: Any) -> bool:
    """Answer, and tell the person by mail; False where it is withdrawn or said already.

    `NoneLeftError` where all journeys that can be paid for are granted.
    """
    state = State.GRANTED if grant else State.DECLINED
    with transaction.atomic():
        workshop = Workshop.objects.select_for_update().get(pk=row.workshop_id)
        rows = TravelRequest.objects.filter(pk=row.pk).exclude(state__in=(state, State.WITHDRAWN))
        if not rows.exists():
            return False
        if grant and granted(workshop) >= (workshop.travel_places or 0):
            raise NoneLeftError
        rows.update(state=state, answer=answer, decided_at=timezone.now(), decided_by=by)
        told = {"workshop": workshop, "granted": grant, "answer": answer}
        mail.send("workshop-travel", row.user, told)
    return True
