"""Every address of the site."""

from typing import Any

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from config import health, views
from core.sitemaps import PageSitemap
from core.views import not_found, permalink
from library.sitemaps import FileSitemap
from members.sessions import SessionsView
from search.api import api
from search.feeds import feed

handler400 = "core.views.bad_request"
SITEMAPS = {"pages": PageSitemap, "files": FileSitemap}

urlpatterns: list[Any] = [
    # Wagtail's own log-in and reset would let a password in without the second factor.
    path("admin/login/", views.editor_login),
    path(
        "admin/password_reset/",
        RedirectView.as_view(pattern_name="account_reset_password", query_string=True),
    ),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/authenticate_with_password/<int:restriction>/", not_found),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/sessions/", SessionsView.as_view(), name="usersessions_list"),
    path("accounts/", include("allauth.urls")),
    path("p/<int:pk>/", permalink, name="permalink"),
    path("robots.txt", views.robots),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("api/v1/", api.urls),
    path("vocabulary/", include("vocabulary.urls")),
    path("health/", health.live, name="health-live"),
    path("health/ready/", health.ready, name="health-ready"),
]
if settings.SERVE_IMAGES:
    # Elsewhere the web server does this (docs/operate.md). Images only: files have a view of
    # their own that asks for permission.
    images = {"document_root": settings.MEDIA_ROOT / "images"}
    urlpatterns += [path("media/images/<path:path>", serve, images)]
if settings.INBOUND_PROVIDER:
    from communities.inbound.hook import bring_mail

    urlpatterns += [path("mail/in/", bring_mail, name="mail-in")]
urlpatterns += i18n_patterns(
    path("search/feed/", feed, name="search-feed"),
    path("search/", include("search.urls")),
    path("files/", include("library.urls")),
    path("members/", include("members.urls")),
    path("contribute/", include("practices.urls")),
    path("practices/compare/", include("practices.comparing.urls")),
    path("guidance-versions/", include("guidance.urls")),
    path("review/", include("reviewing.urls")),
    path("do-no-harm/", include("safeguarding.urls")),
    path("exchange/", include("adoption.urls")),
    path("communities/", include("communities.urls")),
    path("country/", include("countries.urls")),
    path("gap-map/", include("countries.map.urls")),
    path("workshop/", include("workshops.urls")),
    path("desk/", include("workshops.desk.urls")),
    # A log-in view of Django's own that Wagtail brings along: no second factor, no limit.
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("_util/authenticate_with_password/<int:restriction>/<int:page>/", not_found),
    path("", include(wagtail_urls)),
)
