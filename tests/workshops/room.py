"""A workshop for tests with countries, people and cards; all of it is invented and says so."""

import datetime
from itertools import count

from django.utils import timezone

from members.signed import fingerprint
from tests import factories
from tests.members import people
from workshops.access import seat_of
from workshops.cafe import writing
from workshops.models import (
    Breakout,
    BreakoutGroup,
    BreakoutQuestion,
    Challenge,
    Facilitator,
    Note,
    Recommendation,
    Registration,
    Round,
    Workshop,
    WorkshopCountry,
)
from workshops.signing import sign_in

DAY = datetime.date(2026, 11, 25)
_number = count(1)


def workshop(*codes, title="A workshop (invented)", **fields):
    """A workshop in which these countries take part."""
    made = Workshop.objects.create(title=title, **{"starts": DAY, "ends": DAY, **fields})
    for code in codes:
        factories.country(code)
        WorkshopCountry.objects.create(workshop=made, code=code)
    return made


def facilitator(workshop, user=None):
    user = user or people.member("KEN")
    Facilitator.objects.create(workshop=workshop, user=user)
    people.second_factor(user)
    return user


def registered(workshop, user=None, country="", state="accepted"):
    user = user or people.person(name="Guest")
    Registration.objects.create(workshop=workshop, user=user, country=country, state=state)
    return user


def registration_of(workshop, state="waiting"):
    return Registration.objects.get(user=registered(workshop, state=state), workshop=workshop)


def challenge(workshop, by, about="GEO", title="Our registers do not meet (invented)", **fields):
    made = Challenge(workshop=workshop, about=about, title=title, **fields)
    return _signed(made, by, workshop)


def card(challenge, by, text="Share one number (invented).", **fields):
    made = Recommendation(challenge=challenge, text=text, **fields)
    return _signed(made, by, challenge.workshop, but=challenge.about)


def round_of(workshop, challenge=None, minutes=15, **fields):
    now = timezone.now()
    fields = {"started_at": now, "ends_at": now + datetime.timedelta(minutes=minutes), **fields}
    number = workshop.rounds.count() + 1
    return Round.objects.create(
        workshop=workshop, challenge=challenge, number=number, minutes=minutes, **fields
    )


def breakout(workshop, *questions, groups=("Group 1 (invented)",), rapporteur=None):
    made = Breakout.objects.create(workshop=workshop, title="A breakout (invented)")
    for order, text in enumerate(questions or ("What do you count? (invented)",)):
        BreakoutQuestion.objects.create(breakout=made, text=text, order=order)
    for order, name in enumerate(groups):
        BreakoutGroup.objects.create(breakout=made, name=name, order=order, rapporteur=rapporteur)
    return made


def note(group, by, text="Nobody counts them (invented).", question=None):
    question = question or group.breakout.questions.first()
    return _signed(Note(group=group, question=question, text=text), by, group.breakout.workshop)


def _signed(said, by, workshop, but=""):
    sign_in(said, by, seat_of(by, workshop), but=but)
    said.fingerprint = fingerprint("invented", next(_number))
    said.save()
    return said


def decided(card, by, choice="try", reason="Because (invented)."):
    return writing.decide(card, by, choice, reason)
