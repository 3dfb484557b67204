"""Practices as tables, below `contribute/import/`."""

from django.urls import path

from practices.importing.views import ImportView, export_practices, import_template

urlpatterns = [
    path("", ImportView.as_view(), name="contribute-import"),
    path("template.<slug:ending>", import_template, name="contribute-import-template"),
    path("practices.<slug:ending>", export_practices, name="contribute-export"),
]
