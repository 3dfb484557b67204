"""Addresses of this part; `communities.urls` puts them together."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
