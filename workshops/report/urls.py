"""Addresses of reports; `workshops.urls` puts all together."""

from django.urls import path

from workshops.report import handing_out, uploading, views

REPORT = "<int:workshop>/report/"

urlpatterns = [
    path("reports/upload/", uploading.UploadView.as_view(), name="workshop-report-upload"),
    path("reports/<int:pk>/check/", uploading.CheckView.as_view(), name="workshop-report-check"),
    path(
        "reports/<int:pk>/suggestions/<int:suggestion>/",
        uploading.DecideView.as_view(),
        name="workshop-report-suggestion",
    ),
    path("reports/<int:pk>/report.<str:ending>", handing_out.download, name="workshop-report-file"),
    path(REPORT, views.ReportView.as_view(), name="workshop-report"),
    path(f"{REPORT}cards/<slug:card>/", views.BecomeView.as_view(), name="workshop-report-card"),
]
