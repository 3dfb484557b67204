"""Suggestions that become revisions, and the thanks for them once they are published."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail.signals import page_published

from adoption.models import Feedback, TakenOver
from members.signing import signature
from practices.models import PracticePage

LOGGED_AS = "adoption.take_over"


def take_over(said: Feedback, user: Any) -> TakenOver:
    """Note that this person turns a suggestion into a revision; safe to press twice.

    Their next saved revision of the practice is the one that credits it.
    """
    taken, new = TakenOver.objects.get_or_create(feedback=said, defaults={"by": user})
    if not new and taken.published_at is None and taken.by_id != getattr(user, "pk", None):
        TakenOver.objects.filter(pk=taken.pk).update(by=user, revision=None)
    return taken


def give_back(said: Feedback) -> None:
    """Note that a suggestion is not taken over after all; what is published stays credited."""
    TakenOver.objects.filter(feedback=said, published_at=None).delete()


def credit_revision(sender: Any, instance: Revision, **kwargs: Any) -> None:
    """Credit the revision that somebody saves after taking a suggestion over (`post_save`)."""
    if kwargs.get("raw") or not instance.user_id or not _is_practice(instance):
        return
    waiting = TakenOver.objects.filter(
        revision=None,
        published_at=None,
        by_id=instance.user_id,
        feedback__practice_id=int(instance.object_id),
    ).select_related("feedback__institution")
    for taken in waiting:
        taken.revision = instance
        taken.save(update_fields=["revision"])
        data = {"suggested_by": signature(taken.feedback), "section": taken.feedback.section}
        log(
            instance=instance.content_object,
            action=LOGGED_AS,
            user=instance.user,
            revision=instance,
            data=data,
        )


def thank(sender: Any, instance: PracticePage, revision: Revision | None, **kwargs: Any) -> None:
    """Give thanks for what is in the version that was just published (`page_published`)."""
    if revision is None or not instance.live:
        return
    with transaction.atomic():
        TakenOver.objects.filter(
            feedback__practice_id=instance.pk,
            published_at=None,
            revision__created_at__lte=revision.created_at,
        ).update(published_at=timezone.now())


def thanks_for(page: PracticePage) -> QuerySet[Feedback]:
    """Return the suggestions that a published practice owes thanks for, oldest first."""
    return (
        Feedback.objects.filter(
            practice__translation_key=page.translation_key,
            taken_over__published_at__isnull=False,
            hiding=None,
        )
        .select_related("institution")
        .order_by("taken_over__published_at", "pk")
    )


def _is_practice(revision: Revision) -> bool:
    model = revision.content_type.model_class()
    return model is not None and issubclass(model, PracticePage)


def connect() -> None:
    """Watch what is saved and published; called once, when the site starts."""
    post_save.connect(credit_revision, sender=Revision, dispatch_uid="adoption-credit")
    page_published.connect(thank, sender=PracticePage, dispatch_uid="adoption-thank")
