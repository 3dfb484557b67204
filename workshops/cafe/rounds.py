"""Timed rounds: one at a time, started, made longer and ended by those who lead."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from workshops.models import Challenge, Round, Workshop

LONGEST = 180  # minutes


def running(workshop: Workshop, now: datetime.datetime | None = None) -> Round | None:
    """Return the round that is under way."""
    now = now or timezone.now()
    rows = workshop.rounds.filter(started_at__lte=now, ends_at__gt=now)
    return rows.select_related("challenge").order_by("-number").first()


def last_number(workshop: Workshop) -> int:
    """Return the number of the last round; 0 before the first."""
    newest = workshop.rounds.order_by("-number").values_list("number", flat=True)
    return newest.first() or 0


def start(
    workshop: Workshop, challenge: Challenge | None, minutes: int, by: Any, after: int
) -> Round | None:
    """Start a round and end the one under way; None where `after` is not the last one any more.

    So a button that is pressed twice, or by two people, starts one round.
    """
    now = timezone.now()
    with transaction.atomic():
        Workshop.objects.select_for_update().get(pk=workshop.pk)
        if last_number(workshop) != after:
            return None
        workshop.rounds.filter(ends_at__gt=now).update(ends_at=now)
        return Round.objects.create(
            workshop=workshop,
            challenge=challenge,
            number=after + 1,
            minutes=minutes,
            started_at=now,
            ends_at=now + datetime.timedelta(minutes=minutes),
            started_by=by,
        )


def lengthen(round_: Round, minutes: int) -> bool:
    """Give a round that is under way more minutes; False where it is over."""
    rows = Round.objects.filter(pk=round_.pk, ends_at__gt=timezone.now())
    more = datetime.timedelta(minutes=minutes)
    return bool(rows.update(ends_at=F("ends_at") + more, minutes=F("minutes") + minutes))


def end(round_: Round) -> bool:
    """End a round now; False where it is over already."""
    now = timezone.now()
    return bool(Round.objects.filter(pk=round_.pk, ends_at__gt=now).update(ends_at=now))


def of_card(challenge: Challenge, number: str) -> Round | None:
    """Return the round that a card says it was written in, if it was about this challenge."""
    if not (number.isascii() and number.isdecimal() and len(number) < 6):
        return None
    found = Round.objects.filter(workshop=challenge.workshop_id, number=int(number)).first()
    return found if found and found.challenge_id in (None, challenge.pk) else None
