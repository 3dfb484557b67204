"""Following and private feeds."""

from abc import ABC, abstractmethod
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from communities.alerts import feeds, following
from communities.alerts.recent import Entry, entries
from communities.doors import never_kept, told_to_nobody
from communities.mailing.views import OwnView, choices_page
from communities.models import Follow
from core.mail import host, site_url
from search.cleaning import clean, one_line


class _OneFollowView(OwnView, ABC):
    """`POST kind= code= back=`: a step on something that may be followed."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do it and go back to where the button was."""
        kind, code = request.POST.get("kind", ""), request.POST.get("code", "")
        self.change(request, kind, code)
        return redirect(_way_back(request))

    @abstractmethod
    def change(self, request: HttpRequest, kind: str, code: str) -> None:
        """Do what the address says."""


class FollowView(_OneFollowView):
    """Follow something."""

    def change(self, request: HttpRequest, kind: str, code: str) -> None:
        """Follow it; what one may not see is not found."""
        user: Any = request.user
        known = following.code_of(user, kind, code)
        if not known:
            raise Http404
        try:
            following.follow(user, kind, known)
        except following.TooManyError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("You follow it: what is new stands in your digest."))


class UnfollowView(_OneFollowView):
    """Follow something no more; whatever has become of it since."""

    def change(self, request: HttpRequest, kind: str, code: str) -> None:
        """Forget it."""
        user: Any = request.user
        # No database takes every character.
        if code.isprintable() and kind in Follow.Kind.values:
            Follow.objects.filter(user=user, kind=kind, code=code).delete()
        messages.success(request, _("You do not follow it any more."))


def _way_back(request: HttpRequest) -> str:
    """Return the address on this site that the form came from, else the page of choices."""
    back = request.POST.get("back", "")
    safe = back.startswith("/") and back.isprintable() and "\\" not in back
    if safe and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return reverse("community-mail")


class NewFeedView(OwnView):
    """`POST`: make the address of a private feed, and show it this once; `GET`: back to them."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lead to the list: whoever reloads the page or changes its language comes by here."""
        return redirect("community-mail")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make it; the same form sent twice makes one."""
        user: Any = request.user
        token = feeds.issue(user, request.POST.get("once", ""))
        if token is None:
            messages.error(
                request, _("You have as many feed addresses as there may be. Take one back first.")
            )
            return redirect("community-mail")
        address = site_url() + reverse("community-feed", args=[token])
        response = choices_page(request, new_feed=address)
        response["Referrer-Policy"] = "no-referrer"
        return response


class RevokeFeedView(OwnView):
    """`POST`: take the address of a feed back."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take back one's own; those of others are not found."""
        if not feeds.revoke(request.user, pk):
            raise Http404
        messages.success(request, _("This address does not work any more."))
        return redirect(_way_back(request))


class Atom(Atom1Feed):
    """RFC 4287, for a reader program of one person."""


class Rss(Rss201rev2Feed):
    """RSS 2.0, for programs that read no Atom."""


@method_decorator(never_kept, name="dispatch")
class FeedView(View):
    """What is new for the owner of the key in the address, as they may read it now.

    Nobody logs in here. A key that does not work, and one whose owner is no member any more, are
    answered like nothing.
    """

    http_method_names = ["get", "head", "options"]
    form: type[Atom | Rss] = Atom

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Answer with the feed."""
        reader = feeds.reader_of(token)
        if reader is None:
            return told_to_nobody(render(request, "404.html", status=404))
        # The key stands in no link of the feed: programs show and share those.
        feed = self.form(
            title=_("%(site)s: new for you") % {"site": settings.WAGTAIL_SITE_NAME},
            link=site_url() + reverse("community-mail"),
            description=_("What is new in your communities and on what you follow."),
            language=get_language() or "en",
        )
        for entry in entries(reader):
            _add(feed, entry)
        response = HttpResponse(content_type=feed.content_type)
        feed.write(response, "utf-8")
        return told_to_nobody(response)


def _add(feed: SyndicationFeed, entry: Entry) -> None:
    feed.add_item(
        title=one_line(entry.title),
        link=site_url() + entry.url,
        description=clean(entry.summary),
        # The same for ever, wherever it moves (RFC 4151).
        unique_id=f"tag:{host()},2026:{entry.key}",
        unique_id_is_permalink=False,
        updateddate=entry.at,
        pubdate=entry.at,
        categories=[one_line(entry.category)],
    )
