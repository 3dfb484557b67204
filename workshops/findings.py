"""Findings that come from elsewhere: put into the draft of a workshop, never published here."""

from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from workshops.models import WorkshopPage

MOST = 200


def changeable(user: Any) -> Any:
    """Return the workshops that somebody may change in the editor, the newest first."""
    allowed = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    pages = WorkshopPage.objects.filter(pk__in=allowed.values("pk"), alias_of=None)
    return pages.order_by("-starts", "-pk")


def choices(user: Any) -> list[tuple[str, str]]:
    """Return (id, title) of the workshops that somebody may change."""
    return [(str(pk), title) for pk, title in changeable(user).values_list("pk", "title")[:MOST]]


def may_add(user: Any) -> bool:
    """Return whether there is a workshop that somebody may change."""
    return bool(getattr(user, "is_authenticated", False)) and changeable(user).exists()


def add(findings: list[tuple[str, str]], key: str, target: str, user: Any) -> Page:
    """Add (finding, where it comes from) to the newest draft; the same key adds them once."""
    with transaction.atomic():
        stored = WorkshopPage.objects.select_for_update().get(pk=changeable(user).get(pk=target).pk)
        page: WorkshopPage = stored.get_latest_revision_as_object()
        blocks = list(page.findings.raw_data)
        if not any(str(block.get("id", "")).startswith(key) for block in blocks):
            blocks += [
                {
                    "type": "finding",
                    "value": {"text": text, "source_place": place},
                    "id": f"{key}-{number}",
                }
                for number, (text, place) in enumerate(findings)
            ]
            page.findings = page._meta.get_field("findings").stream_block.to_python(blocks)
            page.save_revision(user=user, log_action=True)
    return stored
