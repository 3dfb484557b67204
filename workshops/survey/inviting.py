"""Inviting those who took part to a survey, and reminding those who have not answered."""

import secrets

from django.db import transaction

from core import mail
from workshops import access
from workshops.models import Survey, SurveyInvitation
from workshops.survey.answering import digest


@transaction.atomic
def invite(survey: Survey) -> int:
    """Send everybody who takes part today, and has not answered, a link of their own.

    A second time it is a reminder: each gets a new link, and the earlier one leads nowhere.
    """
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    if not locked.is_open:
        return 0
    known = {row.user_id: row for row in locked.invitations.all()}
    sent = 0
    for person in access.participants_of(locked.workshop):
        row = known.get(person.pk) or SurveyInvitation(survey=locked, user=person)
        if row.used:
            continue
        token = secrets.token_urlsafe(24)
        row.digest = digest(token)
        row.save()
        context = {"survey": locked, "workshop": locked.workshop, "token": token}
        mail.send("workshop-survey", person, context)
        sent += 1
    return sent
