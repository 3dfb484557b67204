"""Addresses of assessments; `countries.urls` puts all together."""

from django.urls import path

from countries.assessing import answering, views

ALL = "<iso3:code>/assessments/"
ONE = f"{ALL}<int:pk>/"

urlpatterns = [
    path(ALL, views.AssessmentsView.as_view(), name="country-assessments"),
    path(ONE, views.OneAssessmentView.as_view(), name="country-assessment"),
    path(
        f"{ALL}<int:pk>.<slug:ending>",
        views.ExportView.as_view(),
        name="country-assessment-export",
    ),
    path(f"{ONE}compared/", views.ComparisonView.as_view(), name="country-assessment-compared"),
    path(f"{ONE}last-day/", views.ReopenView.as_view(), name="country-assessment-reopen"),
    path(f"{ONE}delete/", views.DeleteAssessmentView.as_view(), name="country-assessment-delete"),
    path(
        f"{ONE}modules/<slug:module>/",
        answering.ModuleView.as_view(),
        name="country-assessment-module",
    ),
    path(
        f"{ONE}answers/<slug:question>/withdraw/",
        answering.WithdrawView.as_view(),
        name="country-assessment-withdraw",
    ),
]
