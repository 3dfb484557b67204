"""Addresses of the register; `communities.urls` puts all together."""

from django.urls import path

from communities.decisions import views

urlpatterns = [
    path("<slug:slug>/decisions/", views.DecisionsView.as_view(), name="community-decisions"),
    path(
        "<slug:slug>/decisions/new/",
        views.NewDecisionView.as_view(),
        name="community-decision-new",
    ),
    path(
        "<slug:slug>/decisions/<int:number>/",
        views.DecisionView.as_view(),
        name="community-decision",
    ),
    path(
        "<slug:slug>/decisions/<int:number>/review/",
        views.ReviewDecisionView.as_view(),
        name="community-decision-review",
    ),
]
