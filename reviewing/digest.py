"""What a practice says, as one short value: equal as long as nobody has changed a word of it."""

import hashlib
import json
import re
from typing import Any

from wagtail.fields import StreamField

from practices.models import PracticePage
from practices.sections import SECTIONS

STREAMS = frozenset(
    field.name for field in PracticePage._meta.get_fields() if isinstance(field, StreamField)
)
# In whose name it is said is part of the clearance itself (`Clearance.voice`).
_TOLD = {name for section in SECTIONS for name in section.fields} - {"voice"}
FIELDS = tuple(sorted({*_TOLD, *STREAMS, "seo_title", "search_description"}))
# Where something is stored says nothing of what it says.
PLACES = frozenset({"id", "pk", "page", "sort_order", "locale", "translation_key", "uuid"})
# What Wagtail's editor adds to a text that nobody has touched.
_KEYS = re.compile(r' data-block-key="[^"]*"')
_EMPTY = re.compile(r"<p>\s*</p>")


def text_digest(page: PracticePage) -> str:
    """Return the SHA-256 of all that a practice says, the same for a draft and what is stored."""
    stored = page.serializable_data()
    told = {
        name: _words(json.loads(stored[name] or "[]") if name in STREAMS else stored.get(name))
        for name in FIELDS
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _words(value: Any) -> Any:
    """Return a value without the ids of its parts."""
    if isinstance(value, str):
        return _EMPTY.sub("", _KEYS.sub("", value))
    if isinstance(value, dict):
        return {name: _words(each) for name, each in value.items() if name not in PLACES}
    if isinstance(value, list):
        return [_words(each) for each in value]
    return value
