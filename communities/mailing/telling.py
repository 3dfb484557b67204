"""Mail that cannot wait for the digest: somebody is mentioned, or has got an answer."""

import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from communities.mailing import letters, stopping
from communities.mailing.notices import AT_ONCE
from communities.models import Notice
from core import mail
from core.workers import regularly
from users.models import User

# So many mails at most reach one person; what is beyond waits for later, or for the digest.
MOST_A_MINUTE, MOST_AN_HOUR = 5, 20
MINUTE, HOUR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)


@task()
def tell() -> None:
    """Queue a mail for each post that somebody is to be told of at once.

    Safe to run at any time and side by side: what is told of and the mails to come are one commit
    for each person.
    """
    for user in _untold().order_by("user_id").values_list("user_id", flat=True).distinct():
        _tell(user)


def ask() -> None:
    """Queue a run with the present transaction, unless one is waiting already.

    Both come with the commit or not at all. A run that waits is locked until then: it must not
    begin before it can see what was written.
    """
    with transaction.atomic():
        waiting = DBTaskResult.objects.filter(
            task_path=tell.module_path, status=TaskResultStatus.READY
        )
        if waiting.select_for_update(skip_locked=True).first() is None:
            tell.enqueue()


@regularly
def ask_for_what_waits(starting: bool) -> None:
    """Queue a run for what was left for later, or whose run has failed."""
    if _untold().filter(created_at__lt=timezone.now() - MINUTE).exists():
        ask()


def _untold() -> "letters.Notices":
    return Notice.objects.filter(settled_at=None, reason__in=AT_ONCE)


def _tell(user_id: int) -> None:
    """Queue what one person is to be told of, as far as the limits go, and settle it."""
    with transaction.atomic():
        stopping.locked_choice_of(user_id)
        now = timezone.now()
        waiting = list(_untold().filter(user_id=user_id).order_by("pk").select_for_update())
        user = User.objects.get(pk=user_id)
        allowed = letters.allowed(user, waiting)
        room = _room(user_id, now)
        mailed = [notice for notice in waiting if notice.post_id in allowed][:room]
        for notice in mailed:
            mail.send_when_leaving(letters.POST, {"user": user_id, "notice": notice.pk})
        hushed = [notice.pk for notice in waiting if notice.post_id not in allowed]
        Notice.objects.filter(pk__in=hushed).update(settled_at=now)
        told = Notice.objects.filter(pk__in=[notice.pk for notice in mailed])
        told.update(settled_at=now, mailed_at=now)


def _room(user_id: int, now: datetime.datetime) -> int:
    """Return how many more mails somebody may get at once."""
    mailed = Notice.objects.filter(user_id=user_id)
    lately = mailed.filter(mailed_at__gt=now - MINUTE).count()
    before = mailed.filter(mailed_at__gt=now - HOUR).count()
    return max(0, min(MOST_A_MINUTE - lately, MOST_AN_HOUR - before))
