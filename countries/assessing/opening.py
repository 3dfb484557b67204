"""A round begins, and is opened once more."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from countries import access
from countries.models import Assessment, Questionnaire, Reopening
from members.signing import sign


def open_round(
    code: str,
    questionnaire: Questionnaire,
    user: Any,
    *,
    opens_on: datetime.date,
    locks_on: datetime.date,
) -> Assessment:
    """Begin the next round of a questionnaire in a country, with its newest published version.

    `ValidationError` where the last round can still be answered: there is one at a time.
    """
    with transaction.atomic():
        # Whoever presses the button a second time waits here for the first.
        Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        version = questionnaire.newest()
        if version is None:
            raise ValidationError(_("This questionnaire has no published version yet."))
        rounds = Assessment.objects.filter(about=code, questionnaire=questionnaire)
        if any(not each.is_locked for each in rounds):
            raise ValidationError(
                _("A round of this questionnaire is open. Answer it, or wait until it is locked.")
            )
        last = rounds.aggregate(last=Max("round"))["last"] or 0
        made = Assessment(
            about=code, version=version, round=last + 1, opens_on=opens_on, locks_on=locks_on
        )
        sign(made, user)
        made.save()
    return made


def reopen(assessment: Assessment, user: Any, reason: str, until: datetime.date) -> None:
    """Give an assessment another last day and keep why."""
    with transaction.atomic():
        stored = get_object_or_404(Assessment.objects.select_for_update(), pk=assessment.pk)
        stored.locks_on = until
        stored.save()
        told = Reopening(assessment=stored, reason=reason, until=until)
        sign(told, user)
        told.save()
    assessment.locks_on = until


class AnsweredError(Exception):
    """Somebody has answered: it is not deleted any more."""


def delete_empty(assessment: Assessment, user: Any) -> None:
    """Delete an assessment that was opened by mistake; `AnsweredError` once it holds anything."""
    with transaction.atomic():
        # Whoever saves an answer holds it, too: either comes first, and nothing is lost.
        held = Assessment.objects.select_for_update().filter(pk=assessment.pk).first()
        if held is None:
            return
        if not access.may_delete(user, held):
            raise AnsweredError
        held.delete()
