"""Addresses of asking; `communities.urls` puts all together."""

from django.urls import path

from communities.asking import views

urlpatterns = [
    path("<slug:slug>/nearby/", views.NearbyView.as_view(), name="community-nearby"),
    path("<slug:slug>/threads/<int:pk>/known/", views.KnownView.as_view(), name="thread-known"),
]
