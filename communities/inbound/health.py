"""Whether answers by mail come in: for `manage.py doctor`."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from communities.inbound.place import MailboxError, mailbox_at
from communities.models import Inbound

_DAYS = 7


def answers() -> tuple[bool, str]:
    """Return whether answers can come in as the settings say, and what came of late."""
    if not settings.INBOUND_DOMAIN:
        return True, "none: INBOUND_DOMAIN is not set"
    try:
        mailbox = mailbox_at(settings.MAILBOX_URL)
    except MailboxError as error:
        return False, str(error)
    ways = [f"by the hook of {settings.INBOUND_PROVIDER}"] if settings.INBOUND_PROVIDER else []
    if mailbox:
        ways.append(f"by the mailbox {mailbox.folder} on {mailbox.host}")
    way = ", ".join(ways) or "read by another process"
    return True, f"to *@{settings.INBOUND_DOMAIN}, {way}; {_lately()}"


def _lately() -> str:
    last = Inbound.objects.first()
    if last is None:
        return "no mail yet"
    since = timezone.now() - timedelta(days=_DAYS)
    found = Inbound.objects.filter(received_at__gt=since).order_by()
    counts = found.values_list("outcome").annotate(number=Count("pk")).order_by("outcome")
    told = ", ".join(f"{number} {outcome}" for outcome, number in counts) or "none"
    return f"last mail {last.received_at:%Y-%m-%d %H:%M} UTC, in {_DAYS} days: {told}"
