"""What people type: kept as they mean it, without what no reader sees."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.models.post import LONGEST
from members.forms import area

# Control characters but tab and line end, halves of characters, spaces without width, and the
# two marks that turn letters round. What joins or parts letters of Arabic or of an emoji stays.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\u202d\u202e\ufff9-\ufffb\ud800-\udfff]"
)
HIGHEST = 2**31 - 1  # number of a post
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x85]")


def cleaned(text: str) -> str:
    """Return a text with plain line ends and without what nobody sees, white space around it."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)).strip()


class Text(forms.CharField):
    """A longer text: without what nobody sees, and never cut off by the browser."""

    def __init__(self, **kwargs: Any) -> None:
        rows = kwargs.pop("rows", 8)
        kwargs.setdefault("widget", area(rows))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Return the cleaned text."""
        return cleaned(str(value)) if value is not None else ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave the limit to the server: a browser would cut off what is pasted without a word."""
        return {k: v for k, v in super().widget_attrs(widget).items() if k != "maxlength"}


class Body(Text):
    """The text of a post, counted as it is stored."""

    default_error_messages = {"required": _("Write something first.")}

    def validate(self, value: str) -> None:
        """Refuse what is empty or too long."""
        super().validate(value)
        if len(value) > LONGEST:
            raise ValidationError(too_long(len(value)))


def too_long(length: int) -> str:
    """Return the sentence for a text of so many characters."""
    return ngettext(
        "Your text is %(over)d character too long: at most %(most)d fit. Shorten it, or attach "
        "it as a file.",
        "Your text is %(over)d characters too long: at most %(most)d fit. Shorten it, or attach "
        "it as a file.",
        length - LONGEST,
    ) % {"over": length - LONGEST, "most": LONGEST}


def number_in(value: str | None) -> int | None:
    """Return the number that an address or a form names, if it names one that a post can have."""
    if not value or not (value.isascii() and value.isdecimal()) or len(value) > 10:
        return None
    return int(value) if 0 < int(value) <= HIGHEST else None
