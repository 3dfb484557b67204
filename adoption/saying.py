"""Writing feedback and adaptations down: once, whatever is pressed twice."""

from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from adoption import telling
from adoption.models import Adoption, AdoptionCondition, EarlierText, Feedback, OriginAnswer
from members.signed import fingerprint
from members.signing import sign
from practices.models import PracticePage

Said = TypeVar("Said", Feedback, Adoption, OriginAnswer)


def original(page: PracticePage) -> PracticePage:
    """Return the practice that a copy in another language tree follows, or the practice itself."""
    return page.alias_of.specific if page.alias_of_id else page


def say(said: Feedback, user: Any) -> Feedback:
    """Store feedback or an answer, signed; the same said twice is stored once."""
    sign(said, user)
    said.fingerprint = fingerprint(
        user.pk, said.practice_id, said.answer_to_id or "", said.kind, said.section, said.text
    )
    return _store(said)


def tell_adoption(adoption: Adoption, conditions: dict[str, dict[str, str]], user: Any) -> Adoption:
    """Store a new adaptation with its conditions, signed; the same told twice is stored once."""
    sign(adoption, user)
    adoption.fingerprint = fingerprint(
        *(user.pk, adoption.origin_id, adoption.year_from, adoption.year_to or ""),
        *(adoption.changed, adoption.result, adoption.result_note),
    )
    with transaction.atomic():
        stored = _store(adoption)
        if stored is adoption:
            _put_conditions(stored, conditions)
    return stored


def change_adoption(adoption: Adoption, conditions: dict[str, dict[str, str]]) -> None:
    """Store a changed adaptation; what the origin confirmed was another text, so it is asked anew.

    It may say now who sees it without being asked again.
    """
    with transaction.atomic():
        before = Adoption.objects.select_for_update().get(pk=adoption.pk)
        if _facts(before) != _facts(adoption) or _conditions(before) != conditions:
            adoption.state, adoption.edited_at = Adoption.State.TOLD, timezone.now()
            if before.state != Adoption.State.TOLD:
                adoption.told_at = None
                telling.soon()
        adoption.save()
        _put_conditions(adoption, conditions)


def _facts(adoption: Adoption) -> tuple[object, ...]:
    return (
        *(adoption.year_from, adoption.year_to, adoption.changed, adoption.result),
        *(adoption.result_note, adoption.evidence_url, adoption.own_practice_id),
    )


def _conditions(adoption: Adoption) -> dict[str, dict[str, str]]:
    return {
        row.condition: {"held": row.held, "note": row.note} for row in adoption.conditions.all()
    }


def _put_conditions(adoption: Adoption, conditions: dict[str, dict[str, str]]) -> None:
    for condition, values in conditions.items():
        AdoptionCondition.objects.update_or_create(
            adoption=adoption, condition=condition, defaults=values
        )


class ChangedMeanwhileError(Exception):
    """What somebody answers is no longer what they have read."""


def version_of(adoption: Adoption) -> str:
    """Return a token of what an adaptation says; it changes when its facts do."""
    return adoption.edited_at.isoformat() if adoption.edited_at else ""


def answer_adoption(said: OriginAnswer, user: Any, version: str = "") -> OriginAnswer:
    """Store what the origin says about an adaptation; a confirmation stays until it is changed.

    `version` is what was read; `ChangedMeanwhileError` if it says something else by now.
    """
    sign(said, user)
    with transaction.atomic():
        adoption = Adoption.objects.select_for_update().get(pk=said.adoption_id)
        if version_of(adoption) != version:
            raise ChangedMeanwhileError
        said.fingerprint = fingerprint(user.pk, adoption.pk, said.confirms, said.text, version)
        stored = _store(said)
        rows = Adoption.objects.filter(pk=adoption.pk)
        if said.confirms:
            rows.update(state=Adoption.State.CONFIRMED)
        else:
            rows.filter(state=Adoption.State.TOLD).update(state=Adoption.State.COMMENTED)
    return stored


def _store(said: Said) -> Said:
    """Insert a row, or return the one that says the same; either way those concerned are told."""
    try:
        with transaction.atomic():
            said.save(force_insert=True)
    except IntegrityError:
        same: Said = type(said)._default_manager.get(fingerprint=said.fingerprint)
        return same
    telling.soon()
    return said


def edit(said: Feedback, text: str) -> None:
    """Replace the text and keep the earlier one."""
    with transaction.atomic():
        stored = Feedback.objects.select_for_update().get(pk=said.pk)
        if stored.text == text:
            return
        EarlierText.objects.create(feedback=stored, text=stored.text)
        stored.text, stored.edited_at = text, timezone.now()
        stored.save(update_fields=["text", "edited_at"])


def take_back(said: Feedback) -> None:
    """Delete feedback; where others answered or built on it, only its words go."""
    with transaction.atomic():
        stored = Feedback.objects.select_for_update().get(pk=said.pk)
        if not stored.answers.exists() and not hasattr(stored, "taken_over"):
            stored.delete()
            return
        stored.earlier.all().delete()
        stored.text, stored.withdrawn_at = "", timezone.now()
        stored.fingerprint = fingerprint("withdrawn", stored.pk)
        stored.save(update_fields=["text", "withdrawn_at", "fingerprint"])
