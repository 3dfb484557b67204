"""Saying that a practice is still true, without publishing anything else of it."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail.signals import page_published

from adoption.models import TruthAnswer
from practices.models import PracticePage

LOGGED_AS = "adoption.confirm_true"


def confirm(page: PracticePage, day: datetime.date, user: Any = None, by: str = "") -> None:
    """Set "last confirmed true" of a practice in all its languages, where it is published.

    Publishing a revision would end a review that is under way and take the newest draft off the
    schedule. So only this date is written: as a revision of its own where nothing newer than the
    public version is being written, beside the draft where something is. Either is in the log.
    """
    with transaction.atomic():
        versions = PracticePage.objects.select_for_update().filter(
            translation_key=page.translation_key, live=True, alias_of=None
        )
        for version in versions.order_by("pk"):
            _confirm_version(version, day, user, by)


def _confirm_version(page: PracticePage, day: datetime.date, user: Any, by: str) -> None:
    before = page.last_confirmed
    page.last_confirmed = day
    revision = None if _is_being_written(page) else _revision_of(page)
    # Not by `save`: only a date changes, and what stands on the page was cleared as it is.
    changed = {"last_confirmed": day} | ({"live_revision": revision} if revision else {})
    PracticePage.objects.filter(pk=page.pk).update(**changed)
    PracticePage.objects.filter(alias_of=page.pk).update(last_confirmed=day)
    data = {"on": day.isoformat(), "before": before.isoformat() if before else "", "by": by}
    log(instance=page, action=LOGGED_AS, user=user, revision=revision, data=data)


def _is_being_written(page: PracticePage) -> bool:
    """Return whether there is a draft that is newer than what the public sees."""
    newer = page.latest_revision_id != page.live_revision_id and page.latest_revision_id is not None
    scheduled = page.revisions.filter(approved_go_live_at__isnull=False)
    return page.has_unpublished_changes or newer or bool(scheduled.exists())


def _revision_of(page: PracticePage) -> Revision:
    # Nobody's, so that it is not taken for what an editor wrote; the log names who confirmed.
    revision: Revision = page.save_revision(changed=False, clean=False)
    return revision


def carry_over(sender: Any, instance: PracticePage, **kwargs: Any) -> None:
    """Keep the date when a draft is published that was begun before (`page_published`)."""
    if not instance.live:
        return
    answers = TruthAnswer.objects.filter(
        question__practice__translation_key=instance.translation_key
    ).order_by("-at")
    latest = answers.first()
    if latest is None or latest.value != TruthAnswer.Value.TRUE:
        return
    day = latest.at.date()
    older = Q(last_confirmed=None) | Q(last_confirmed__lt=day)
    PracticePage.objects.filter(older, pk=instance.pk).update(last_confirmed=day)


def connect() -> None:
    """Watch what is published; called once, when the site starts."""
    page_published.connect(carry_over, sender=PracticePage, dispatch_uid="adoption-carry-over")
