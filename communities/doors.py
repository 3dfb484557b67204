"""How people come to a page of a community: what they may not see is answered like nothing."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import cache_control

from communities import access
from communities.models import Community, Post, Thread

never_kept = cache_control(private=True, no_store=True)


def known_community(request: HttpRequest, slug: str) -> Community:
    """Return a community that this person may know of; `Http404` for any other."""
    community = access.communities_for(request.user).filter(slug=slug).first()
    if community is None:
        raise Http404
    return community


def open_community(request: HttpRequest, slug: str) -> Community:
    """Return a community that this person may read; `Http404` for any other."""
    community = known_community(request, slug)
    if not access.may_read(request.user, community):
        raise Http404
    return community


def open_thread(request: HttpRequest, community: Community, pk: int, **told: Any) -> Thread:
    """Return a thread of a community that this person may read; `Http404` for any other.

    `told`: what else is to be asked about it, in the same query.
    """
    threads = access.threads_for(request.user).filter(community=community).annotate(**told)
    thread = threads.select_related("institution", "author").filter(pk=pk).first()
    if thread is None:
        raise Http404
    thread.community = community
    return thread


def open_post(request: HttpRequest, thread: Thread, number: int) -> Post:
    """Return a post of a thread that this person may read; `Http404` for any other."""
    posts = access.posts_for(request.user).filter(thread=thread, number=number)
    post = posts.select_related("institution", "author").first()
    if post is None:
        raise Http404
    post.thread = thread
    return post


def told_to_nobody(response: HttpResponse) -> HttpResponse:
    """Return the answer at an address that is a key: no other site or search engine learns it."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def require(allowed: bool) -> None:
    """Raise `Http404` where something is not allowed: nobody is told that it exists."""
    if not allowed:
        raise Http404


def require_with_reason(allowed: bool, sentence: Any) -> None:
    """Raise `PermissionDenied` with a sentence that says what to do; only of what can be read."""
    if not allowed:
        raise PermissionDenied(sentence)


@method_decorator(never_kept, name="dispatch")
class CommunityView(View):
    """A page of a community that this person may read: `self.community`.

    `knows_only`: whoever knows of the community is let in. `signed_in`: visitors sign in first.
    A subclass narrows with `allowed`, and fetches what it is about in `prepare`.
    """

    knows_only = False
    signed_in = False
    community: Community

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the community, ask for the right, answer."""
        find = known_community if self.knows_only else open_community
        self.community = find(request, kwargs.pop("slug"))
        if self.signed_in and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        self.prepare(request, **kwargs)
        require(self.allowed(request))
        return super().dispatch(request, *args, **kwargs)

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Fetch what the page is about."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person may do this here."""
        return True

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what every template of a community needs (templates/communities/frame.html)."""
        user = self.request.user
        return {
            "community": self.community,
            "is_in": access.is_in(user, self.community),
            "may_read": access.may_read(user, self.community),
            "may_write": access.may_write(user, self.community),
            "facilitates": access.facilitates(user, self.community),
            **more,
        }


class FacilitatorView(CommunityView):
    """A page for those who facilitate a community; nothing for anybody else."""

    knows_only = True

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person facilitates it."""
        return access.may_facilitate(request.user, self.community)
