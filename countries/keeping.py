"""Storing what a team says: signed, and never over what somebody else has said meanwhile."""

from typing import Any

from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from countries import access
from countries.models import OfCountry
from members.signing import sign


class ChangedMeanwhileError(Exception):
    """It says something else by now than when it was opened."""


class TakenError(Exception):
    """The same is said in another row already."""


class MayNotWriteError(Exception):
    """The right to write about this country has ended."""


def version_of(row: OfCountry) -> str:
    """Return what changes whenever a row does; nothing for a new one."""
    return row.changed_at.isoformat() if row.pk else ""


def keep(row: OfCountry, user: Any, was: str) -> None:
    """Store a row, signed by whoever says it; `was` is its version when the form was made.

    What says the same already is left as it is: a form sent twice changes nothing.
    """
    if not access.may_edit(user, row.about):
        raise MayNotWriteError
    try:
        with transaction.atomic():
            if row.pk and not _is_new_in(row, was):
                return
            sign(row, user)
            row.save()
    except IntegrityError as error:
        raise TakenError from error


def _is_new_in(row: OfCountry, was: str) -> bool:
    """Return whether a row says something new; it is held until it is stored."""
    rows = type(row)._default_manager.select_for_update()
    stored = rows.filter(pk=row.pk, about=row.about).first()
    if stored is None:
        raise ChangedMeanwhileError
    if model_to_dict(stored) == model_to_dict(row):
        return False
    if version_of(stored) != was:
        raise ChangedMeanwhileError
    return True


def take_out(row: OfCountry, user: Any) -> None:
    """Delete a row, and what hangs below it."""
    if not access.may_edit(user, row.about):
        raise MayNotWriteError
    row.delete()
