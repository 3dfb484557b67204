"""What is asked several times while a page is shown: answered once, and forgotten with it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db.models import Model

from core.addresses import request_at_hand

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
READING = ("GET", "HEAD")


def once_a_reading(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Let a function answer once for the same people and pages in a request that only reads.

    Such a request changes nothing, so that its first answer is as good as any later one. Whatever
    sends something, and whatever works without a request, asks each time.
    """

    @wraps(function)
    def remembered(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        request = request_at_hand()
        rows = [each for each in (*args, *kwargs.values()) if isinstance(each, Model)]
        if (
            request is None
            or request.method not in READING
            or any(each.pk is None for each in rows)
        ):
            return function(*args, **kwargs)
        kept: dict[Any, Answer] = request.__dict__.setdefault("_answered", {})
        key = (
            function,
            *map(_name, args),
            *((name, _name(kwargs[name])) for name in sorted(kwargs)),
        )
        if key not in kept:
            kept[key] = function(*args, **kwargs)
        return kept[key]

    return remembered


def _name(asked: Any) -> Any:
    """Return what is the same for the same row, in whatever object."""
    return (asked._meta.concrete_model, asked.pk) if isinstance(asked, Model) else asked
