"""Addresses of the gap map, below /<language>/gap-map/."""

from django.urls import path

from countries.map import views

urlpatterns = [
    path("", views.MapView.as_view(), name="gap-map"),
    path("list/", views.CellView.as_view(), name="gap-map-cell"),
    path("table.<slug:ending>", views.TableView.as_view(), name="gap-map-table"),
    path("picture.svg", views.PictureView.as_view(), name="gap-map-picture"),
    path("report.pdf", views.ReportView.as_view(), name="gap-map-report"),
]
