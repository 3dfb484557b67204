"""What the countries of a workshop answer is chosen, and begun for all of them."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from workshops.models import Workshop
from workshops.preparing.assessments import Asked, lender


@transaction.atomic
def choose(workshop: Workshop, questionnaire: str, answer_by: datetime.date | None) -> None:
    """Store what is asked and until when.

    Where it is another questionnaire, countries share their gaps anew: they agreed to what the
    answers to that one show.
    """
    stored = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if stored.questionnaire != questionnaire:
        stored.countries.update(gaps_shared_at=None, gaps_shared_by=None)
    stored.questionnaire, stored.answer_by = questionnaire, answer_by
    stored.save(update_fields=["questionnaire", "answer_by"])


def can_begin(workshop: Workshop) -> bool:
    """Return whether it is said what is asked, and until a day that is not over."""
    until = workshop.answer_by
    return bool(workshop.questionnaire and until and until >= timezone.localdate())


def begin_for_all(workshop: Workshop, user: Any) -> int:
    """Begin a round wherever none is open, until the day that was chosen; return how many.

    A country whose round is open keeps it, so that pressed twice nothing more happens; one whose
    last round is locked gets the next.
    """
    lends, until = lender(), workshop.answer_by
    if lends is None or until is None or not can_begin(workshop):
        return 0
    progress = lends.progress(Asked(workshop.questionnaire, tuple(workshop.codes), user))
    free = [code for code, each in progress.items() if each.is_free]
    return sum(lends.begin(workshop.questionnaire, code, user, until) for code in free)
