"""Addresses of a country's desk and its profile; `countries.urls` puts all together."""

from django.urls import path

from countries.profile import views

urlpatterns = [
    path("<iso3:code>/", views.CountryDeskView.as_view(), name="country-desk"),
    path(
        "<iso3:code>/profile/new/<slug:kind>/",
        views.NewEntriesView.as_view(),
        name="country-profile-new",
    ),
    path("<iso3:code>/profile/<int:pk>/", views.EntryView.as_view(), name="country-profile"),
    path(
        "<iso3:code>/profile/<int:pk>/delete/",
        views.DeleteEntryView.as_view(),
        name="country-profile-delete",
    ),
]
