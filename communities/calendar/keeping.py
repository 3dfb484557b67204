"""Events as they are entered, changed and called off; the search follows at once."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from communities.models import Community, Event
from members.signing import sign
from search import index


def enter(event: Event, community: Community, user: Any) -> None:
    """Put an event into the calendar of a community, signed."""
    with transaction.atomic():
        event.community = community
        sign(event, user)
        event.save()
        index.refresh("event", [event.pk])


def change(event: Event) -> None:
    """Store a changed event; calendar programs take it by its higher number."""
    with transaction.atomic():
        event.save()
        Event.objects.filter(pk=event.pk).update(revision=F("revision") + 1)
        index.refresh("event", [event.pk])


def call_off(event: Event) -> None:
    """Mark an event as called off; called off already, it stays so."""
    with transaction.atomic():
        now = timezone.now()
        standing = Event.objects.filter(pk=event.pk, cancelled_at=None)
        standing.update(cancelled_at=now, changed_at=now, revision=F("revision") + 1)
        index.refresh("event", [event.pk])
