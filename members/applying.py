"""What may happen to an application, each step once, whoever else clicks at the same time."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.log_actions import log

from core import mail
from members.giving import Terms, give
from members.mails import to_secretariat
from members.models import Application, Kind, Profile, Question, State
from members.roles import roles_of
from users.models import Institution, User

# So often may somebody apply within a day: each one is a mail to the secretariat.
MOST_A_DAY = 3


def open_application(user: Any) -> Application | None:
    """Return the application of this person that still waits for somebody."""
    return Application.objects.filter(user=user, state__in=[State.SENT, State.ASKED]).first()


def last_application(user: Any) -> Application | None:
    """Return the newest application of this person, whatever became of it."""
    return Application.objects.filter(user=user).order_by("-sent_at", "-pk").first()


def applied_too_often(user: Any) -> bool:
    """Return whether somebody has applied so often today that they have to wait."""
    since = timezone.now() - datetime.timedelta(days=1)
    return Application.objects.filter(user=user, sent_at__gte=since).count() >= MOST_A_DAY


def apply(user: User, fields: Mapping[str, Any], topics: Iterable[Any]) -> Application | None:
    """Send an application; None where one is open already, or the person is a member."""
    if roles_of(user):
        return None
    try:
        with transaction.atomic():
            application = Application.objects.create(user=user, **fields)
            application.topics.set(topics)
    except IntegrityError:  # two clicks at once: the first one counts
        return None
    told = {"application": application, "address": f"members/board/{application.pk}/"}
    to_secretariat("member_applied", told)
    return application


def ask(application: Application, text: str, by: Any) -> bool:
    """Return an application with a question; False when it waits for nobody's decision."""
    with transaction.atomic():
        if not _move(application, [State.SENT], State.ASKED):
            return False
        Question.objects.create(application=application, text=text, asked_by=by)
        log(application, "members.ask", user=by)
    mail.send("member_question", application.user, {"question": text})
    return True


def answer(application: Application, text: str) -> bool:
    """Give the applicant's answer; the application waits for a decision again."""
    with transaction.atomic():
        if not _move(application, [State.ASKED], State.SENT):
            return False
        asked = application.questions.filter(answered_at=None).last()
        if asked:
            asked.answer, asked.answered_at = text, timezone.now()
            asked.save()
    to_secretariat(
        "member_answered",
        {"application": application, "address": f"members/board/{application.pk}/"},
    )
    return True


def withdraw(application: Application) -> bool:
    """Take an application back."""
    return _move(application, [State.SENT, State.ASKED], State.WITHDRAWN)


def accept(application: Application, kinds: Iterable[str], terms: Terms, by: Any) -> bool:
    """Accept an application: its roles, its institution, its profile; False if already decided."""
    with transaction.atomic():
        if not _decide(application, State.ACCEPTED, by, ""):
            return False
        institution = terms.institution or _institution_of(application)
        whole = Terms(terms.starts, terms.ends, institution, terms.country)
        for kind in dict.fromkeys(kinds):
            give(application.user, Kind(kind), whole, by)
        _fill_profile(application)
        log(application, "members.accept", user=by)
    mail.send("member_accepted", application.user, {"ends": terms.ends})
    return True


def decline(application: Application, reason: str, by: Any) -> bool:
    """Decline an application with a reason that the applicant reads; False if already decided."""
    with transaction.atomic():
        if not _decide(application, State.DECLINED, by, reason):
            return False
        log(application, "members.decline", user=by)
    mail.send("member_declined", application.user, {"reason": reason})
    return True


def _decide(application: Application, state: State, by: Any, reason: str) -> bool:
    decided = {"decided_by": by, "decided_at": timezone.now(), "reason": reason}
    return _move(application, [State.SENT, State.ASKED], state, **decided)


def _move(application: Application, before: list[State], after: State, **fields: Any) -> bool:
    """Change the state where it still is as it was; the database decides who was first."""
    waiting = Application.objects.filter(pk=application.pk, state__in=before)
    if waiting.update(state=after, **fields) != 1:
        return False
    application.refresh_from_db()
    return True


def _institution_of(application: Application) -> Institution | None:
    """Return the applicant's institution; one that was named anew is added to the list."""
    name = application.institution_name.strip()
    if application.institution or not name:
        return application.institution
    known = Institution.objects.filter(name__iexact=name, country=application.country).first()
    found = known or Institution.objects.create(
        slug=f"{slugify(name)[:80] or 'institution'}-{uuid.uuid4().hex[:6]}",
        name=name,
        kind=application.institution_kind or Institution.Kind.CIVIL_SOCIETY,
        country=application.country,
    )
    Application.objects.filter(pk=application.pk).update(institution=found)
    return found


def _fill_profile(application: Application) -> None:
    """Begin the profile with what the application says; what somebody wrote before stays."""
    profile = Profile.objects.get_or_create(user=application.user)[0]
    if not profile.expertise:
        profile.expertise = application.expertise
        profile.save()
    profile.topics.add(*application.topics.all())
    for code in application.languages:
        profile.languages.get_or_create(code=code)
