"""Gaps follow what they rest on: rules, and answers that are gone.

Whoever saves answers has their gaps found in the same transaction (`countries.assessing.saving`).
"""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from countries.gaps.finding import refresh, refresh_all
from countries.models import Answer, Assessment, Condition, GapRule, QuestionnaireVersion


@receiver(post_delete, sender=Answer)
def follow_an_answer(sender: type[Answer], instance: Answer, **kwargs: Any) -> None:
    """Find the gaps of its assessment anew, unless that goes as well."""
    if assessment := Assessment.objects.filter(pk=instance.assessment_id).first():
        refresh(assessment)


@receiver(post_save, sender=GapRule)
@receiver(post_delete, sender=GapRule)
@receiver(post_save, sender=Condition)
@receiver(post_delete, sender=Condition)
def follow_a_rule(sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Have the gaps of all assessments found anew, once for all that changes together."""
    if not raw:
        ask()


@receiver(post_save, sender=QuestionnaireVersion)
def follow_a_version(sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Have them found anew when a version is published: rules may hold no more."""
    if not raw and instance.is_published:
        ask()


def ask() -> None:
    """Queue the work with the present transaction, unless it waits already."""
    with transaction.atomic():
        waiting = DBTaskResult.objects.filter(
            task_path=refresh_all.module_path, status=TaskResultStatus.READY
        )
        if waiting.select_for_update(skip_locked=True).first() is None:
            refresh_all.enqueue()
