"""The yearly question "is this still true?": whom it goes to, when, and what the answers do."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone

from adoption.access import authors_of, open_practices, speaks_for
from adoption.confirming import confirm
from adoption.models import TruthAnswer, TruthQuestion
from core import links, mail
from core.models import Link
from core.visibility import live_public
from practices.models import PracticePage
from users.models import User

PURPOSE = "still-true"
YEAR = datetime.timedelta(days=365)
REMIND_AFTER = datetime.timedelta(days=30)
LINK_DAYS = 60
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class AnsweredAlreadyError(Exception):
    """Somebody else has answered, or the practice is not asked about any more."""


@dataclass
class Done:
    """What one run has done."""

    asked: int = 0
    reminded: int = 0
    closed: int = 0


def run(now: datetime.datetime | None = None) -> Done:
    """Ask, remind and close whatever is due; a second run on the same day does nothing."""
    now = now or timezone.now()
    done = Done(closed=_close_unpublished(now))
    for question in TruthQuestion.objects.filter(
        closed_at=None, reminded_at=None, asked_at__lte=now - REMIND_AFTER
    ).select_related("practice__locale"):
        done.reminded += _remind(question, now)
    for practice in due(now):
        done.asked += _ask(practice, now)
    return done


def due(now: datetime.datetime) -> "QuerySet[PracticePage]":
    """Return the practices to ask about: public, a year old or unconfirmed for a year.

    One for each work, the first of its languages; none that was asked about within a year.
    """
    day = (now - YEAR).date()
    public = live_public(PracticePage.objects.filter(alias_of=None))
    firsts = public.values("translation_key").annotate(first=Min("pk")).values("first")
    asked = TruthQuestion.objects.filter(Q(closed_at=None) | Q(asked_at__gt=now - YEAR))
    found: QuerySet[PracticePage] = (
        public.filter(pk__in=firsts)
        .filter(
            Q(last_confirmed__lte=day) | Q(last_confirmed=None, first_published_at__lte=now - YEAR)
        )
        .exclude(translation_key__in=asked.values("practice__translation_key"))
        .select_related("locale")
        .order_by("pk")
    )
    return found


def _ask(practice: PracticePage, now: datetime.datetime) -> bool:
    try:
        with transaction.atomic():
            question = TruthQuestion.objects.create(practice=practice, asked_at=now)
            _write(question, reminder=False)
    except IntegrityError:
        return False  # another run was faster
    return True


def _remind(question: TruthQuestion, now: datetime.datetime) -> bool:
    with transaction.atomic():
        waiting = TruthQuestion.objects.filter(pk=question.pk, closed_at=None, reminded_at=None)
        if not waiting.update(reminded_at=now):
            return False
        _write(question, reminder=True)
    return True


def _close_unpublished(now: datetime.datetime) -> int:
    public = live_public(PracticePage.objects.all())
    gone = TruthQuestion.objects.filter(closed_at=None).exclude(practice__in=public.values("pk"))
    return gone.update(closed_at=now)


def _write(question: TruthQuestion, reminder: bool) -> None:
    practice, reached = question.practice, 0
    for reader in _to_ask(practice):
        person = reader if isinstance(reader, User) else None
        address = "" if person else str(reader)
        data = {"user": person.pk} if person else {}
        token = links.issue(PURPOSE, question, LINK_DAYS, for_address=address, data=data)
        context = {"practice": practice, "token": token, "reminder": reminder, "days": LINK_DAYS}
        mail.send("still-true", reader, context, None if person else practice.locale.language_code)
        reached += 1
    TruthQuestion.objects.filter(pk=question.pk).update(reached=reached)


def _to_ask(practice: PracticePage) -> Iterator[User | str]:
    """Yield who speaks for a practice, and the addresses among whom it says to ask."""
    people = [user for user in authors_of(practice) if user.is_active]
    yield from people
    known = {user.email.lower() for user in people}
    for address in addresses_in(practice.contact):
        if address not in known:
            yield address


def addresses_in(contact: str) -> list[str]:
    """Return the e-mail addresses in a text, in lower case, each once and in order."""
    return list(dict.fromkeys(found.lower() for found in ADDRESS.findall(contact)))


def find(token: str) -> tuple[Link, TruthQuestion]:
    """Return a link and its question; `links.LinkError` or `AnsweredAlreadyError` otherwise.

    Whoever does not speak for the practice any more, or is not named as its contact, holds a link
    that is not known here.
    """
    link = links.find(PURPOSE, token)
    question = link.subject
    if not isinstance(question, TruthQuestion) or question.closed_at is not None:
        raise AnsweredAlreadyError
    if not _still_asked(link, question.practice):
        return links.find(PURPOSE, ""), question
    return link, question


def _still_asked(link: Link, practice: PracticePage) -> bool:
    if link.for_address:
        return link.for_address in addresses_in(practice.contact)
    user = User.objects.filter(pk=link.data.get("user"), is_active=True).first()
    return (
        user is not None
        and speaks_for(user, practice)
        and open_practices(user).filter(pk=practice.pk).exists()
    )


def answer(link: Link, question: TruthQuestion, value: str, note: str) -> TruthAnswer:
    """Keep the answer and use up the link; `AnsweredAlreadyError` when somebody was faster."""
    now = timezone.now()
    with transaction.atomic():
        stored = TruthQuestion.objects.select_for_update().get(pk=question.pk)
        if stored.closed_at is not None or not links.use(link):
            raise AnsweredAlreadyError
        stored.closed_at = now
        stored.save(update_fields=["closed_at"])
        user = User.objects.filter(pk=link.data.get("user")).first()
        given = TruthAnswer.objects.create(question=stored, value=value, note=note, by=user, at=now)
        if value == TruthAnswer.Value.TRUE:
            by = "link by mail" if user is None else ""
            confirm(stored.practice, timezone.localdate(now), user, by)
    return given


def latest_answers(**practice: Any) -> QuerySet[TruthAnswer]:
    """Return answers about practices, the newest first, but those that a later version mended."""
    return (
        TruthAnswer.objects.filter(**{f"question__practice__{k}": v for k, v in practice.items()})
        .exclude(
            ~Q(value=TruthAnswer.Value.TRUE), question__practice__last_published_at__gt=F("at")
        )
        .order_by("-at", "-pk")
    )
