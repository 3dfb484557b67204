"""Setting a workshop up: its countries, a clone of another, closing it."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from workshops.models import (
    AgendaItem,
    Breakout,
    BreakoutGroup,
    BreakoutQuestion,
    Facilitator,
    Workshop,
    WorkshopCountry,
)
from workshops.running.forms import WorkshopForm
from workshops.survey.building import begin

# Within this time the same form of the same person is the same workshop.
TWICE = datetime.timedelta(minutes=1)
# What a clone takes over; what people said and who registered stays where it was said.
COPIED = ("about", "series_id", "place", "host", "time_zone", "registration", "questionnaire")


def just_made(title: str, starts: datetime.date, user: Any) -> Workshop | None:
    """Return what somebody has set up a moment ago under this title: their form was sent twice.

    For the transaction that sets it up; sent again at the same moment, the second one waits.
    """
    get_user_model().objects.select_for_update().get(pk=user.pk)
    since = timezone.now() - TWICE
    rows = Workshop.objects.filter(created_by=user.pk, created_at__gt=since)
    return rows.filter(title=title, starts=starts).first()


def keep(workshop: Workshop, codes: Iterable[str], user: Any) -> None:
    """Store a workshop with the countries that take part; calendar programs see that it changed."""
    wanted = set(codes)
    with transaction.atomic():
        if workshop.pk is None:
            workshop.created_by = user
            workshop.save()
        else:
            # What the form does not show may have been changed meanwhile, and stays.
            workshop.save(update_fields=[*WorkshopForm.Meta.fields, "changed_at"])
        Workshop.objects.filter(pk=workshop.pk).update(revision=F("revision") + 1)
        workshop.countries.exclude(code__in=wanted).delete()
        WorkshopCountry.objects.bulk_create(
            [WorkshopCountry(workshop=workshop, code=code) for code in sorted(wanted)],
            ignore_conflicts=True,
        )


def clone(
    workshop: Workshop, title: str, starts: datetime.date, carry_over: bool, user: Any
) -> Workshop:
    """Set up a workshop like another one, as many days later as it begins later."""
    later = starts - workshop.starts
    with transaction.atomic():
        made = Workshop(title=title, starts=starts, ends=workshop.ends + later)
        for name in COPIED:
            setattr(made, name, getattr(workshop, name))
        made.follows = workshop if carry_over else None
        keep(made, workshop.codes, user)
        Facilitator.objects.bulk_create(
            Facilitator(workshop=made, user_id=row.user_id, named_by=user)
            for row in workshop.facilitators.all()
        )
        sessions = {item.pk: _session(item, made, later.days) for item in workshop.agenda.all()}
        for breakout in workshop.breakouts.prefetch_related("questions", "groups"):
            _breakout(breakout, made, sessions)
        for survey in workshop.surveys.all():
            # A draft: who is asked, and how many are there, is said anew.
            begin(made, {"title": survey.title, "intro": survey.intro}, survey, user)
    return made


def _session(item: AgendaItem, workshop: Workshop, days: int) -> AgendaItem:
    """Copy a session to the same hour, by the clock of the place, so many days later."""
    zone = workshop.zone

    def moved(moment: datetime.datetime) -> datetime.datetime:
        local = moment.astimezone(zone).replace(tzinfo=None) + datetime.timedelta(days=days)
        return timezone.make_aware(local, zone)

    starts, ends = moved(item.starts), moved(item.ends)
    return AgendaItem.objects.create(
        workshop=workshop,
        kind=item.kind,
        title=item.title,
        text=item.text,
        place=item.place,
        starts=starts,
        ends=max(starts, ends),
    )


def _breakout(breakout: Breakout, workshop: Workshop, sessions: dict[int, AgendaItem]) -> None:
    """Copy groups and questions; who writes for a group is said anew."""
    made = Breakout.objects.create(
        workshop=workshop,
        session=sessions.get(breakout.session_id or 0),
        title=breakout.title,
        text=breakout.text,
    )
    BreakoutQuestion.objects.bulk_create(
        BreakoutQuestion(breakout=made, text=each.text, order=each.order)
        for each in breakout.questions.all()
    )
    BreakoutGroup.objects.bulk_create(
        BreakoutGroup(breakout=made, name=each.name, order=each.order)
        for each in breakout.groups.all()
    )


def set_closed(workshop: Workshop, closed: bool) -> bool:
    """Close a workshop, so that nothing new is written in it, or open it again; False if it is."""
    rows = Workshop.objects.filter(pk=workshop.pk, closed_at__isnull=closed)
    return bool(rows.update(closed_at=timezone.now() if closed else None))


def changed(workshop: Workshop) -> None:
    """Let calendar programs know that the agenda is another."""
    Workshop.objects.filter(pk=workshop.pk).update(
        revision=F("revision") + 1, changed_at=timezone.now()
    )
