"""Tells every process whether the vocabulary has changed since it was last read.

The stamp is a row of the database, written in the transaction of the change. It is read once in
a request and at every call outside of one (a command, a worker), which costs one query by
primary key; so nothing that is kept in memory is ever older than the request that shows it.
Where the sites are has a row of its own, read by the same query (`core.places`).
"""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Generic, TypeVar

from django.core.signals import request_finished, request_started
from django.db.models.signals import post_delete, post_save

from vocabulary.kinds import KINDS
from vocabulary.models import ActionPointVersion, ConceptLabel, VocabularyStamp

Value = TypeVar("Value")
ROW, PLACES = 1, 2


class _Request(threading.local):
    """What this thread knows of the stamp during the request it answers."""

    running = False
    stamps: dict[int, uuid.UUID] | None = None
    touches_put_off: set[int] | None = None


_request = _Request()


def current(row: int = ROW) -> uuid.UUID | None:
    """Return the value that stands for the vocabulary as it is now; None when nothing is in it.

    With `PLACES`: for where the sites are.
    """
    stamps = _request.stamps if _request.running else None
    if stamps is None:
        rows = VocabularyStamp.objects.filter(pk__in=(ROW, PLACES))
        stamps = _request.stamps = dict(rows.values_list("pk", "value"))
    return stamps.get(row)


def touch(row: int = ROW, **_signal: Any) -> None:
    """Say that a term has changed; whoever writes past the signals (bulk) must call it."""
    _request.stamps = None
    if _request.touches_put_off is not None:
        _request.touches_put_off.add(row)
        return
    value = uuid.uuid4()
    if not VocabularyStamp.objects.filter(pk=row).update(value=value):
        VocabularyStamp.objects.update_or_create(pk=row, defaults={"value": value})


@contextmanager
def one_touch() -> Iterator[None]:
    """Make all changes inside it one: thousands of rows need not write the stamp each."""
    _request.touches_put_off = set()
    try:
        yield
    finally:
        changed, _request.touches_put_off = _request.touches_put_off, None
    for row in changed or ():
        touch(row)


def connect() -> None:
    """Follow every saved and deleted term; called once when the app is ready."""
    for model in (*KINDS.values(), ActionPointVersion, ConceptLabel):
        post_save.connect(touch, sender=model, dispatch_uid=f"stamp-save-{model.__name__}")
        post_delete.connect(touch, sender=model, dispatch_uid=f"stamp-delete-{model.__name__}")
    request_started.connect(begin_request, dispatch_uid="stamp-request-started")
    request_finished.connect(end_request, dispatch_uid="stamp-request-finished")


def begin_request(**_signal: Any) -> None:
    """Read the stamp anew, once, from here on."""
    _request.running, _request.stamps = True, None


def end_request(**_signal: Any) -> None:
    """Read the stamp at every call from here on."""
    _request.running, _request.stamps = False, None


@contextmanager
def steady() -> Iterator[None]:
    """Read the stamp once from here to the end, as a request does."""
    if _request.running:
        yield
        return
    begin_request()
    try:
        yield
    finally:
        end_request()


class _Kept(Generic[Value]):
    """Results of one function by its arguments, dropped together when the stamp changes."""

    def __init__(self) -> None:
        self.stamp: uuid.UUID | None = None
        self.values: dict[tuple[Any, ...], Value] = {}


def until_changed(function: Callable[..., Value]) -> Callable[..., Value]:
    """Keep what the function returns for its arguments until a term changes.

    Results are shared by all callers: they must not be changed.
    """
    return _kept_by(ROW, function)


def until_places_change(function: Callable[..., Value]) -> Callable[..., Value]:
    """Keep what the function returns for its arguments until a site changes (`core.places`)."""
    return _kept_by(PLACES, function)


def _kept_by(row: int, function: Callable[..., Value]) -> Callable[..., Value]:
    kept: _Kept[Value] = _Kept()

    @wraps(function)
    def remembered(*arguments: Any) -> Value:
        nonlocal kept
        now = current(row)
        mine = kept
        if now is None or mine.stamp != now:
            # A new object instead of clearing: other threads may still read the old one.
            mine = _Kept()
            mine.stamp = now
            kept = mine
        if arguments not in mine.values:
            mine.values[arguments] = function(*arguments)
        return mine.values[arguments]

    return remembered
