"""The audit log of reviews: entries of Wagtail's log, which nothing changes or deletes.

They say who did what to which practice; addresses of people without an account are never in them.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from practices.models import PracticePage

PREFIX = "reviewing."
# (name, label, message)
EVENTS: tuple[tuple[str, str | Promise, str | Promise], ...] = (
    ("assign", _("Ask a reviewer"), _("A reviewer was asked")),
    ("release", _("Release a reviewer"), _("A reviewer was released")),
    ("conflict", _("Conflict of interest"), _("A reviewer declared a conflict of interest")),
    ("recommend", _("Recommend"), _("A reviewer recommends it")),
    ("changes", _("Ask for changes"), _("A reviewer asks for changes")),
    ("close", _("Close the review"), _("The review by peers was closed")),
    ("comment", _("Comment on a section"), _("Comments were made")),
    ("done", _("Settle a comment"), _("A comment was settled")),
    ("reopen", _("Reopen a comment"), _("A comment was reopened")),
    ("propose", _("Propose an office"), _("An office was proposed for clearance")),
    ("invite", _("Send a link"), _("A link was sent")),
    ("revoke", _("Take back a link"), _("A link was taken back")),
    ("refuse", _("Refuse a link"), _("A link was refused")),
    ("cleared", _("Clear"), _("The institution cleared it")),
    ("declined", _("Decline"), _("The institution declined it")),
    ("commented", _("Comment by link"), _("Comments came by a link")),
    ("sign_off", _("Sign off"), _("The secretariat signed it off")),
    ("withdraw", _("Withdraw"), _("It was taken out of the review")),
    ("remind", _("Remind a reviewer"), _("A reviewer was reminded")),
)


def record(page: PracticePage, event: str, user: Any = None, **data: Any) -> None:
    """Write what happened to a practice into the log."""
    actor = user if getattr(user, "is_authenticated", False) else None
    log(instance=page, action=f"{PREFIX}{event}", user=actor, data=data or None)
