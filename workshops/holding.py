"""A right is read anew where something is stored, and stays until it is."""

from typing import Any

from members.models import Role
from users.models import User
from workshops import access
from workshops.access import Seat
from workshops.models import Registration, Workshop


def hold(user: Any, workshop: Workshop) -> tuple[Any, Seat]:
    """Return somebody and their seat as they are now; nobody takes it from them meanwhile.

    For the transaction that stores what they say: whoever removes them waits until it is stored,
    and nothing is stored once they are removed.
    """
    list(Registration.objects.select_for_update().filter(user_id=user.pk, workshop=workshop))
    list(Role.objects.select_for_update().filter(user_id=user.pk))
    # Read again: what the request has found out about somebody is kept on its own user.
    person = User.objects.filter(pk=user.pk).first()
    there = Workshop.objects.filter(pk=workshop.pk).first()
    return person, access.seat_of(person, there) if there else Seat()
