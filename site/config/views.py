"""The way from the editor's interface to the one door to log in by; what robots may read."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def editor_login(request: HttpRequest) -> HttpResponse:
    """Lead strangers to the log-in; whoever is logged in and stands here may not edit.

    Wagtail sends both kinds here. To log in again would send the second kind round in circles.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    query = request.GET.urlencode()
    return redirect(f"{reverse('account_login')}?{query}" if query else reverse("account_login"))


def robots(request: HttpRequest) -> HttpResponse:
    """Name the sitemap, and keep robots out of what is endless (searches) or not for them."""
    closed = [
        "/admin/",
        "/accounts/",
        "/api/",
        *(f"/{code}/search/" for code, _ in settings.LANGUAGES),
    ]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
