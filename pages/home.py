"""What the home page shows beside its own text."""

from typing import Any

from django.http import HttpRequest


def home_context(request: HttpRequest) -> dict[str, Any]:
    """Return the newest practices, the ways in and the numbers of the knowledge base."""
    return {}
