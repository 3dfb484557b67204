"""Addresses of a register; `countries.urls` puts all together."""

from django.urls import path

from countries.register import views

urlpatterns = [
    path(
        "<iso3:code>/data-sources.csv",
        views.RegisterCsvView.as_view(),
        name="country-sources-csv",
    ),
    path(
        "<iso3:code>/data-sources/new/",
        views.DataSourceView.as_view(),
        name="country-source-new",
    ),
    path(
        "<iso3:code>/data-sources/<int:pk>/",
        views.DataSourceView.as_view(),
        name="country-source",
    ),
    path(
        "<iso3:code>/data-sources/<int:pk>/delete/",
        views.DeleteDataSourceView.as_view(),
        name="country-source-delete",
    ),
]
