"""Everything the site knows about a person, as one document."""

import json
from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from users.models import User
from users.personal import declared

ACCOUNT = ("email", "first_name", "last_name", "language", "date_joined", "last_login")


class _Encoder(DjangoJSONEncoder):
    """Writes what Django's cannot as text: files, lazy translations, sets."""

    def default(self, o: Any) -> Any:
        """Return something that JSON has."""
        try:
            return super().default(o)
        except TypeError:
            return sorted(o) if isinstance(o, (set, frozenset)) else str(o)


def export(user: User) -> dict[str, Any]:
    """Return {"exported_at", "account", "data": {model: [row, ...]}}; models without rows are out.

    It holds what is about this person or was written by them, and of other people no more than
    what they wrote to this person.
    """
    data = {each.model: list(each.export(user)) for each in declared()}
    return {
        "exported_at": timezone.now(),
        "account": {name: getattr(user, name) for name in ACCOUNT},
        "data": {model: rows for model, rows in data.items() if rows},
    }


def as_json(exported: dict[str, Any]) -> str:
    """Return an export as text that people can read, too."""
    return json.dumps(exported, cls=_Encoder, ensure_ascii=False, indent=2)


def file_name(day: date | datetime) -> str:
    """Return the name of the file; it says nothing of whose it is."""
    return f"practice-exchange-my-data-{day:%Y-%m-%d}.json"
