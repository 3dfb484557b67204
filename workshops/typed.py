"""Fields for what people type: counted as it is stored, and never cut off by a browser."""

import re
from typing import Any

from django import forms

from members.forms import OneLine, area

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x85]")
# Control characters but tab and line end, spaces without width, marks that turn letters round.
_UNSEEN = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\u202d\u202e]")


class _Uncut:
    """Leaves the limit to the server: a browser would cut off what is pasted without a word."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Return the attributes but the length."""
        told: dict[str, Any] = super().widget_attrs(widget)  # type: ignore[misc]
        return {**{k: v for k, v in told.items() if k != "maxlength"}, "dir": "auto"}


class Text(_Uncut, forms.CharField):
    """A longer text, with plain line ends and without what nobody sees."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", area(kwargs.pop("rows", 5)))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Return the cleaned text."""
        return _UNSEEN.sub("", _LINE_ENDS.sub("\n", str(value or ""))).strip()


class Line(_Uncut, OneLine):
    """One line of text."""


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that are not empty, each once, in their order."""
    return list(dict.fromkeys(line for each in text.splitlines() if (line := each.strip())))
