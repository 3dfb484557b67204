"""What somebody hears of a mail that was not posted, or not as it was: one mail, their own words.

It goes to the address of the account and to no other, never to a machine, and not often: an answer
to a forged sender would reach somebody who wrote nothing.
"""

from collections.abc import Callable, Sequence
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities import access
from communities.inbound.addresses import Reading
from communities.inbound.mails import Mail
from communities.inbound.senders import names_of
from communities.inbound.trimming import trimmed
from communities.models.post import LONGEST
from core import mail as post_office

REASONS: dict[str, Promise | str] = {
    "closed": _(
        "The thread is closed: it can be read, but nobody writes in it any more. If there is "
        "more to say, open a new one in the community."
    ),
    "shut": _("The community is closed: it can be read, but nobody writes in it any more."),
    "gone": _(
        "You cannot write in this thread now: it is not there any more, or you are not in its "
        "community. If you should be, ask to join it."
    ),
    "readers": _(
        "Since the mail that you answered left, others can read this thread: it was moved, or "
        "opened to everybody. See who reads it now; if that is right, post your text there."
    ),
    "often": _("You have written very often in a short time. Send your answer again in an hour."),
    "empty": _(
        "There was no new text in your mail. Write above what your mail program quotes, and "
        "send it again."
    ),
    "long": _(
        "Your text is too long: at most %(most)d characters fit. Shorten it, or attach it as "
        "a file."
    ),
    "encrypted": _("Your mail is encrypted, so nobody here can read it. Send it as plain text."),
}
# More of a text comes back only as far as a mail carries it well.
_LONGEST_ANSWER = 200_000


def refuse(mail: Mail, reading: Reading, reason: str, refused_files: Sequence[str] = ()) -> None:
    """Tell somebody that their mail was not posted, why, and what to do; with their own text."""
    if not _may_answer(reading):
        return
    own = trimmed(mail.text.said, names_of(reading.user), mail.header("Subject"))
    context = {
        **_context(mail, reading),
        "reason": str(REASONS[reason]) % {"most": LONGEST},
        "files": list(refused_files),
        "text": (own or mail.text.said)[:_LONGEST_ANSWER],
    }
    _send("inbound-refused", mail, reading, context)


def tell_of_files(mail: Mail, reading: Reading, refused_files: Sequence[str]) -> None:
    """Tell somebody that their text was posted, and which files were not."""
    if refused_files and _may_answer(reading):
        context = {**_context(mail, reading), "files": list(refused_files)}
        _send("inbound-files", mail, reading, context)


def tell_of_hold(mail: Mail, reading: Reading) -> None:
    """Tell somebody that a facilitator reads their post first."""
    if _may_answer(reading):
        _send("inbound-held", mail, reading, _context(mail, reading))


def tell_of_stranger(mail: Mail, reading: Reading) -> None:
    """Tell somebody that another address used theirs; no word of what it sent."""
    request = HttpRequest()
    request.method = "POST"
    if ratelimit.consume(request, action="inbound_stranger", key=str(reading.user.pk)):
        post_office.send("inbound-stranger", reading.user, {}, headers=_of_a_machine())


def _may_answer(reading: Reading) -> bool:
    request = HttpRequest()
    request.method = "POST"
    key = str(reading.user.pk)
    return bool(ratelimit.consume(request, action="inbound_answer", key=key))


def _context(mail: Mail, reading: Reading) -> dict[str, Any]:
    """Return what each of these mails may say: a link only where its reader may go."""
    thread, user = reading.thread, reading.user
    may_read = thread is not None and access.threads_for(user).filter(pk=thread.pk).exists()
    address: Callable[[], str] | str = thread.get_absolute_url if thread and may_read else ""
    return {"subject": mail.header("Subject")[:150], "address": address}


def _send(name: str, mail: Mail, reading: Reading, context: dict[str, Any]) -> None:
    headers = {**_of_a_machine(), "In-Reply-To": mail.message_id, "References": mail.message_id}
    post_office.send(name, reading.user, context, headers=headers)


def _of_a_machine() -> dict[str, str]:
    """Return what keeps other machines from answering (RFC 3834)."""
    return {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
