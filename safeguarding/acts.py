"""What people do about findings: sign off, answer, ask; each act is a row that stays."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.mail import send
from members.roles import Kind, people
from safeguarding.gate import Finding, check
from safeguarding.models import Answer, Request, SignOff


def sign_off(page: Any, findings: Iterable[Finding], user: Any, reason: str) -> int:
    """Record that these findings may be published as they are; return how many are new."""
    with transaction.atomic():
        for each in (signed := list(findings)):
            SignOff.objects.create(**_act(page, each, user), reason=reason)
        if not check(page).open:
            _close(page, user)
    return len(signed)


def answer(page: Any, finding: Finding, user: Any, **said: Any) -> None:
    """Record what is so with a picture or a quotation."""
    with transaction.atomic():
        Answer.objects.create(**_act(page, finding, user), **said)
        if not check(page).open:
            _close(page, user)


def _act(page: Any, finding: Finding, user: Any) -> dict[str, Any]:
    return {
        "page_id": page.pk,
        "page_title": page.title,
        "kind": finding.kind,
        "fingerprint": finding.fingerprint,
        "place": str(finding.label)[:255],
        "by": user,
    }


def ask(page: Any, user: Any, note: str) -> bool:
    """Ask the secretariat to look; False when somebody has asked already."""
    try:
        with transaction.atomic():
            Request.objects.create(page_id=page.pk, by=user, note=note)
    except IntegrityError:
        return False
    context = {"page": page, "note": note, "pk": page.pk}
    for each in people(Kind.SECRETARIAT):
        send("safeguarding-asked", each, context)
    return True


def _close(page: Any, user: Any) -> None:
    """Close what was asked about this page, and tell who asked."""
    for each in Request.objects.filter(page_id=page.pk, closed=None).select_related("by"):
        each.closed = timezone.now()
        each.save(update_fields=["closed"])
        if each.by and each.by != user:
            send("safeguarding-cleared", each.by, {"page": page, "pk": page.pk})


def tell_postponed(page: Any, reasons: Iterable[Any], **kwargs: Any) -> None:
    """Tell the author that the day has come and the page could not be published."""
    if page.owner:
        context = {"page": page, "pk": page.pk, "reasons": [str(reason) for reason in reasons]}
        send("safeguarding-postponed", page.owner, context)
