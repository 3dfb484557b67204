"""Reminding those who write a chapter: a fortnight and three days before, then weekly."""

import datetime

from django.db import transaction
from django.utils import timezone

from core import mail
from workshops.models import Contribution

FIRST, LAST, AGAIN = (datetime.timedelta(days=days) for days in (14, 3, 7))


def is_due(contribution: Contribution, today: datetime.date) -> bool:
    """Return whether somebody is to be reminded today, who was not since the last occasion."""
    deadline, last = contribution.deadline, contribution.reminded_on
    if contribution.status not in Contribution.OPEN or today < deadline - FIRST:
        return False
    # Reminded of an earlier deadline, long before this one: as if never.
    if last is None or last < deadline - FIRST:
        return True
    if today > deadline:
        return last <= today - AGAIN
    return today >= deadline - LAST and last < deadline - LAST


def remind_all() -> int:
    """Remind everybody who is to be reminded today; a second run on the same day does nothing."""
    today = timezone.localdate()
    rows = Contribution.objects.filter(
        status__in=Contribution.OPEN, deadline__lte=today + FIRST, owner__is_active=True
    )
    due = [each.pk for each in rows if is_due(each, today)]
    return sum(remind(pk) for pk in due)


def remind(pk: int, again: bool = False) -> bool:
    """Send a reminder of one chapter; False where there is nobody, or it was done today."""
    today = timezone.localdate()
    with transaction.atomic():
        rows = Contribution.objects.select_for_update(of=("self",)).select_related(
            "report", "owner"
        )
        each = rows.filter(pk=pk, status__in=Contribution.OPEN).exclude(owner=None).first()
        if each is None or each.reminded_on == today or not (again or is_due(each, today)):
            return False
        each.reminded_on = today
        each.save(update_fields=["reminded_on"])
        mail.send("contribution-reminder", each.owner, {"contribution": each})
    return True


def ask(contribution: Contribution) -> None:
    """Tell somebody that a chapter is asked of them."""
    if contribution.owner is not None:
        mail.send("contribution-asked", contribution.owner, {"contribution": contribution})
