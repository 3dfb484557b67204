"""Addresses of goals; `countries.urls` puts all together."""

from django.urls import path

from countries.goals import views

ONE = "<iso3:code>/goals/<int:pk>/"

urlpatterns = [
    path("<iso3:code>/gaps/<slug:gap>/goal/", views.GoalView.as_view(), name="country-goal-new"),
    path(ONE, views.GoalView.as_view(), name="country-goal"),
    path(f"{ONE}delete/", views.DeleteGoalView.as_view(), name="country-goal-delete"),
]
