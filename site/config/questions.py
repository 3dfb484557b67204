"""Where a country's team may ask about a gap for which nothing is known: in its communities."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from communities import access
from countries.gaps.asking import register_asker

MOST = 3


def _communities(user: Any, question: str) -> list[tuple[str, str]]:
    """Return the communities in which this person may ask, with the form filled in."""
    asked = urlencode({"kind": "question", "title": question})
    memberships = list(access.memberships_of(user).values())[:MOST]
    return [
        (each.community.name, f"{reverse('thread-new', args=[each.community.slug])}?{asked}")
        for each in memberships
    ]


def connect() -> None:
    """Offer the communities of whoever looks."""
    register_asker(_communities)
