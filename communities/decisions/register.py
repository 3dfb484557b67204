"""Entering decisions, and which of them wait for their review."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from communities.models import Community, Decision
from members.signing import sign
from search import index


class ReplacedAlreadyError(Exception):
    """Another decision has replaced it meanwhile."""


def enter(decision: Decision, community: Community, user: Any) -> Decision:
    """Store a decision under the next number of its community, signed.

    `ReplacedAlreadyError` where what it replaces is replaced by another one by now. What is
    entered twice (the same title, text and day) is stored once.
    """
    with transaction.atomic():
        # One at a time: numbers follow each other without a gap.
        Community.objects.select_for_update(no_key=True).get(pk=community.pk)
        known = Decision.objects.filter(community=community, adopted_on=decision.adopted_on)
        same = known.filter(title=decision.title, text=decision.text).first()
        if same:
            return same
        if decision.replaces_id and Decision.objects.filter(replaces=decision.replaces_id).exists():
            raise ReplacedAlreadyError
        last = Decision.objects.filter(community=community).aggregate(last=Max("number"))["last"]
        decision.community, decision.number = community, (last or 0) + 1
        sign(decision, user)
        decision.save()
        # What it replaces steps back.
        index.refresh("decision", filter(None, [decision.pk, decision.replaces_id]))
    return decision


def review_day(decision: Decision) -> datetime.date | None:
    """Return when a decision has to be looked at again; its reviews must be at hand.

    None: it is replaced, or no day is set.
    """
    if hasattr(decision, "replaced_by"):
        return None
    reviews = list(decision.reviews.all())
    return reviews[0].review_on if reviews else decision.review_on


def in_order(community: Community) -> QuerySet[Decision]:
    """Return the decisions of a community, newest first, with what is shown of each."""
    rows = Decision.objects.filter(community=community)
    rows = rows.select_related("institution", "replaced_by", "event", "thread", "replaces")
    return rows.prefetch_related("reviews")


def due(community: Community) -> Sequence[Decision]:
    """Return the decisions whose day of review has come, the longest waiting first."""
    today = timezone.localdate()
    found = [(review_day(each), each) for each in in_order(community)]
    waiting = [(day, each) for day, each in found if day and day <= today]
    return [each for _day, each in sorted(waiting, key=lambda pair: (pair[0], pair[1].pk))]
