"""Addresses of the secretariat's desk, below /<language>/desk/."""

from django.urls import path

from workshops.desk import report, views

urlpatterns = [
    path("", views.HomeView.as_view(), name="desk"),
    path("plan/", views.PlanView.as_view(), name="desk-plan"),
    path("plan/new/", views.WorkView.as_view(), name="desk-work-new"),
    path("plan/<int:pk>/", views.WorkView.as_view(), name="desk-work"),
    path("report/", report.BoardView.as_view(), name="desk-report"),
    path("report/new/", report.ContributionView.as_view(), name="desk-contribution-new"),
    path("report/<int:pk>/", report.ContributionView.as_view(), name="desk-contribution"),
    path("report/<int:pk>/remind/", report.RemindView.as_view(), name="desk-remind"),
    path("figures/", report.PacksView.as_view(), name="desk-packs"),
    path("figures/<int:year>/", report.PackView.as_view(), name="desk-pack"),
    path("figures/<int:year>.<slug:ending>", report.PackView.as_view(), name="desk-pack-file"),
    path("chair/", views.ChairView.as_view(), name="desk-chair"),
    path("chair/<int:pk>/end/", views.EndChairView.as_view(), name="desk-chair-end"),
]
