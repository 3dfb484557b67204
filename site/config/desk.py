"""What every part lends to the secretariat's desk: what waits, days to keep, figures."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from adoption import access as adoption_access
from adoption.stale import stale_practices
from communities import access as communities_access
from communities.decisions.register import review_day
from communities.models import Community, Decision, Post, Report, Thread
from core.waiting import Waiting, register
from countries import access as countries_access
from countries.models import Assessment, Goal
from members.access import may_see_board
from members.models import Application, State
from members.roles import is_secretariat
from reviewing import access as reviewing_access
from reviewing import steps
from safeguarding.access import may_sign_off_anything
from safeguarding.models import Request
from search.models import SearchGap
from workshops import access as workshops_access
from workshops.desk import dates, figures
from workshops.desk.figures import Figure
from workshops.models import Registration, TravelRequest
from workshops.report.access import unpublished
from workshops.travel import access as travel_access

LATELY = datetime.timedelta(days=90)


def _applications(user: Any) -> Waiting | None:
    if not may_see_board(user):
        return None
    rows = Application.objects.filter(state=State.SENT)
    return Waiting(_("Applications for membership"), reverse("members-board"), rows=rows)


def _reviews(user: Any) -> Waiting | None:
    if not reviewing_access.may_manage(user):
        return None
    going = steps.rounds()
    overdue = sum(each.is_overdue for each in going)
    note = _("overdue: %(number)s") % {"number": overdue} if overdue else ""
    return Waiting(_("Practices in review"), reverse("review-overview"), len(going), note)


def _gate(user: Any) -> Waiting | None:
    if not may_sign_off_anything(user):
        return None
    rows = Request.objects.filter(closed=None)
    return Waiting(_("Do no harm: to be signed off"), reverse("safeguarding-desk"), rows=rows)


def _reports(user: Any) -> Waiting | None:
    """Count the reports in the groups that this person reads: the office reads not all of them."""
    if not is_secretariat(user):
        return None
    inside = communities_access.readable_communities(user).values("pk")
    reports = Report.objects.filter(settled_at=None, post__thread__community__in=inside)
    return Waiting(_("Posts that members reported"), reverse("communities"), rows=reports)


def _workshop_reports(user: Any) -> Waiting | None:
    if not workshops_access.may_bring_reports(user):
        return None
    rows = unpublished(user)
    return Waiting(_("Workshop reports to publish"), reverse("workshop-report-upload"), rows=rows)


def _stale(user: Any) -> Waiting | None:
    if not adoption_access.may_see_stale(user):
        return None
    number = sum(1 for _row in stale_practices())
    return Waiting(_("Practices to confirm"), reverse("exchange-stale"), number)


def _gaps(user: Any) -> Waiting | None:
    """Count the gaps of countries that no goal of theirs is about."""
    if not is_secretariat(user):
        return None
    goals = Goal.objects.filter(about=OuterRef("about"), kind=OuterRef("kind"))
    gaps = countries_access.gaps_for(user).filter(~Exists(goals)).order_by()
    number = gaps.values("about", "kind").distinct().count()
    return Waiting(_("Gaps of countries without a goal"), reverse("gap-map"), number)


def _questions(user: Any) -> Waiting | None:
    if not is_secretariat(user):
        return None
    lately = SearchGap.objects.filter(day__gte=timezone.localdate() - LATELY)
    label = _("Searches that found nothing, in 90 days")
    return Waiting(label, reverse("search_gaps"), rows=lately)


def _registrations(user: Any) -> Waiting | None:
    if not is_secretariat(user):
        return None
    waiting = Registration.objects.filter(
        state=Registration.State.WAITING,
        workshop__in=workshops_access.workshops_for(user).values("pk"),
    )
    return Waiting(_("Registrations for workshops"), reverse("workshops"), rows=waiting)


def _travel(user: Any) -> Waiting | None:
    if not travel_access.may_decide(user):
        return None
    rows = travel_access.requests_for(user).filter(state=TravelRequest.State.WAITING)
    return Waiting(_("Requests for travel support"), reverse("workshops"), rows=rows)


def _decisions(user: Any, until: datetime.date) -> Iterable[dates.Due]:
    """Yield the decisions to be looked at again, of the groups that this person reads."""
    rows = Decision.objects.filter(community__in=communities_access.readable_communities(user))
    rows = rows.filter(replaced_by=None).select_related("community").prefetch_related("reviews")
    for decision in rows:
        day = review_day(decision)
        if day and day <= until:
            kind = _("Decision of %(community)s") % {"community": decision.community.name}
            yield dates.Due(day, decision.title, str(kind), decision.get_absolute_url())


def _groups(year: int) -> Iterable[Figure]:
    posts = Post.objects.filter(created_at__year=year)
    yield Figure("communities", _("Communities"), Community.objects.filter(closed_at=None).count())
    questions = Thread.objects.filter(kind=Thread.Kind.QUESTION, created_at__year=year)
    yield Figure("questions-new", _("Questions asked in the year"), questions.count())
    answered = questions.exclude(answer=None).count()
    yield Figure("questions-answered", _("Of these, answered"), answered)
    yield Figure("posts-new", _("Posts written in the year"), posts.count())


def _countries(year: int) -> Iterable[Figure]:
    assessed = Assessment.objects.order_by().values("about").distinct().count()
    yield Figure("assessed", _("Countries with an assessment"), assessed)
    yield Figure("goals", _("Goals of countries"), Goal.objects.count())
    reached = Goal.objects.filter(state=Goal.State.REACHED).count()
    yield Figure("goals-reached", _("Of these, reached"), reached)


def connect() -> None:
    """Lend it all, in the order in which the desk shows it."""
    for name, source in (
        ("applications", _applications),
        ("registrations", _registrations),
        ("travel", _travel),
        ("reviews", _reviews),
        ("gate", _gate),
        ("workshop_reports", _workshop_reports),
        ("reports", _reports),
        ("stale", _stale),
        ("gaps", _gaps),
        ("questions", _questions),
    ):
        register(name, source)
    dates.register(_decisions)
    figures.register(_groups)
    figures.register(_countries)
