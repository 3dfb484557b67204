"""Addresses of files; `documents/` (the files themselves) is Wagtail's."""

from django.urls import path

from library import views

app_name = "library"
urlpatterns = [path("<int:file_id>/", views.file, name="file")]
