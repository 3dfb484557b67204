"""What waits in each of several workshops for whoever looks; three queries, however many."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from members.roles import is_secretariat
from workshops.models import Facilitator, Registration, TravelRequest, Workshop
from workshops.travel import access as travel_access

Waits = Mapping[int, list[tuple[str, str]]]


def waits(workshops: Iterable[Workshop], user: Any) -> Waits:
    """Return {workshop: [(what waits, in words; where it is decided)]}; nothing where none does."""
    numbers = [each.pk for each in workshops]
    led = numbers
    if not is_secretariat(user):
        mine = Facilitator.objects.filter(user=user, workshop__in=numbers)
        led = list(mine.values_list("workshop_id", flat=True))
    found: dict[int, list[tuple[str, str]]] = {}
    asking = Registration.objects.filter(state=Registration.State.WAITING, workshop__in=led)
    for pk, n in _counted(asking):
        text = ngettext("%(n)s registration waits", "%(n)s registrations wait", n) % {"n": n}
        found.setdefault(pk, []).append((text, reverse("workshop-people", args=[pk])))
    if travel_access.may_decide(user):
        rows = travel_access.requests_for(user).filter(state=TravelRequest.State.WAITING)
        for pk, n in _counted(rows.filter(workshop__in=numbers)):
            text = ngettext(
                "%(n)s request for travel support", "%(n)s requests for travel support", n
            ) % {"n": n}
            found.setdefault(pk, []).append((text, reverse("workshop-travel-requests", args=[pk])))
    return found


def _counted(rows: QuerySet[Any]) -> Iterable[tuple[int, int]]:
    return sorted(Counter(rows.values_list("workshop_id", flat=True)).items())
