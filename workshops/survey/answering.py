"""Taking answers so that nobody, not even whoever reads the database, knows whose they are.

An answer keeps no account, no address of a computer and no time. Whoever could compare when a link
was used with which answer came last would know more, so with each new answer all answers of the
survey are written anew, in another order and under other numbers, and all its invitations are
touched. Results are told once the survey is closed: nobody sees what a further answer changed.
"""

import hashlib
import random
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from workshops.models import Survey, SurveyAnswer, SurveyForm, SurveyInvitation
from workshops.models.survey import random_number


class NotTakenError(Exception):
    """An answer that is not taken, for a reason of these."""


class AnsweredAlreadyError(NotTakenError):
    """The link, or the form, has been used."""


class OverError(NotTakenError):
    """The survey takes no answers any more."""


@dataclass(frozen=True)
class Door:
    """The link by which somebody came: to one invitation, or open."""

    survey: Survey
    digest: str = ""  # of an invitation
    used: bool = False


def door_of(token: str) -> Door | None:
    """Return what a link leads to; None for one that is not known."""
    survey = Survey.objects.filter(open_token=token).exclude(open_token="").first()
    if survey is not None:
        return Door(survey)
    found = SurveyInvitation.objects.filter(digest=digest(token)).select_related("survey").first()
    return Door(found.survey, found.digest, found.used) if found else None


def digest(token: str) -> str:
    """Return by what a token is known here."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def take(door: Door, said: dict[str, Any], may_quote: bool, once: str) -> None:
    """Store an answer; `once` names the form that was sent by an open link.

    `OverError` when the survey is closed or full, `AnsweredAlreadyError` when it was taken before.
    """
    with transaction.atomic():
        survey = Survey.objects.select_for_update().get(pk=door.survey.pk)
        if not survey.is_open:
            raise OverError
        if door.digest:
            _use(door)
        else:
            _use_once(survey, once)
        _write_anew(survey, SurveyAnswer(survey=survey, said=said, may_quote=may_quote))


def _use(door: Door) -> None:
    rows = SurveyInvitation.objects.filter(digest=door.digest, used=False)
    if rows.update(used=True) != 1:
        raise AnsweredAlreadyError


def _use_once(survey: Survey, once: str) -> None:
    if survey.most is not None and survey.answers.count() >= survey.most:
        raise OverError
    try:
        with transaction.atomic():
            SurveyForm.objects.create(survey=survey, digest=digest(f"{survey.pk} {once}"))
    except IntegrityError:
        raise AnsweredAlreadyError from None


def _write_anew(survey: Survey, new: SurveyAnswer) -> None:
    """Write all answers in a new order and touch what could be compared with them."""
    answers = [*survey.answers.all(), new]
    survey.answers.all().delete()
    random.SystemRandom().shuffle(answers)
    for answer in answers:
        answer.pk = random_number()
        answer._state.adding = True
    SurveyAnswer.objects.bulk_create(answers)
    survey.invitations.update(used=F("used"))
