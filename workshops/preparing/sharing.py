"""A country shares its gaps with those of a workshop, and takes that back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from workshops.models import Workshop, WorkshopCountry


class ChangedError(Exception):
    """The workshop asks something else than what was agreed to."""


@transaction.atomic
def share(workshop: Workshop, code: str, questionnaire: str, user: Any) -> bool:
    """Let those of a workshop see the gaps of a country; False where they do already.

    `questionnaire` is what was agreed to: `ChangedError` where the workshop asks another by now.
    Nothing is shared after it has closed.
    """
    # Whoever chooses another questionnaire or closes the workshop comes before this or after it.
    held = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if not questionnaire or questionnaire != held.questionnaire:
        raise ChangedError
    if held.closed_at is not None:
        return False
    rows = WorkshopCountry.objects.filter(workshop=held, code=code, gaps_shared_at=None)
    return bool(rows.update(gaps_shared_at=timezone.now(), gaps_shared_by=user))


def take_back(workshop: Workshop, code: str) -> bool:
    """Let them see the gaps no more; False where they did not."""
    rows = WorkshopCountry.objects.filter(workshop=workshop, code=code)
    return bool(rows.exclude(gaps_shared_at=None).update(gaps_shared_at=None, gaps_shared_by=None))
