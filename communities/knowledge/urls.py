"""Addresses of summaries and what is made of them; `communities.urls` puts all together."""

from django.urls import path

from communities.knowledge import views

urlpatterns = [
    path(
        "<slug:slug>/threads/<int:pk>/summary/",
        views.SummaryView.as_view(),
        name="thread-summary",
    ),
    path(
        "<slug:slug>/threads/<int:pk>/make/<slug:kind>/",
        views.MakeView.as_view(),
        name="thread-make",
    ),
]
