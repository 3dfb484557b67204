"""Taking one mail in: whose it is, whether they may, what of it is new, and what becomes of it.

Whatever way it came, and however often: the same mail is posted once. Its text is kept nowhere but
in the post; what cannot be posted goes back to whoever wrote it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import override

from communities import access, posting
from communities.inbound import addresses, answering
from communities.inbound.addresses import Reading
from communities.inbound.automatic import why_automatic
from communities.inbound.files import Files, files_of
from communities.inbound.mails import Mail, read_mail
from communities.inbound.senders import failed_its_domain, is_from, names_of
from communities.inbound.trimming import trimmed
from communities.inbound.writing import as_post
from communities.models import Inbound, Post, Thread
from communities.models.post import LONGEST
from communities.posting import MayNotPostError, Said
from communities.threads import limits
from core.mail import language_of

Outcome = Inbound.Outcome
# Where the address that a mail was sent to stands, whatever server has passed it on.
_RECIPIENTS = (
    *("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"),
    *("X-Delivered-To", "X-Forwarded-To", "Resent-To", "Apparently-To"),
)


# For so long the same mail is known again; a note holds no text. Old ones go now and then.
_REMEMBERED = timedelta(days=365)
_NOW_AND_THEN = 200


class RefusedError(Exception):
    """A mail that is not posted; the reason is one of `answering.REASONS`."""


@dataclass(frozen=True)
class _Ready:
    """A mail that may be posted, with what was made of it."""

    mail: Mail
    reading: Reading
    thread: Thread
    text: str
    files: Files
    hold: bool


def receive(raw: bytes, recipients: Iterable[str] = (), doubtful: bool = False) -> Inbound:
    """Take a mail in and return what became of it; the same one again changes nothing.

    `recipients`: whom the envelope named, where that is known. `doubtful`: whoever passed it on
    takes it for spam; a facilitator reads it first. Only a failing database raises an error.
    """
    mail = read_mail(raw)
    if known := Inbound.objects.filter(message_id=mail.message_id).first():
        return known
    row = _received(mail, recipients, doubtful)
    if row.pk % _NOW_AND_THEN == 0:
        Inbound.objects.filter(received_at__lt=timezone.now() - _REMEMBERED).delete()
    return row


def _received(mail: Mail, recipients: Iterable[str], doubtful: bool) -> Inbound:
    if reason := why_automatic(mail):
        return _note(mail, Outcome.DROPPED, reason)
    reading = _addressed(mail, recipients)
    if reading is None:
        return _note(mail, Outcome.DROPPED, "address")
    if not reading.user.is_active:
        return _note(mail, Outcome.DROPPED, "account")
    if not is_from(mail, reading.user):
        return _note(mail, Outcome.DROPPED, "sender", reading)
    mail.open()
    if mail.answers_invitation and not mail.text.said.strip():
        return _note(mail, Outcome.DROPPED, "invitation")
    with override(language_of(reading.user)):
        ready = None
        try:
            thread = _may_post_in(reading)
            ready = _made_ready(mail, reading, thread, doubtful or failed_its_domain(mail))
            return _post(ready)
        except RefusedError as refused:
            files = ready.files.refused if ready else []
            return _note(mail, Outcome.REFUSED, str(refused), reading, files)


def _addressed(mail: Mail, recipients: Iterable[str]) -> Reading | None:
    """Return what the first true address says that a mail was sent to."""
    for value in [*recipients, *mail.values(*_RECIPIENTS)]:
        for address in addresses.found_in(value):
            if reading := addresses.read(address):
                return reading
    return None


def _may_post_in(reading: Reading) -> Thread:
    """Return the thread that somebody may post in now; `RefusedError` where there is none.

    Asked before anything costly is done, and once more when the post is stored.
    """
    user, thread = reading.user, reading.thread
    if thread is None or not access.threads_for(user).filter(pk=thread.pk).exists():
        raise RefusedError("gone")
    if not access.is_in(user, thread.community):
        raise RefusedError("gone")
    if addresses.readers_changed(reading):
        raise RefusedError("readers")
    if not access.may_reply(user, thread):
        raise RefusedError("shut" if thread.community.closed_at else "closed")
    request = HttpRequest()
    request.method, request.user = "POST", user
    if not limits.may_post(request):
        raise RefusedError("often")
    return thread


def _made_ready(mail: Mail, reading: Reading, thread: Thread, hold: bool) -> _Ready:
    """Return a mail with its new text and its files; `RefusedError` where it has no place."""
    user = reading.user
    if mail.encrypted and not mail.text.said.strip():
        raise RefusedError("encrypted")
    new = trimmed(mail.text.said, names_of(user), mail.header("Subject"))
    text = as_post(new, mail.text.wrapped)
    if len(text) > LONGEST:
        raise RefusedError("long")
    files = files_of(mail, user, thread.community.is_public)
    return _Ready(mail, reading, thread, text, files, hold)


def _post(ready: _Ready) -> Inbound:
    """Store what a mail says, with the note that it came: both or neither."""
    mail, reading, files = ready.mail, ready.reading, ready.files
    text = ready.text or (files.names if files.taken else "")
    if not text:
        raise RefusedError("empty")
    said = Said(
        text=text,
        token=f"mail {mail.message_id}",
        quoted=_quoted(reading),
        came_by=Post.Way.MAIL,
        attachments=files.taken,
        hold=ready.hold,
    )
    try:
        with transaction.atomic():
            row = Inbound.objects.create(message_id=mail.message_id, outcome=Outcome.POSTED)
            post = posting.reply(ready.thread, said, reading.user)
            row.post, row.outcome = post, Outcome.HELD if post.held else Outcome.POSTED
            row.save(update_fields=["post", "outcome"])
            if post.held:
                answering.tell_of_hold(mail, reading)
            answering.tell_of_files(mail, reading, files.refused)
            return row
    except MayNotPostError:
        raise RefusedError("gone") from None
    except IntegrityError:
        # Another process was faster with the same mail.
        return Inbound.objects.get(message_id=mail.message_id)


def _quoted(reading: Reading) -> Post | None:
    """Return the post that a mail answers, while its writer may read it."""
    if reading.post is None:
        return None
    return access.posts_for(reading.user).filter(pk=reading.post.pk).first()


def _note(
    mail: Mail,
    outcome: str,
    reason: str,
    reading: Reading | None = None,
    files: list[str] | None = None,
) -> Inbound:
    """Store that a mail came and was not posted; tell whoever wrote it, where that is known."""
    try:
        with transaction.atomic():
            row = Inbound.objects.create(message_id=mail.message_id, outcome=outcome, reason=reason)
            if reading is not None and outcome == Outcome.REFUSED:
                answering.refuse(mail, reading, reason, files or [])
            elif reading is not None:
                answering.tell_of_stranger(mail, reading)
            return row
    except IntegrityError:
        return Inbound.objects.get(message_id=mail.message_id)
