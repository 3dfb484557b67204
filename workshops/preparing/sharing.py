"""A country shares its gaps with those of a workshop, and takes that back."""

from typing import Any

from django.utils import timezone

from workshops.models import Workshop, WorkshopCountry


class ChangedError(Exception):
    """The workshop asks something else than what was agreed to."""


def share(workshop: Workshop, code: str, questionnaire: str, user: Any) -> bool:
    """Let those of a workshop see the gaps of a country; False where they do already.

    `questionnaire` is what was agreed to: `ChangedError` where the workshop asks another by now.
    Nothing is shared after it has closed.
    """
    if questionnaire != workshop.questionnaire or not questionnaire:
        raise ChangedError
    rows = WorkshopCountry.objects.filter(workshop=workshop, code=code, gaps_shared_at=None)
    rows = rows.filter(workshop__closed_at=None, workshop__questionnaire=questionnaire)
    return bool(rows.update(gaps_shared_at=timezone.now(), gaps_shared_by=user))


def take_back(workshop: Workshop, code: str) -> bool:
    """Let them see the gaps no more; False where they did not."""
    rows = WorkshopCountry.objects.filter(workshop=workshop, code=code)
    return bool(rows.exclude(gaps_shared_at=None).update(gaps_shared_at=None, gaps_shared_by=None))
