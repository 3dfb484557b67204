"""Reminding the people of a country that has not answered everything, at most once a day.

That a country was reminded and the mails to come are one commit. A mail is made when it leaves:
for whoever represents the country then, and only if there is still something to answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from core import mail
from core.mail import Letter
from users.models import User
from workshops.models import Workshop
from workshops.preparing import access
from workshops.preparing.assessments import Progress, lender
from workshops.preparing.showing import asked_of

LETTER = "workshop-assessment"


@dataclass(frozen=True)
class Reminded:
    """How many people of how many countries get a mail."""

    people: int = 0
    countries: int = 0


def remind(workshop: Workshop, codes: Iterable[str], by: Any) -> Reminded:
    """Remind the people of these countries, as far as they have something to answer."""
    wanting = [code for code, each in _progress(workshop, list(codes), by) if each.is_wanting]
    counts = [_remind_one(workshop, code) for code in wanting]
    reached = [count for count in counts if count]
    return Reminded(sum(reached), len(reached))


def _progress(workshop: Workshop, codes: list[str], user: Any) -> list[tuple[str, Progress]]:
    lends = lender()
    if lends is None or not workshop.questionnaire or workshop.closed_at:
        return []
    return list(lends.progress(asked_of(workshop, codes, user)).items())


@transaction.atomic
def _remind_one(workshop: Workshop, code: str) -> int:
    people = access.to_be_reminded(workshop, code)
    now = timezone.now()
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    free = Q(reminded_at=None) | Q(reminded_at__lt=today)
    row = workshop.countries.filter(free, code=code)
    # Of many clicks at once the first one writes; the others wait and find the day taken. Only
    # columns of the row itself are asked here: others would be read as they were before.
    if not people or not row.update(reminded_at=now):
        return 0
    for person in people:
        about = {"user": person.pk, "workshop": workshop.pk, "code": code}
        mail.send_when_leaving(LETTER, about)
    return len(people)


def make(user: int, workshop: int, code: str) -> Letter | None:
    """Return the reminder for one person, with how far the country is now; None if needless."""
    reader = User.objects.filter(pk=user, is_active=True).first()
    held = Workshop.objects.filter(pk=workshop, closed_at=None).first()
    if reader is None or held is None or reader not in access.to_be_reminded(held, code):
        return None
    with override(mail.language_of(reader)):
        found = dict(_progress(held, [code], reader)).get(code)
        if found is None or not found.is_wanting:
            return None
        own = found.address or reverse("workshop-preparation", args=[held.pk])
        told = {
            "workshop": held,
            "code": code,
            "progress": found,
            "day": found.last_day or held.answer_by,
            "address": own,
        }
        return mail.letter(LETTER, reader, told)


mail.register_maker(LETTER, make)
