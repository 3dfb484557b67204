"""The secretariat's board: who waits, whether the Alliance is in balance, whose role ends soon."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST

from members import applying
from members.access import may_decide
from members.doors import for_secretariat, never_kept, never_kept_view, secretariat_view
from members.figures import balance
from members.forms import AcceptForm, TextForm
from members.giving import Terms
from members.models import Application, Role, State
from members.roles import roles_of

SOON = datetime.timedelta(days=60)
PER_PAGE = 30
MOST_ENDING = 50


def applications() -> QuerySet[Application]:
    """Return applications with what is shown of each."""
    return Application.objects.select_related("user", "institution", "country", "decided_by")


def ending_soon() -> QuerySet[Role]:
    """Return the roles of today that end within the next weeks, the first to end first."""
    today = timezone.localdate()
    held = Role.objects.held(today).filter(ends__lte=today + SOON, user__is_active=True)
    return held.select_related("user", "institution", "country").order_by("ends", "pk")


@never_kept_view
@secretariat_view
class BoardView(View):
    """`GET ?page=`: open applications with their age, figures, roles that end soon."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the board."""
        waiting = applications().filter(state__in=[State.SENT, State.ASKED])
        decided = applications().exclude(state__in=[State.SENT, State.ASKED])
        regions, kinds = balance()
        context = {
            "waiting": waiting[:MOST_ENDING],
            "waiting_count": waiting.count(),
            "decided": Paginator(decided.order_by("-decided_at", "-pk"), PER_PAGE).get_page(
                request.GET.get("page")
            ),
            "regions": regions,
            "kinds": kinds,
            "ending": ending_soon()[:MOST_ENDING],
            "today": timezone.localdate(),
        }
        return render(request, "members/board.html", context)


@never_kept_view
@secretariat_view
class ApplicationView(View):
    """`GET` one application with what may be done with it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the application."""
        return _shown(request, get_object_or_404(applications(), pk=pk))


@require_POST
@for_secretariat
@never_kept
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept an application with its roles."""
    application = _decidable(request, pk)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _shown(request, application, accept_form=form, status=400)
    told = form.cleaned_data
    terms = Terms(told["starts"], told["ends"], told["institution"], told["country_row"])
    done = applying.accept(application, told["kinds"], terms, request.user)
    return _told(request, done, _("The application is accepted."))


@require_POST
@for_secretariat
@never_kept
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Return an application with a question."""
    application, form = _decidable(request, pk), TextForm(request.POST)
    if not form.is_valid():
        return _shown(request, application, ask_form=form, status=400)
    done = applying.ask(application, form.cleaned_data["text"], request.user)
    return _told(request, done, _("Your question is sent."))


@require_POST
@for_secretariat
@never_kept
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline an application with a reason."""
    application, form = _decidable(request, pk), TextForm(request.POST)
    if not form.is_valid():
        return _shown(request, application, decline_form=form, status=400)
    done = applying.decline(application, form.cleaned_data["text"], request.user)
    return _told(request, done, _("The application is declined."))


def _decidable(request: HttpRequest, pk: int) -> Application:
    """Return the application, if it is for this person to decide: nobody decides their own."""
    application = get_object_or_404(applications(), pk=pk)
    if not may_decide(request.user, application):
        raise Http404
    return application


def _told(request: HttpRequest, done: bool, sentence: str) -> HttpResponse:
    if done:
        messages.success(request, sentence)
    else:
        messages.warning(request, _("Somebody was faster: see what became of it."))
    return redirect("members-board") if done else redirect(request.path.rsplit("/", 2)[0] + "/")


def _shown(
    request: HttpRequest,
    application: Application,
    accept_form: AcceptForm | None = None,
    ask_form: TextForm | None = None,
    decline_form: TextForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "application": application,
        "questions": list(application.questions.select_related("asked_by")),
        "topics": sorted({topic.code for topic in application.topics.all()}),
        "before": applications()
        .filter(user=application.user_id)
        .exclude(pk=application.pk)
        .order_by("-sent_at"),
        "roles": roles_of(application.user),
        "may_decide": may_decide(request.user, application) and application.is_open,
        "accept_form": accept_form or AcceptForm(initial=_proposed(application), auto_id="a_%s"),
        "ask_form": ask_form or TextForm(auto_id="q_%s"),
        "decline_form": decline_form or TextForm(auto_id="d_%s"),
        "today": timezone.localdate(),
    }
    return render(request, "members/application.html", context, status=status)


def _proposed(application: Application) -> dict[str, Any]:
    """Return what the acceptance begins with: what was applied for."""
    return {
        "kinds": [application.role],
        "institution": application.institution_id,
        "country": application.country.code if application.country else "",
    }
