"""Practices that are to be checked because a guidance they apply has a newer version."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.signals import page_published

from adoption.models import GuidanceCheck
from adoption.telling import tell_to_check
from guidance.models import GuidancePage
from practices.models import PracticeGuidance, PracticePage


def earlier_versions(newest: GuidancePage) -> set[Any]:
    """Return the translation keys of all versions that this one replaces, however long ago."""
    keys: set[Any] = set()
    older = newest.supersedes
    while older and older.translation_key not in keys:
        keys.add(older.translation_key)
        older = older.supersedes
    return keys - {newest.translation_key}


def mark(sender: Any, instance: GuidancePage, **kwargs: Any) -> None:
    """Mark exactly the practices built on an earlier version of what is published (signal).

    A translation of the new version, or its second publication, marks nothing again. Where a
    practice is to be checked against one version already, it is from now on against the newest.
    """
    if instance.alias_of_id or not instance.live:
        return
    earlier = earlier_versions(instance)
    if not earlier:
        return
    now = timezone.now()
    raised: list[GuidanceCheck] = []
    with transaction.atomic():
        for practice in _built_on(earlier, instance).order_by("pk"):
            open_checks = GuidanceCheck.objects.filter(practice=practice, cleared_at=None)
            waiting = open_checks.filter(newer__translation_key__in=earlier).first()
            if waiting:
                waiting.newer = instance
                waiting.save(update_fields=["newer"])
                continue
            check, new = GuidanceCheck.objects.get_or_create(
                practice=practice, newer=instance, defaults={"raised_at": now}
            )
            raised += [check] if new else []
        tell_to_check(raised)


def _built_on(earlier: set[Any], newest: GuidancePage) -> "QuerySet[PracticePage]":
    """Return the practices that apply an earlier version, and were not marked for this one."""
    applied = PracticeGuidance.objects.filter(guidance__translation_key__in=earlier)
    known = GuidanceCheck.objects.filter(newer__translation_key=newest.translation_key)
    found: QuerySet[PracticePage] = PracticePage.objects.filter(
        pk__in=applied.values("page_id"), alias_of=None
    ).exclude(pk__in=known.values("practice_id"))
    return found


def clear(checks: Iterable[GuidanceCheck], user: Any, how: str) -> int:
    """Note that practices were checked, or revised; return how many marks went."""
    open_checks = GuidanceCheck.objects.filter(
        pk__in=[check.pk for check in checks], cleared_at=None
    )
    return open_checks.update(cleared_at=timezone.now(), cleared_by=user, how=how)


def clear_revised(sender: Any, instance: PracticePage, **kwargs: Any) -> None:
    """Take the mark off a practice that is published on the newest version (`page_published`)."""
    if not instance.live:
        return
    waiting = GuidanceCheck.objects.filter(practice_id=instance.pk, cleared_at=None)
    applied = PracticeGuidance.objects.filter(page_id=instance.pk)
    now_on = set(applied.values_list("guidance__translation_key", flat=True))
    done = [check for check in waiting.select_related("newer")
            if not now_on & earlier_versions(check.newer)]  # fmt: skip
    if done:
        revision = kwargs.get("revision")
        clear(done, getattr(revision, "user", None), GuidanceCheck.How.REVISED)


def connect() -> None:
    """Watch what is published; called once, when the site starts."""
    page_published.connect(mark, sender=GuidancePage, dispatch_uid="adoption-mark")
    page_published.connect(clear_revised, sender=PracticePage, dispatch_uid="adoption-revised")
