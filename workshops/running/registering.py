"""Asking to take part and being let in: each step once, whoever clicks at the same time."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from core import mail
from members.signed import fingerprint
from workshops import access
from workshops.models import Registration, Workshop
from workshops.running import community

State = Registration.State


class ChangedMeanwhileError(Exception):
    """A registration is another than whoever decides has read."""


def ask(workshop: Workshop, user: Any, **told: Any) -> bool:
    """Ask to take part, or change what was told; False where this is decided already.

    Who was declined may not ask again by themselves; who withdrew may.
    """
    with transaction.atomic():
        # Under the lock of the workshop: two clicks at once are one registration.
        Workshop.objects.select_for_update().get(pk=workshop.pk)
        row = Registration.objects.filter(workshop=workshop, user=user).first()
        if row is None:
            Registration.objects.create(workshop=workshop, user=user, **told)
            return True
        if row.state not in (State.WAITING, State.WITHDRAWN):
            return False
        for name, value in told.items():
            setattr(row, name, value)
        row.state, row.decided_at, row.decided_by = State.WAITING, None, None
        row.save()
    return True


def withdraw(workshop: Workshop, user: Any) -> bool:
    """Take one's own registration back, also an accepted one."""
    mine = Registration.objects.filter(workshop=workshop, user=user)
    standing = mine.filter(state__in=(State.WAITING, State.ACCEPTED))
    return bool(standing.update(state=State.WITHDRAWN, decided_at=timezone.now()))


def version_of(registration: Registration) -> str:
    """Return what is another one as soon as a registration says or is anything else."""
    told = registration
    return fingerprint(told.pk, told.state, told.country, told.institution_id, told.text)


def decide(registration: Registration, accept: bool, reason: str, by: Any, was: str) -> bool:
    """Accept or decline, and tell the person by mail; False where it is so, or they withdrew.

    `was`: the version that `by` has read; `ChangedMeanwhileError` where it is another by now, so
    that nobody is let in for a country that a leader has not seen. Who was accepted can be declined
    later: from then on they take part no more.
    """
    state = State.ACCEPTED if accept else State.DECLINED
    with transaction.atomic():
        row = Registration.objects.select_for_update().get(pk=registration.pk)
        if row.state in (state, State.WITHDRAWN):
            return False
        if version_of(row) != was:
            raise ChangedMeanwhileError
        row.state, row.decided_at, row.decided_by = state, timezone.now(), by
        row.reason = "" if accept else reason
        row.save()
        workshop, user = registration.workshop, registration.user
        told = {"workshop": workshop, "reason": reason, "accepted": accept}
        mail.send("workshop-registration", user, told)
        if accept:
            community.invite(workshop, user, by)
    return True


def note_attendance(registration: Registration, attended: bool) -> None:
    """Note whether somebody who was accepted was there."""
    Registration.objects.filter(pk=registration.pk, state=State.ACCEPTED).update(attended=attended)


def mine(workshop: Workshop, user: Any) -> Registration | None:
    """Return somebody's own registration."""
    rows = Registration.objects.filter(workshop=workshop, user=user.pk)
    return rows.select_related("institution").first()


def name_facilitator(workshop: Workshop, user: Any, by: Any) -> bool:
    """Let somebody facilitate; False where they do, or `by` may not say so."""
    if not access.may_name_facilitators(by):
        return False
    _row, new = workshop.facilitators.get_or_create(user=user, defaults={"named_by": by})
    return new
