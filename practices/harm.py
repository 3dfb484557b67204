"""Tells the do-no-harm gate who writes and reads practices, and where they are changed."""

from typing import Any

from django.urls import reverse

from practices.access import is_editor, may_edit, may_see_draft
from practices.models import PracticePage
from safeguarding import access


def tell_the_gate() -> None:
    """Called once, when the site starts."""
    access.register(_writes, _reads, _address)


def _writes(user: Any, page: Any) -> bool:
    return isinstance(page, PracticePage) and is_editor(user, page)


def _reads(user: Any, page: Any) -> bool:
    return isinstance(page, PracticePage) and may_see_draft(user, page)


def _address(user: Any, page: Any) -> str:
    if isinstance(page, PracticePage) and may_edit(user, page):
        return reverse("contribute-edit", args=[page.pk])
    return ""
