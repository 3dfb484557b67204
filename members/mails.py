"""Mail to the secretariat, whoever that is today."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from core import mail
from members.models import Kind
from members.roles import people
from users.models import User


def to_secretariat(name: str, context: Mapping[str, Any]) -> None:
    """Write to everybody of the secretariat, or where readers reach it."""
    to: list[Any] = list(people(Kind.SECRETARIAT))
    if not to and settings.CONTACT_EMAIL:
        to = [settings.CONTACT_EMAIL]
    for each in to:
        mail.send(name, each, context, language=None if isinstance(each, User) else "en")
