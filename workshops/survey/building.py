"""A survey from its first question to its end."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from workshops.models import Survey, SurveyQuestion, Workshop
from workshops.models.survey import random_token


class NotADraftError(Exception):
    """Somebody has been asked already: the questions stay as they are."""


def begin(workshop: Workshop, told: dict[str, Any], like: Survey | None, user: Any) -> Survey:
    """Make a draft, with the questions of another survey where one is given."""
    with transaction.atomic():
        survey = Survey.objects.create(workshop=workshop, created_by=user, **told)
        for question in like.questions.all() if like else ():
            question.pk, question.survey = None, survey
            question._state.adding = True
            question.save()
    return survey


def draft(survey: Survey) -> Survey:
    """Return a survey locked for a change of its questions; `NotADraftError` if it is none."""
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    if not locked.is_draft:
        raise NotADraftError
    return locked


@transaction.atomic
def put(question: SurveyQuestion, survey: Survey) -> None:
    """Store a question of a draft; a new one comes last."""
    question.survey = draft(survey)
    if question.pk is None:
        last = survey.questions.aggregate(last=Max("place"))["last"]
        question.place = (last or 0) + 1
    question.save()


@transaction.atomic
def take_out(question: SurveyQuestion) -> None:
    """Delete a question of a draft."""
    draft(question.survey)
    question.delete()


@transaction.atomic
def move_up(question: SurveyQuestion) -> None:
    """Put a question of a draft before the one above it."""
    survey = draft(question.survey)
    order = list(survey.questions.all())
    # Taken out meanwhile by somebody else, it is not there to be moved.
    at = order.index(question) if question in order else 0
    if at:
        order[at - 1], order[at] = order[at], order[at - 1]
    for place, each in enumerate(order, 1):
        SurveyQuestion.objects.filter(pk=each.pk).update(place=place)


@transaction.atomic
def open_to_answers(survey: Survey, by_link: bool) -> bool:
    """Open a draft that asks something; from now on its questions stay as they are."""
    locked = draft(survey)
    if not locked.questions.exists():
        return False
    locked.opened_at = timezone.now()
    locked.open_token = random_token() if by_link else ""
    locked.save(update_fields=["opened_at", "open_token"])
    return True


@transaction.atomic
def close(survey: Survey) -> None:
    """End a survey for ever; who was invited, and which forms were sent, is forgotten."""
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    if not locked.is_open:
        return
    locked.closed_at = timezone.now()
    locked.open_token = ""
    locked.save(update_fields=["closed_at", "open_token"])
    locked.invitations.all().delete()
    locked.sent_forms.all().delete()
