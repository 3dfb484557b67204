"""Reminds reviewers whose answer is overdue; meant to run every day, safe to run at any time."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import WorkflowState

from reviewing import events, mails
from reviewing.models import Assignment

AGAIN_AFTER = timedelta(days=7)


def overdue() -> list[int]:
    """Return the ids of the assignments whose reviewer is to be reminded now."""
    now = timezone.now()
    rows = Assignment.objects.filter(
        Q(reminded_at=None) | Q(reminded_at__lt=now - AGAIN_AFTER),
        state=Assignment.State.ASKED,
        due__lt=timezone.localdate(),
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        reviewer__is_active=True,
    )
    return list(rows.order_by("due", "pk").values_list("pk", flat=True))


def remind(pk: int) -> bool:
    """Remind one reviewer; False when another process was faster or the answer has come."""
    now = timezone.now()
    with transaction.atomic():
        open_ = Assignment.objects.filter(
            Q(reminded_at=None) | Q(reminded_at__lt=now - AGAIN_AFTER),
            pk=pk,
            state=Assignment.State.ASKED,
        )
        if not open_.update(reminded_at=now):
            return False
        assignment = Assignment.objects.select_related("page", "reviewer").get(pk=pk)
        mails.reminded(assignment)
        events.record(assignment.page, "remind", None, reviewer=assignment.number)
        return True


class Command(BaseCommand):
    """`manage.py remind_reviewers`: one mail for each overdue review, at most once a week."""

    help = "Reminds reviewers whose answer is overdue, each at most once a week."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--dry-run`."""
        parser.add_argument("--dry-run", action="store_true", help="Only say how many there are.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remind them and say how many."""
        found = overdue()
        if options["dry_run"]:
            self.stdout.write(f"{len(found)} to remind.")
            return
        self.stdout.write(f"{sum(remind(pk) for pk in found)} reminded.")
