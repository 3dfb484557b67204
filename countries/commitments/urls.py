"""Addresses of commitments; `countries.urls` puts all together."""

from django.urls import path

from countries.commitments import views

ONE = "<iso3:code>/commitments/<int:pk>/"
NOTES = "<iso3:code>/commitments/<int:commitment>/progress/"

urlpatterns = [
    path(
        "commitments.<slug:ending>",
        views.AllCommitmentsTableView.as_view(),
        name="commitments-table",
    ),
    path(
        "<iso3:code>/commitments.<slug:ending>",
        views.CommitmentsTableView.as_view(),
        name="country-commitments-table",
    ),
    path(
        "<iso3:code>/commitments/new/",
        views.CommitmentView.as_view(),
        name="country-commitment-new",
    ),
    path(ONE, views.CommitmentView.as_view(), name="country-commitment"),
    path(f"{ONE}delete/", views.DeleteCommitmentView.as_view(), name="country-commitment-delete"),
    path(f"{NOTES}new/", views.ProgressView.as_view(), name="country-progress-new"),
    path(f"{NOTES}<int:pk>/", views.ProgressView.as_view(), name="country-progress"),
    path(
        f"{NOTES}<int:pk>/delete/",
        views.DeleteProgressView.as_view(),
        name="country-progress-delete",
    ),
]
