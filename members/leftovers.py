"""Where an address or a name may stand that no link to the account leads to."""

import json
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import CharField, JSONField, Model, Q, TextField
from django.db.models.functions import Cast
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def clear_queue(address: str, name: str) -> None:
    """Delete all tasks that hold the address, and the finished ones that hold the name.

    A name may be a common word: what still waits because of it is other people's mail.
    """
    finished = [TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED]
    for column in ("args_kwargs", "return_value", "traceback"):
        rows = DBTaskResult.objects.annotate(told=Cast(column, TextField()))
        rows.filter(_holds("told", address)).delete()
        if name:
            rows.filter(_holds("told", name), status__in=finished).delete()


def forget_addresses(address: str) -> None:
    """Delete what allauth keeps of an address without an account."""
    EmailAddress.objects.filter(email__iexact=address).delete()


def mentions(names: list[str]) -> list[tuple[str, Any]]:
    """Return (model, id) of the rows that still hold one of these texts, whatever the column.

    What an institution published may name people, such as a contact; nobody but an editor can
    tell what should stand there instead.
    """
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        matching = _matching(model, names)
        if matching is not None:
            found += [(model._meta.label, pk) for pk in matching]
    return found


def _matching(model: type[Model], names: list[str]) -> Any:
    """Return the ids of the rows of a model that hold one of these texts; None: no text at all."""
    columns = [
        field.attname
        for field in model._meta.local_concrete_fields
        if isinstance(field, CharField | TextField | JSONField)
    ]
    if not columns:
        return None
    rows = model._base_manager.annotate(
        **{f"text_of_{name}": Cast(name, TextField()) for name in columns}
    )
    any_of = Q()
    for column in columns:
        for name in names:
            any_of |= _holds(f"text_of_{column}", name)
    return rows.filter(any_of).values_list("pk", flat=True)


def _holds(column: str, text: str) -> Q:
    """Match a text as it is, or as JSON writes it."""
    written = json.dumps(text)[1:-1]
    return Q(**{f"{column}__icontains": text}) | Q(**{f"{column}__icontains": written})
