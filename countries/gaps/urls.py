"""Addresses of the gaps of a country; `countries.urls` puts all together."""

from django.urls import path

from countries.gaps import views

urlpatterns = [
    path("<iso3:code>/gaps/", views.GapsView.as_view(), name="country-gaps"),
    path("<iso3:code>/gaps/<slug:gap>/", views.GapView.as_view(), name="country-gap"),
]
