"""Mail: rendered wholly in its reader's language, sent by the worker once the change is stored."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, override
from django_tasks import task

log = logging.getLogger(__name__)
# After so many attempts, the last four hours after the first, a mail is given up.
MOST_ATTEMPTS = 8
# Answers of a mail server from here on are final (RFC 5321, 4.2.1).
PERMANENT = 500
_MUCH_SPACE = re.compile(r"\n(?:[ \t]*\n){2,}")
_BREAKS = re.compile(r"[\r\n\u2028\u2029\x00-\x1f]+")


@dataclass(frozen=True)
class Letter:
    """A mail as it leaves."""

    address: str
    subject: str
    text: str
    html: str
    headers: dict[str, str]


Maker = Callable[..., Letter | None]
_makers: dict[str, Maker] = {}


def send(
    name: str,
    to: Any,
    context: Mapping[str, Any],
    language: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Send `templates/mail/<name>` to a user or an address when the transaction is committed.

    `<name>.subject.txt` and `<name>.txt` are needed, `<name>.html` is added where it exists.
    They see `context`, `reader` (the user, or None), `site_name` and `site_url`. The language is
    the given one, else the user's, else that of the request. A user who cannot log in any more
    gets nothing.
    """
    made = letter(name, to, context, language, headers)
    if made is None:
        return

    def enqueue() -> None:
        deliver.enqueue(made.address, made.subject, made.text, made.html, made.headers)

    transaction.on_commit(enqueue)


def send_when_leaving(maker: str, about: Mapping[str, Any]) -> None:
    """Queue a mail, with this transaction, that is only made when it leaves.

    For what its reader may lose the right to see: rights are asked at each attempt, and no text
    waits in the queue. `about` is what the maker of this name is called with; it is stored as
    JSON. A mail for which the maker returns None is not sent.
    """
    make_and_deliver.enqueue(maker, dict(about))


def register_maker(name: str, maker: Maker) -> None:
    """Make a maker of letters known by its name."""
    _makers[name] = maker


def letter(
    name: str,
    to: Any,
    context: Mapping[str, Any],
    language: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Letter | None:
    """Return a mail as `send` would send it; None for whoever gets nothing."""
    reader = to if hasattr(to, "email") else None
    address = reader.email if reader is not None else str(to)
    if not address or (reader is not None and not reader.is_active):
        return None
    spoken = language or language_of(reader)
    told = {
        **context,
        "reader": reader,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "site_url": site_url(),
        "LANGUAGE_CODE": spoken,
    }
    with override(spoken):
        subject = one_line(render_to_string(f"mail/{name}.subject.txt", told))
        text = _MUCH_SPACE.sub("\n\n", render_to_string(f"mail/{name}.txt", told)).strip() + "\n"
        html = _html(name, told)
    given = {
        "Auto-Submitted": "auto-generated",
        "Message-ID": make_msgid(domain=host()),
        **(headers or {}),
    }
    safe = {key: one_line(value) for key, value in given.items()}
    return Letter(one_line(address), subject, text, html, safe)


def language_of(reader: Any) -> str:
    """Return the language in which somebody is written to."""
    return getattr(reader, "language", "") or get_language() or settings.LANGUAGE_CODE


def site_url() -> str:
    """Return the address of the site, without a slash at its end."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/")


def host() -> str:
    """Return the host name under which the site writes."""
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"


def one_line(text: str) -> str:
    """Return a text that fits into a header: no line breaks or control characters."""
    return _BREAKS.sub(" ", text).strip()


def _html(name: str, context: Mapping[str, Any]) -> str:
    try:
        return render_to_string(f"mail/{name}.html", dict(context))
    except TemplateDoesNotExist:
        return ""


@task()
def deliver(
    address: str, subject: str, text: str, html: str, headers: dict[str, str], attempt: int = 0
) -> None:
    """Hand one mail to the mail server; called by the worker.

    A server that is down or busy is asked again after 1, 2, 4 … minutes, for some four hours; a
    mail keeps its Message-ID, so that one sent twice is seen to be the same. One that a server
    refuses for good, and one that nobody took in that time, ends as a failed task.
    """
    made = Letter(address, subject, text, html, headers)
    if later := _handed_over(made, attempt):
        deliver.using(run_after=later).enqueue(address, subject, text, html, headers, attempt + 1)


@task()
def make_and_deliver(maker: str, about: dict[str, Any], attempt: int = 0) -> None:
    """Make one mail and hand it over as `deliver` does; made anew for each attempt."""
    made = _makers[maker](**about)
    if made and (later := _handed_over(made, attempt)):
        make_and_deliver.using(run_after=later).enqueue(maker, about, attempt + 1)


def _handed_over(made: Letter, attempt: int) -> datetime | None:
    """Hand a mail to the mail server; return when to try again where it did not take it."""
    message = EmailMultiAlternatives(
        made.subject, made.text, to=[made.address], headers=made.headers
    )
    if made.html:
        message.attach_alternative(made.html, "text/html")
    try:
        message.send()
    except (OSError, SMTPException) as error:
        if attempt >= MOST_ATTEMPTS or _is_final(error):
            raise
        later = timezone.now() + timedelta(minutes=2**attempt)
        log.warning("The mail server did not take a mail; it is asked again at %s.", later)
        return later
    return None


def _is_final(error: Exception) -> bool:
    """Return whether the server said that it will never take this mail."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _text in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code >= PERMANENT
