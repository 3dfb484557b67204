"""Writing cards and decisions down: each once, however often it is sent, signed by its country."""

from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from members.signed import fingerprint
from practices.models import PracticePage
from workshops import access
from workshops.holding import hold
from workshops.models import Challenge, Choice, Decision, Recommendation, Round
from workshops.signing import sign_in

Card = TypeVar("Card", Challenge, Recommendation)
# So many cards of one person on one challenge; more than anybody writes by hand.
MOST_CARDS = 100


class MayNotWriteError(Exception):
    """The right to write here has ended, or it is closed; nothing is stored."""


class TooManyError(Exception):
    """Somebody has written more cards than anybody writes by hand."""


def present(challenge: Challenge, user: Any, key: str) -> Challenge:
    """Store a new challenge card; sent twice with the same key, it is stored once."""
    mark = fingerprint("challenge", user.pk, key, challenge.title, challenge.text)
    with transaction.atomic():
        person, seat = hold(user, challenge.workshop)
        if not access.may_present(seat, challenge.workshop, challenge.about):
            raise MayNotWriteError
        sign_in(challenge, person, seat)
        challenge.fingerprint = mark
        return _once(challenge)


def recommend(
    challenge: Challenge,
    user: Any,
    *,
    text: str,
    key: str,
    round_: Round | None = None,
    practice: PracticePage | None = None,
    language: str = "",
) -> Recommendation:
    """Store a recommendation card; `key` is made in the browser, one for each card.

    What was written without a connection may come hours later and more than once: the same words
    of the same person with the same key are one card. Other words are another one, as when somebody
    goes back to a form that was sent.
    """
    mark = fingerprint("card", user.pk, key, text)
    with transaction.atomic():
        # Under the lock: whoever takes the challenge back or closes the workshop comes before.
        rows = Challenge.objects.select_for_update(of=("self",), no_key=True)
        stored = rows.select_related("workshop").get(pk=challenge.pk)
        person, seat = hold(user, stored.workshop)
        if known := Recommendation.objects.filter(fingerprint=mark).first():
            return known
        if not access.may_recommend(seat, stored):
            raise MayNotWriteError
        written = Recommendation.objects.filter(challenge=stored, author_id=user.pk).count()
        if written >= MOST_CARDS:
            raise TooManyError
        card = Recommendation(
            challenge=stored,
            round=round_,
            text=text,
            practice=practice,
            language=language,
            fingerprint=mark,
        )
        sign_in(card, person, seat, but=stored.about)
        return _once(card)


def _once(said: Card) -> Card:
    """Store a card, or return the one that came first with its fingerprint."""
    try:
        with transaction.atomic():
            said.save(force_insert=True)
    except IntegrityError:
        known = type(said)._default_manager.filter(fingerprint=said.fingerprint).first()
        if known is None:
            raise
        return known
    return said


def decide(card: Recommendation, user: Any, choice: str, reason: str, months: int = 0) -> Decision:
    """Store what the country of the challenge decided; the same said twice is stored once."""
    with transaction.atomic():
        person, seat = hold(user, card.challenge.workshop)
        if not access.may_choose(seat, card.challenge):
            raise MayNotWriteError
        rows = Recommendation.objects.select_for_update()
        stored = rows.filter(pk=card.pk, withdrawn_at=None).first()
        if stored is None:
            raise MayNotWriteError
        last = stored.decisions.order_by("-pk").first()
        if last and not months and (last.choice, last.reason) == (choice, reason):
            return last
        made = Decision(card=stored, choice=choice, reason=reason, months=months)
        sign_in(made, person, seat)
        made.save()
        stored.choice = choice
        stored.save(update_fields=["choice"])
    return made


def withdraw(card: Recommendation) -> bool:
    """Take a card back that nobody has decided on; False where somebody was faster."""
    rows = Recommendation.objects.filter(pk=card.pk, withdrawn_at=None, choice=Choice.OPEN)
    return bool(rows.update(withdrawn_at=timezone.now()))


def withdraw_challenge(challenge: Challenge) -> bool:
    """Take a challenge back, with the cards on it."""
    rows = Challenge.objects.filter(pk=challenge.pk, withdrawn_at=None)
    return bool(rows.update(withdrawn_at=timezone.now()))
