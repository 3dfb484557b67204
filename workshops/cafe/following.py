"""What became of the recommendations: asked by mail after 3, 6 and 12 months, once each.

That a card was asked about and the mail to come are one commit; the mail is made when it leaves,
for whoever speaks for the country then, and asks about nothing that was answered meanwhile.
"""

import calendar
import datetime
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from core import links, mail
from core.mail import Letter
from core.models import Link
from users.models import User
from workshops import access
from workshops.models import Choice, Decision, FollowUp, Recommendation, Workshop
from workshops.signing import sign_in

MONTHS = (12, 6, 3)
PURPOSE, LETTER = "workshop-follow-up", "workshop-follow-up"
LINK_DAYS = 80
# What may be answered: a card that will still be tried is asked about again.
ANSWERS = (Choice.TRIED, Choice.TRY, Choice.UNSUITABLE)
UNSETTLED = (Choice.OPEN, Choice.TRY)


class AnsweredAlreadyError(Exception):
    """Somebody else has answered, or the card is settled or gone."""


def before(day: datetime.date, months: int) -> datetime.date:
    """Return the day so many months before; the last of its month where it has fewer days."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def run(now: datetime.datetime | None = None) -> int:
    """Ask about whatever is due; return how many cards. A second run on the day does nothing."""
    now = now or timezone.now()
    asked = 0
    for months in MONTHS:
        over = before(now.date(), months)
        for workshop in Workshop.objects.filter(ends__lte=over).order_by("pk"):
            asked += _ask(workshop, months, now)
    return asked


def due(workshop: Workshop, months: int) -> list[Recommendation]:
    """Return the unsettled cards of a workshop that were not asked about at this time or later."""
    asked = FollowUp.objects.filter(months__gte=months, card__challenge__workshop=workshop)
    cards = Recommendation.objects.filter(
        challenge__workshop=workshop,
        challenge__withdrawn_at=None,
        withdrawn_at=None,
        choice__in=UNSETTLED,
    ).exclude(pk__in=asked.values("card_id"))
    return list(cards.select_related("challenge").order_by("pk"))


def _ask(workshop: Workshop, months: int, now: datetime.datetime) -> int:
    with transaction.atomic():
        # Under the lock: another run waits, and then finds nothing due.
        held = Workshop.objects.select_for_update().get(pk=workshop.pk)
        by_country: dict[str, list[Recommendation]] = defaultdict(list)
        for card in due(held, months):
            by_country[card.challenge.about].append(card)
        asked = 0
        for code, cards in by_country.items():
            people = list(access.team_of(held, code).values_list("pk", flat=True))
            if not people:
                continue  # it stays due, and is asked as soon as somebody speaks for the country
            asked += len(cards)
            rows = [
                FollowUp.objects.create(
                    card=card, months=months, asked_at=now, reached=len(people)
                ).pk
                for card in cards
            ]
            for person in people:
                mail.send_when_leaving(LETTER, {"user": person, "follow_ups": rows})
    return asked


def make(user: int, follow_ups: Sequence[int]) -> Letter | None:
    """Return the mail to one person about all cards that are still open; None where none is."""
    reader = User.objects.filter(pk=user, is_active=True).first()
    if reader is None:
        return None
    rows = [row for row in _open(follow_ups) if _speaks(reader, row)]
    if not rows:
        return None
    workshop = rows[0].card.challenge.workshop
    data = {"user": user}
    asked = [(row, links.issue(PURPOSE, row, LINK_DAYS, data=data)) for row in rows]
    with override(mail.language_of(reader)):
        told = {"workshop": workshop, "asked": asked, "months": rows[0].months, "days": LINK_DAYS}
        return mail.letter(LETTER, reader, told)


def _open(numbers: Sequence[int]) -> list[FollowUp]:
    rows = FollowUp.objects.filter(
        pk__in=list(numbers),
        answered_at=None,
        card__withdrawn_at=None,
        card__challenge__withdrawn_at=None,
        card__choice__in=UNSETTLED,
    )
    return list(rows.select_related("card__challenge__workshop", "card__institution"))


def _speaks(user: User, row: FollowUp) -> bool:
    challenge = row.card.challenge
    return access.team_of(challenge.workshop, challenge.about).filter(pk=user.pk).exists()


def find(token: str) -> tuple[Link, FollowUp, User]:
    """Return a link, what it asks and whom; `links.LinkError` or `AnsweredAlreadyError` otherwise.

    Whoever does not speak for the country any more holds a link that is not known here.
    """
    link = links.find(PURPOSE, token)
    row = FollowUp.objects.filter(pk=link.object_id).first() if link.object_id else None
    waiting = _open([row.pk]) if row else []
    if not waiting:
        raise AnsweredAlreadyError
    user = User.objects.filter(pk=link.data.get("user"), is_active=True).first()
    if user is None or not _speaks(user, waiting[0]):
        links.find(PURPOSE, "")
        raise AnsweredAlreadyError
    return link, waiting[0], user


def answer(link: Link, row: FollowUp, user: User, choice: str, reason: str) -> Decision:
    """Keep the answer and use up the link; `AnsweredAlreadyError` when somebody was faster."""
    workshop = row.card.challenge.workshop
    with transaction.atomic():
        stored = FollowUp.objects.select_for_update().get(pk=row.pk)
        card = Recommendation.objects.select_for_update().get(pk=row.card_id)
        settled = card.withdrawn_at is not None or card.choice not in UNSETTLED
        if stored.answered_at is not None or settled or not links.use(link):
            raise AnsweredAlreadyError
        made = Decision(card=card, choice=choice, reason=reason, months=row.months)
        sign_in(made, user, access.seat_of(user, workshop))
        made.save()
        card.choice = choice
        card.save(update_fields=["choice"])
        stored.answered_at, stored.answer = timezone.now(), made
        stored.save(update_fields=["answered_at", "answer"])
    return made


mail.register_maker(LETTER, make)
