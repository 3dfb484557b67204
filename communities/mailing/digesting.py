"""The daily run: whose digest is due, and what it is made of when it leaves."""

import datetime
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from communities import access
from communities.alerts import news
from communities.alerts.news import Found
from communities.mailing import digest, headers, stopping, words
from communities.mailing.notices import AT_ONCE
from communities.mailing.subject import subject_of
from communities.models import Follow, MailChoice, Notice
from core import mail
from core.mail import Letter
from search.caches import PreparingError
from search.models import SavedSearch
from users.models import User

log = logging.getLogger(__name__)
DIGEST = "community-digest"
WEEK = datetime.timedelta(days=7)
# What is told at once is left alone so long; then a limit has held it back.
PATIENCE = datetime.timedelta(hours=1)


@dataclass
class Done:
    """What one run has done."""

    due: int = 0
    queued: int = 0


def run(now: datetime.datetime | None = None) -> Done:
    """Queue the digest of everybody for whom it is due; a second run on the same day does nothing.

    What a digest tells of, that it was told, and the mail to come are one commit for each person.
    """
    now, done = now or timezone.now(), Done()
    for user in _concerned():
        if is_due(stopping.choice_of(user.pk), now):
            done.due += 1
            done.queued += _serve(user, now)
    return done


def is_due(choice: MailChoice, now: datetime.datetime) -> bool:
    """Return whether somebody's digest is due: each day; or on Monday, or after seven days.

    Days are those of UTC, like the terms of roles.
    """
    last = choice.last_digest_at
    if last is not None and last.date() >= now.date():
        return False
    if choice.rhythm != MailChoice.Rhythm.WEEKLY:
        return True
    late = last is not None and now.date() - last.date() >= WEEK
    return now.date().isoweekday() == 1 or late


def _concerned() -> Iterator[User]:
    """Yield everybody of whom anything waits to be told or looked at."""
    waiting = Notice.objects.filter(settled_at=None).values("user_id")
    following = Follow.objects.values("user_id")
    saving = SavedSearch.objects.values("user_id")
    anything = Q(pk__in=waiting) | Q(pk__in=following) | Q(pk__in=saving)
    yield from User.objects.filter(anything).order_by("pk")


def _serve(user: User, now: datetime.datetime) -> bool:
    """Settle what waits for one person and queue their digest, if there is anything to tell."""
    try:
        # Searched before anything is locked: others write meanwhile.
        found = news.gather(user) if access.may_be_told(user) else []
    except PreparingError:
        log.warning("The search index is being prepared; searches are told tomorrow.")
        found = []
    with transaction.atomic():
        choice = stopping.locked_choice_of(user.pk)
        if not is_due(choice, now):
            return False  # another run was faster
        notices = _settle(user, now)
        news.mark(found)
        choice.last_digest_at = now
        choice.save(update_fields=["last_digest_at"])
        wanted = choice.rhythm != MailChoice.Rhythm.NEVER
        if not (wanted and user.is_active and digest.of(user, notices, found)):
            return False
        told = [each.told() for each in found if each.keys]
        about = {"user": user.pk, "day": f"{now.date()}", "notices": notices, "found": told}
        mail.send_when_leaving(DIGEST, about)
    return True


def _settle(user: User, now: datetime.datetime) -> list[int]:
    """Mark what waits as told and return it; what is just being told at once is left alone."""
    waiting = Notice.objects.filter(user=user, settled_at=None)
    waiting = waiting.exclude(reason__in=AT_ONCE, created_at__gt=now - PATIENCE)
    notices = list(waiting.select_for_update().values_list("pk", flat=True))
    Notice.objects.filter(pk__in=notices).update(settled_at=now)
    return notices


def make(
    user: int, day: str, notices: Sequence[int], found: Sequence[Sequence[object]]
) -> Letter | None:
    """Return the digest of a day as its reader may see it now; None where nothing is left of it."""
    reader = User.objects.filter(pk=user).first()
    if reader is None or not access.may_be_told(reader):
        return None
    choice = stopping.choice_of(user)
    if choice.rhythm == MailChoice.Rhythm.NEVER:
        return None
    with override(mail.language_of(reader)):
        told = digest.of(reader, notices, [Found.read(each) for each in found])
        if not told:
            return None
        for each in told.communities:
            each.mute = stopping.address(choice, stopping.COMMUNITY, each.community.pk)
        context = {
            "digest": told,
            "subject": subject_of(told),
            "day": datetime.date.fromisoformat(day),
            "weekly": choice.rhythm == MailChoice.Rhythm.WEEKLY,
            "stop": stopping.address(choice, stopping.DIGEST),
            "choices": words.choices_address(),
        }
        return mail.letter(DIGEST, reader, context, headers=headers.of_digest(choice, day))


mail.register_maker(DIGEST, make)
