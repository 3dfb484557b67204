"""What one is mailed: the page to choose it, and the way out without logging in."""

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from communities import access
from communities.alerts import feeds, following
from communities.doors import never_kept
from communities.mailing import stopping
from communities.mailing.forms import ChoiceForm
from communities.models import Follow, MailChoice, Membership, Quiet
from communities.posting import new_token
from search.models import SavedSearch
from vocabulary.labels import countries_by_region, labels


@method_decorator([never_kept, login_required], name="dispatch")
class OwnView(View):
    """A page about one's own mail, for members of the Alliance; nothing for anybody else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for the right, answer."""
        if not access.may_be_told(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class ChoicesView(OwnView):
    """`GET`: what one is mailed and follows; `POST`: how often, and of which communities."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        return choices_page(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store it."""
        user: Any = request.user
        form = ChoiceForm(_memberships(request), request.POST)
        if not form.is_valid():
            return choices_page(request, form)
        with transaction.atomic():
            form.save(stopping.locked_choice_of(user.pk))
        messages.success(request, _("Your choice is saved."))
        return redirect("community-mail")


def choices_page(
    request: HttpRequest, form: ChoiceForm | None = None, new_feed: str = ""
) -> HttpResponse:
    """Show the page; `new_feed` is the address of a feed, which is shown this once.

    `form` is one with mistakes; what was never chosen is shown as it is usually.
    """
    user, language = request.user, get_language() or "en"
    follows = list(Follow.objects.filter(user=user.pk))
    names = following.names(follows, user, language)
    quiet = list(Quiet.objects.filter(user=user.pk).select_related("thread"))
    threads = access.threads_for(user).filter(pk__in=[row.thread_id for row in quiet])
    readable = set(threads.values_list("pk", flat=True)) if quiet else set()
    context = {
        "form": form or _filled(request),
        "follows": [(row, names.get(row.pk)) for row in follows],
        "countries": countries_by_region(language),
        "topics": labels("theme", language),
        "quiet": [(row, row.thread_id in readable) for row in quiet],
        "searches": SavedSearch.objects.filter(user=user.pk).count(),
        "feeds": feeds.current(user),
        "once": new_token(),
        "new_feed": new_feed,
    }
    status = 400 if form else 200
    return render(request, "communities/mailing/choices.html", context, status=status)


def _filled(request: HttpRequest) -> ChoiceForm:
    choice = MailChoice.objects.filter(user=request.user.pk).first() or MailChoice()
    rows = _memberships(request)
    listened = [str(row.community_id) for row in rows if not row.muted]
    return ChoiceForm(rows, initial={"rhythm": choice.rhythm, "listened": listened})


def _memberships(request: HttpRequest) -> list[Membership]:
    rows = access.memberships_of(request.user).values()
    return sorted(rows, key=lambda row: row.community.name.casefold())


class NewKeyView(OwnView):
    """`POST`: make all links and reply addresses that were mailed before worthless."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Give a new key."""
        user: Any = request.user
        choice = stopping.choice_of(user.pk)
        MailChoice.objects.filter(pk=choice.pk).update(key=secrets.token_hex(16))
        messages.success(
            request, _("The links and reply addresses in mails sent before do not work any more.")
        )
        return redirect("community-mail")


class HearAgainView(OwnView):
    """`POST`: have mail about a thread again."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End the quiet of one's own; that of others is not found."""
        if not Quiet.objects.filter(user=request.user.pk, pk=pk).delete()[0]:
            raise Http404
        messages.success(request, _("You get mail about this thread again."))
        return redirect("community-mail")


@method_decorator([csrf_exempt, never_kept], name="dispatch")
class StopView(View):
    """The way out of a stream of mail: `GET` shows a button, `POST` does it (RFC 8058).

    Mail programs send the form themselves, without a session: the signature stands for the token
    of the form. Programs that look into mail open every link, so opening one does nothing.
    """

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer; the address is told to no other site."""
        response = super().dispatch(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Say what the button does, without naming what only some may know of."""
        return _stop_page(request, stopping.find(token), done=False)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Stop it; a second time it is stopped still."""
        found = stopping.find(token)
        if found:
            stopping.stop(found)
        return _stop_page(request, found, done=True)


def _stop_page(request: HttpRequest, found: stopping.Stop | None, done: bool) -> HttpResponse:
    context = {"stop": found, "done": done}
    status = 200 if found else 404
    return render(request, "communities/mailing/stop.html", context, status=status)
