"""The way out of mail: signed links that stop one stream of it, without logging in.

A link is signed with the key of its owner's choice: a new key makes those sent before worthless.
It names nobody and nothing but numbers, and the page behind it no thread and no community: mails
are forwarded.
"""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from communities.models import Follow, MailChoice, Membership, Quiet, Thread
from core.mail import site_url

DIGEST, THREAD, COMMUNITY = "digest", "thread", "community"
STREAMS = (DIGEST, THREAD, COMMUNITY)


@dataclass(frozen=True)
class Stop:
    """What a link stops, and for whom."""

    choice: MailChoice
    stream: str
    number: int  # of the thread or community; 0 for the digest


def choice_of(user_id: int) -> MailChoice:
    """Return how somebody wants their mail; what is usual where they have not said it."""
    return MailChoice.objects.get_or_create(user_id=user_id)[0]


def locked_choice_of(user_id: int) -> MailChoice:
    """Return the same, and let nobody else decide on this person's mail until the commit."""
    choice_of(user_id)
    return MailChoice.objects.select_for_update().get(user_id=user_id)


def address(choice: MailChoice, stream: str, number: int = 0) -> str:
    """Return the whole address that stops a stream, in the language that is active."""
    token = _signer(choice).sign(f"{choice.user_id}-{stream}-{number}")
    return site_url() + reverse("community-mail-stop", args=[token])


def find(token: str) -> Stop | None:
    """Return what a link stops; None for one that nobody was sent, or from before the last key."""
    owner, _dash, rest = token.partition("-")
    stream, _dash, signed = rest.partition("-")
    number = signed.partition(_SEPARATOR)[0]
    if not (_is_number(owner) and _is_number(number) and stream in STREAMS):
        return None
    choice = MailChoice.objects.filter(user_id=int(owner)).select_related("user").first()
    if choice is None:
        return None
    try:
        _signer(choice).unsign(token)
    except BadSignature:
        return None
    return Stop(choice, stream, int(number))


def stop(found: Stop) -> None:
    """Stop a stream; a second time nothing changes. Mail about the account is no stream."""
    with transaction.atomic():
        user = found.choice.user_id
        if found.stream == DIGEST:
            MailChoice.objects.filter(pk=found.choice.pk).update(rhythm=MailChoice.Rhythm.NEVER)
        elif found.stream == COMMUNITY:
            mine = Membership.objects.current().filter(user=user, community=found.number)
            mine.update(muted=True)
        elif thread := Thread.objects.filter(pk=found.number).first():
            Quiet.objects.get_or_create(user_id=user, thread=thread)
            Follow.objects.filter(
                user=user, kind=Follow.Kind.THREAD, code=str(found.number)
            ).delete()


_SEPARATOR = "."
_LONGEST = 18  # digits of a number that every database takes


def _signer(choice: MailChoice) -> Signer:
    return Signer(sep=_SEPARATOR, salt=f"communities.mail.stop:{choice.key}")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST
